namespace Portal.Core.Foundation;

/// <summary>What a host is called where it leaves a trace: machine and process.</summary>
public static class HostName
{
    internal const int Longest = 60;

    public static string Own { get; } = Write();

    private static string Write()
    {
        var process = $"/{Environment.ProcessId}";
        var most = Longest - process.Length;
        return (Environment.MachineName.Length > most ? Environment.MachineName[..most] : Environment.MachineName) + process;
    }
}
