using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Swarm;

namespace Portal.Benchmarks.Circuits;

/// <summary>B3: thousands of pages are open and a click still answers at once.</summary>
internal static class ManyOpen
{
    private const int ClicksPerRound = 250;

    public static async Task MeasureAsync(Site site, int rounds, int circuits, TempFolder data, Report report)
    {
        await using var host = await HostProcess.StartAsync(site, site.BenchPath, data);
        using var crowd = await Crowd.OpenAsync(host, site.BenchPath, circuits);
        report.Line($"{circuits} circuits opened at {crowd.OpenedPerSecond:0}/s, {crowd.Opening}; RSS {host.RssBytes / 1e6:0} MB");

        var clicks = new List<Latencies>();
        for (var round = 0; round < rounds; round++)
            clicks.Add(await crowd.ClickInTurnAsync(ClicksPerRound));
        crowd.DemandAllOpen();
        report.Line($"  clicks in turn: {new Latencies([.. clicks.SelectMany(round => round.Millis)])}");
        report.Judge(Goal.AtMost("B3", FormattableString.Invariant($"median click with {circuits:#,0} circuits open"), 5, " ms"),
            Spread.Of([.. clicks.Select(round => round.Median)]));
    }
}
