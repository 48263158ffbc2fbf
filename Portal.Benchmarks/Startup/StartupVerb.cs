using Portal.Benchmarks.Frame;

namespace Portal.Benchmarks.Startup;

/// <summary>P2 and P1: how soon the process answers, and how soon a page does.</summary>
internal static class StartupVerb
{
    private const int WarmUps = 5;

    private static readonly Goal ColdStart = Goal.AtMost("P2", "cold start to the first 200 ÷ floor", 2.5, "×");
    private static readonly Goal Transferred = Goal.AtMost("P1", "first load transfers", 150, " KB");
    private static readonly Goal Interactive = Goal.AtMost("P1", "first load until a click answers ÷ floor", 1.5, "×");

    public static async Task RunAsync(Options options, Report report)
    {
        var rounds = options.Number("rounds", 5);
        var ours = Site.Measured(options);
        using var data = new TempFolder();
        await StartColdAsync(ours, rounds, data, report);
        await LoadFirstAsync(ours, rounds, data, report);
    }

    private static async Task StartColdAsync(Site ours, int rounds, TempFolder data, Report report)
    {
        // Uncounted: makes the database and brings the files into the disk's cache.
        await StartAsync(ours, data);
        await StartAsync(Site.Floor, data);

        var starts = await Rounds.AlternateAsync(rounds, () => StartAsync(ours, data), () => StartAsync(Site.Floor, data));
        var millis = Rounds.Of(starts, start => start.Millis);
        report.Line($"{ours.Name} {Median.Of(millis.Ours):0} ms, RSS {Median.Of(starts.Select(s => s.Ours.RssMegabytes)):0} MB; floor {Median.Of(millis.Floors):0} ms, RSS {Median.Of(starts.Select(s => s.Floor.RssMegabytes)):0} MB");
        report.Judge(ColdStart, millis.Ratio);
    }

    private static async Task<(double Millis, double RssMegabytes)> StartAsync(Site site, TempFolder data)
    {
        await using var host = await HostProcess.StartAsync(site, site.FirstPath, data);
        return (host.StartedIn.TotalMilliseconds, host.RssBytes / 1e6);
    }

    private static async Task LoadFirstAsync(Site site, int rounds, TempFolder data, Report report)
    {
        await using var ours = await HostProcess.StartAsync(site, site.BenchPath, data);
        await using var floor = await HostProcess.StartAsync(Site.Floor, Site.Floor.BenchPath, data);
        await using var chromium = await Chromium.LaunchAsync();
        Task<PageLoad> LoadOursAsync() => chromium.LoadAsync(new(ours.Url, site.BenchPath));
        Task<PageLoad> LoadFloorAsync() => chromium.LoadAsync(new(floor.Url, Site.Floor.BenchPath));

        // Uncounted: the promise is about a cold browser, not a cold server, and a server warms up over several loads.
        await Rounds.AlternateAsync(WarmUps, LoadOursAsync, LoadFloorAsync);

        var loads = await Rounds.AlternateAsync(rounds, LoadOursAsync, LoadFloorAsync);
        var kilobytes = Rounds.Of(loads, load => load.TransferredBytes / 1e3);
        var millis = Rounds.Of(loads, load => load.InteractiveAfter.TotalMilliseconds);
        report.Line($"{site.Name} {Median.Of(kilobytes.Ours):0.0} KB in {loads[0].Ours.Requests} requests, interactive after {Median.Of(millis.Ours):0} ms; floor {Median.Of(kilobytes.Floors):0.0} KB in {loads[0].Floor.Requests} requests, {Median.Of(millis.Floors):0} ms");
        report.Judge(Transferred, Spread.Of(kilobytes.Ours));
        report.Judge(Interactive, millis.Ratio);
    }
}
