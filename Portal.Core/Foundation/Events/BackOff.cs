namespace Portal.Core.Foundation;

/// <summary>How long to wait after a failure: 10 s, then four times as long each time, at most 6 hours, a tenth more or less so that a crowd spreads out.</summary>
public static class BackOff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(6);

    public static TimeSpan After(int tries)
    {
        var wait = First * Math.Pow(4, Math.Clamp(tries - 1, 0, 10));
        return (wait < Longest ? wait : Longest) * (0.9 + (Random.Shared.NextDouble() * 0.2));
    }
}
