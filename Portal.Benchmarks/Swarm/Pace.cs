using System.Diagnostics;

namespace Portal.Benchmarks.Swarm;

/// <summary>So many a second, whether or not the last ones have been answered: people do not wait for each other.</summary>
internal static class Pace
{
    /// <returns>What each came to, and how long after it was due.</returns>
    public static async Task<IReadOnlyList<(int Status, double Millis)>> KeepAsync(int perSecond, TimeSpan time, Func<int, Task<int>> send)
    {
        var (began, sent) = (Stopwatch.GetTimestamp(), new List<Task<(int, double)>>());
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (Stopwatch.GetElapsedTime(began) is var elapsed && elapsed < time)
        {
            while (sent.Count < elapsed.TotalSeconds * perSecond)
                sent.Add(OneAsync(sent.Count, began, TimeSpan.FromSeconds((double)sent.Count / perSecond), send));
            await timer.WaitForNextTickAsync();
        }

        return await Task.WhenAll(sent);
    }

    private static async Task<(int Status, double Millis)> OneAsync(int number, long began, TimeSpan due, Func<int, Task<int>> send)
    {
        var status = await send(number);
        return (status, (Stopwatch.GetElapsedTime(began) - due).TotalMilliseconds);
    }
}
