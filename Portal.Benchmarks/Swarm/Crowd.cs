using System.Collections.Concurrent;
using System.Diagnostics;
using Portal.Benchmarks.Frame;

namespace Portal.Benchmarks.Swarm;

/// <summary>Many people with the same page open.</summary>
internal sealed class Crowd : IDisposable
{
    private const int OpenAtOnce = 8;

    private readonly ConcurrentBag<Circuit> arriving = [];
    private readonly ConcurrentBag<double> openings = [];
    private readonly CancellationTokenSource leaving = new();
    private Circuit[] circuits = [];

    public Latencies Opening => new(openings);

    public double OpenedPerSecond { get; private set; }

    public static Task<Crowd> OpenAsync(HostProcess host, string path, int count) => OpenAsync(host.Client, path, count);

    /// <param name="client">Brings the cookies of whoever opens it, if it takes someone.</param>
    /// <param name="path">The page.</param>
    /// <param name="count">How many times.</param>
    public static async Task<Crowd> OpenAsync(HttpClient client, string path, int count)
    {
        var crowd = new Crowd();
        _ = crowd.StayAsync();
        try
        {
            var began = Stopwatch.GetTimestamp();
            await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = OpenAtOnce },
                async (_, _) => await crowd.OpenOneAsync(client, path));
            crowd.OpenedPerSecond = count / Stopwatch.GetElapsedTime(began).TotalSeconds;
            crowd.circuits = [.. crowd.arriving];
            return crowd;
        }
        catch
        {
            crowd.Dispose();
            throw;
        }
    }

    /// <summary>One click at a time, each in another circuit, with nobody else clicking.</summary>
    public async Task<Latencies> ClickInTurnAsync(int clicks)
    {
        var millis = new List<double>(clicks);
        for (var click = 0; click < clicks; click++)
            millis.Add((await circuits[(int)((long)click * circuits.Length / clicks)].ClickAsync()).TotalMilliseconds);
        return new(millis);
    }

    /// <summary>Some of them click as fast as their renders arrive.</summary>
    public async Task<(double PerSecond, Latencies Clicks)> ClickFlatOutAsync(int people, TimeSpan time)
    {
        var began = Stopwatch.GetTimestamp();
        var clicks = await Task.WhenAll(circuits.Take(people).Select(circuit => Task.Run(async () =>
        {
            var millis = new List<double>();
            while (Stopwatch.GetElapsedTime(began) < time)
                millis.Add((await circuit.ClickAsync()).TotalMilliseconds);
            return millis;
        })));
        var elapsed = Stopwatch.GetElapsedTime(began);
        var all = new Latencies([.. clicks.SelectMany(millis => millis)]);
        return (all.Millis.Count / elapsed.TotalSeconds, all);
    }

    /// <summary>A circuit that was dropped costs nothing: a figure only counts while all are open.</summary>
    public void DemandAllOpen()
    {
        var dropped = circuits.Where(circuit => !circuit.IsOpen).ToArray();
        if (dropped.Length > 0)
            throw new BenchmarkException($"{dropped.Length} of {circuits.Length} circuits were dropped: {dropped[0].Failure!.Message}");
    }

    public void Dispose()
    {
        leaving.Cancel();
        leaving.Dispose();
        foreach (var circuit in arriving)
            circuit.Dispose();
    }

    private async Task OpenOneAsync(HttpClient client, string path)
    {
        var began = Stopwatch.GetTimestamp();
        arriving.Add(await Circuit.OpenAsync(client, path));
        openings.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
    }

    // As browsers do. The server drops whoever has pinged once and is then silent for 30 seconds.
    private async Task StayAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(15));
        try
        {
            while (await timer.WaitForNextTickAsync(leaving.Token))
            {
                foreach (var circuit in arriving)
                    await circuit.PingAsync();
            }
        }
        catch (Exception)
        {
            // Leaving, or a circuit fell over: that one remembers why.
        }
    }
}
