using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Swarm;

namespace Portal.Benchmarks.Circuits;

/// <summary>One round on a fresh host: memory of open circuits at rest, then people clicking flat out.</summary>
internal sealed record PageCost(double HeapKibibytes, double RssKibibytes, double OpenedPerSecond, Latencies Opening, double InteractionsPerSecond, Latencies Clicks)
{
    public const int Clickers = 64;

    // Our jobs begin two seconds after the host and build EF Core once; that is not a circuit's cost either.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(5);

    public static async Task<PageCost> MeasureAsync(Site site, int circuits, TempFolder data)
    {
        await using var host = await HostProcess.StartAsync(site, site.BenchPath, data);
        // What the first circuits load once (code, caches, pools) is not a circuit's cost.
        using var first = await Crowd.OpenAsync(host, site.BenchPath, 8);
        await first.ClickInTurnAsync(80);
        await Task.Delay(Settle);
        var before = await host.MemoryAsync();

        using var crowd = await Crowd.OpenAsync(host, site.BenchPath, circuits);
        await Task.Delay(TimeSpan.FromSeconds(1));
        var after = await host.MemoryAsync();

        // The first seconds run code that the JIT has not finished with.
        await crowd.ClickFlatOutAsync(Clickers, TimeSpan.FromSeconds(3));
        var (perSecond, clicks) = await crowd.ClickFlatOutAsync(Clickers, TimeSpan.FromSeconds(4));
        crowd.DemandAllOpen();
        return new((after.HeapBytes - before.HeapBytes) / 1024.0 / circuits, (after.RssBytes - before.RssBytes) / 1024.0 / circuits,
            crowd.OpenedPerSecond, crowd.Opening, perSecond, clicks);
    }
}
