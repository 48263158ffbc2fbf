using System.Diagnostics;
using System.Globalization;
using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Odd;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Hosts;

/// <summary>R3 for two hosts on one database: one is killed in the middle of everything, the other goes on, and the first comes back.</summary>
internal static class HostsVerb
{
    private const int Victim = 0;
    private const int Survivor = 1;

    // Asked every second, answered within four: that long the proxy may send people to a host that is not there.
    private static readonly TimeSpan Window = StickyProxy.Every * 5;

    // A lease is a minute; then the job rings again.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(75);

    public static async Task RunAsync(Options options, Report report)
    {
        var seconds = TimeSpan.FromSeconds(options.Number("seconds", 10));
        using var data = new TempFolder();
        await using var pair = await Pair.StartAsync(data);
        var books = new HostsBooks(pair.Database);
        var admin = await VisitAsync(pair, Visit.People["admin"]);
        var owner = await VisitAsync(pair, Visit.People["owner"]);
        var agent = await VisitAsync(pair, Visit.People["marketing_agent"]);
        var load = new HostsLoad(pair.Client, admin, agent.Ids[0]);
        using var pages = new OpenPages(pair.Client.BaseAddress!);
        await pages.OpenAsync(Victim);
        await pages.OpenAsync(Survivor);

        using var stop = new CancellationTokenSource();
        var running = load.RunAsync(stop.Token);
        await Task.Delay(seconds);
        var killed = await KillAsync(pair, books, report);
        await JudgeSurvivorAsync(pair, pages, owner, report);
        await JudgeJobsAsync(books, killed, report);
        await JudgeReturnAsync(pair, seconds, report);
        await stop.CancelAsync();
        await running;

        JudgeAnswers(load, killed.At, report);
        await JudgeBooksAsync(pair, books, load, admin, report);
    }

    public static void Zero(Report report, string what, int count) => report.Judge(Goal.AtMost("R3", what, 0, ""), new(count, count, count));

    /// <summary>Somebody whom the proxy keeps on the host that will die.</summary>
    private static async Task<Visit> VisitAsync(Pair pair, string email)
    {
        for (var tries = 0; tries < 10; tries++)
        {
            var visit = await Visit.BeginAsync(pair.Client, email);
            if (visit.Cookies.Contains(CookieOf(Victim), StringComparison.Ordinal))
                return visit;
        }

        throw new BenchmarkException("The proxy never chose the first host.");
    }

    private static string CookieOf(int host) => string.Create(CultureInfo.InvariantCulture, $"{StickyProxy.Cookie}={host}");

    /// <summary>In the middle of a job, if it can be caught at one: its lease is then nobody's until it runs out.</summary>
    private static async Task<(int Process, long At)> KillAsync(Pair pair, HostsBooks books, Report report)
    {
        var process = pair.ProcessId(Victim);
        var caught = false;
        for (var began = Stopwatch.GetTimestamp(); !caught && Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(20);)
        {
            caught = await books.HoldsAsync(EventRelay.Job, process);
            await Task.Delay(caught ? 0 : 3);
        }

        var at = Stopwatch.GetTimestamp();
        await pair.KillAsync(Victim);
        var held = await books.HoldsAsync(EventRelay.Job, process);
        report.Line($"killed host {Victim + 1} of 2 (process {process}), {(held ? "which held the lease of the relay" : "which held no lease of the relay any more")}");
        return (process, at);
    }

    private static async Task JudgeSurvivorAsync(Pair pair, OpenPages pages, Visit owner, Report report)
    {
        await Task.Delay(Window);
        Zero(report, "open pages of the other host that fell silent", await pages.SilentAsync(Survivor));
        await pages.OpenAgainAsync(Victim);
        Zero(report, "pages of the dead host that did not come back at the other", await pages.SilentAsync(Victim));

        using var request = new HttpRequestMessage(HttpMethod.Get, "/dashboard/client") { Headers = { { "Cookie", owner.Cookies } } };
        using var answer = await pair.Client.SendAsync(request);
        var moved = answer.Headers.TryGetValues("Set-Cookie", out var set) && set.Any(c => c.StartsWith(CookieOf(Survivor), StringComparison.Ordinal));
        Zero(report, "people of the dead host whom the other did not know", answer.IsSuccessStatusCode && moved ? 0 : 1);
    }

    private static async Task JudgeJobsAsync(HostsBooks books, (int Process, long At) killed, Report report)
    {
        var left = await books.LeftByAsync(killed.Process);
        while (left.Contains(EventRelay.Job) && Stopwatch.GetElapsedTime(killed.At) < Lease * 2)
        {
            await Task.Delay(250);
            left = await books.LeftByAsync(killed.Process);
        }

        var seconds = Stopwatch.GetElapsedTime(killed.At).TotalSeconds;
        report.Judge(Goal.AtMost("R3", "until the other host runs the relay", Lease.TotalSeconds, " s"), new(seconds, seconds, seconds));
    }

    private static async Task JudgeReturnAsync(Pair pair, TimeSpan seconds, Report report)
    {
        var before = pair.Proxy.Hosts[Victim].Served;
        await pair.StartAgainAsync(Victim);
        await Task.Delay(seconds);
        var served = pair.Proxy.Hosts[Victim].Served - before;
        report.Judge(Goal.AtLeast("R3", "requests answered by the host that came back", 10, ""), new(served, served, served));
    }

    private static void JudgeAnswers(HostsLoad load, long killed, Report report)
    {
        var errors = load.Answers.Where(a => a.Status is 0 or >= 400).OrderBy(a => a.At).ToList();
        var outside = errors.Where(e => e.At < killed || Stopwatch.GetElapsedTime(killed, e.At) > Window).ToList();
        report.Line($"{load.Answers.Count} answers, {errors.Count - outside.Count} errors within {Window.TotalSeconds:0} s of the kill{(errors.Count > 0 ? FormattableString.Invariant($", the last after {Stopwatch.GetElapsedTime(killed, errors[^1].At).TotalSeconds:0.0} s") : "")}");
        foreach (var error in outside.Take(10))
            report.Line($"  {Stopwatch.GetElapsedTime(killed, error.At).TotalSeconds:0.0} s after the kill: {error.Status} {error.What}");
        Zero(report, "errors before the kill or later", outside.Count);
        var acknowledged = load.Opened.Count + load.Assigned.Count;
        report.Judge(Goal.AtLeast("R3", "writes acknowledged, so that the kill hits work", 50, ""), new(acknowledged, acknowledged, acknowledged));
    }

    private static async Task JudgeBooksAsync(Pair pair, HostsBooks books, HostsLoad load, Visit admin, Report report)
    {
        for (var began = Stopwatch.GetTimestamp(); await books.WaitingAsync() > 0 && Stopwatch.GetElapsedTime(began) < Lease;)
            await Task.Delay(500);
        Zero(report, "events that nobody has passed on or sealed", await books.WaitingAsync());
        await books.JudgeAsync(load, report);
        var chain = await HostsBooks.ChainAsync(pair.Client, admin.AccessToken);
        report.Line($"chain: {chain}");
        Zero(report, "breaks in the chain of events", chain.GetProperty("trouble").ValueKind is System.Text.Json.JsonValueKind.Null ? 0 : 1);
    }
}
