using Portal.Benchmarks.Frame;

namespace Portal.Benchmarks.Odd;

/// <summary>R9: malformed requests at every door, and malformed messages at the hub.</summary>
internal static class OddVerb
{
    private const string Promise = "R9";

    // What the first requests load once (code for every door, caches, pools) is not what bad input costs.
    private const int MostWarmUp = 10_000;

    // Pools of buffers give back what they held for large bodies once it was not asked for in a while; what stays after that has leaked.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(100);

    public static async Task RunAsync(Options options, Report report)
    {
        var (requests, seed, hasLimits) = (options.Number("requests", 100_000), options.Number("seed", 1), options.Text("limits") is "on");
        using var data = new TempFolder();
        await using var host = await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, Settings(hasLimits));
        using var visits = new Visits(host.Client);
        await visits.BeginAsync();
        var run = new OddRun(host, visits);
        var corpus = await Corpus.ReadAsync(Path.Combine(AppContext.BaseDirectory, "odd-corpus.jsonl"));
        await run.ReplayAsync(corpus);
        report.Line($"{corpus.Count} requests of the corpus, {requests} of seed {seed}, limits {(hasLimits ? "on" : "off")}");

        var maker = new OddMaker(await OddDoor.AllAsync(host.Client), visits.Ids, seed);
        var hub = new OddHub(host.Client, seed);
        var warmUp = Math.Min(MostWarmUp, requests / 2);
        await run.MakeAsync(maker, hub, 0, warmUp);
        var before = await host.MemoryAsync();
        var atOnce = await GoOnAsync(host, run, maker, hub, warmUp, requests - warmUp);
        if (warmUp == MostWarmUp)
            await Task.Delay(Rest);
        var after = await host.MemoryAsync();

        Show(run, visits, report);
        report.Line($"host: before {Text(before)}, at once after {Text(atOnce)}, rested {Text(after)}");
        Judge(run, (after.RssBytes - before.RssBytes) / 1e6, report);
        if (options.Text("keep") is { } file)
            await Corpus.AddAsync(file, run.Wrong.Select(w => w.Request).DistinctBy(r => $"{r.Method} {r.Path.Split('?')[0]}"));
    }

    private static async Task<HostMemory> GoOnAsync(HostProcess host, OddRun run, OddMaker maker, OddHub hub, int from, int requests)
    {
        try
        {
            await run.MakeAsync(maker, hub, from, requests);
            var after = await host.MemoryAsync();
            await hub.TryAsync();
            return after;
        }
        catch (HttpRequestException problem)
        {
            throw new BenchmarkException($"No answer any more; the host {host.Condition}", problem);
        }
    }

    private static string Text(HostMemory memory) => FormattableString.Invariant($"heap {memory.HeapBytes / 1e6:0} MB and RSS {memory.RssBytes / 1e6:0} MB");

    // Limits would answer in place of what is to be tried. Every request comes from another address, for those that cannot be set.
    public static Dictionary<string, string> Settings(bool hasLimits) => hasLimits ? [] : new()
    {
        ["Portal__ApiRequestsPerMinute"] = "1000000",
        ["Portal__Proxies__0"] = "127.0.0.0/8",
        ["Portal__Proxies__1"] = "::1",
    };

    private static void Show(OddRun run, Visits visits, Report report)
    {
        report.Line($"by status: {string.Join(", ", run.Statuses.OrderBy(s => s.Key).Select(s => FormattableString.Invariant($"{(s.Key == 0 ? "closed" : s.Key)} {s.Value:#,0}×")))}; {run.Talked} talks with the hub; {visits.Renewed} signed in again, {visits.Lost} could not");
        foreach (var (took, request) in run.Slowest.Take(5))
            report.Line($"  slow: {took.TotalMilliseconds:0} ms {request}");
        foreach (var same in run.Wrong.GroupBy(w => w.Why).OrderByDescending(g => g.Count()).Take(40))
            report.Line($"  WRONG {same.Count()}×: {same.Key}\n         {same.First().Request}");
        foreach (var why in run.WrongTalks.Take(10))
            report.Line($"  WRONG: {why}");
    }

    private static void Judge(OddRun run, double grownBy, Report report)
    {
        var fives = run.Statuses.Where(s => s.Key >= 500).Sum(s => s.Value);
        report.Line($"answers of 5xx: {fives}, {run.Statuses.GetValueOrDefault(505)} of them Kestrel's to an HTTP version that there is not");
        Judge(Goal.AtMost(Promise, "requests answered with 5xx, after 5 s, or without a code", 0, ""), run.Wrong.Count, report);
        Judge(Goal.AtMost(Promise, "talks that the hub did not end", 0, ""), run.WrongTalks.Count, report);
        Judge(Goal.AtMost(Promise, "memory grown by", 100, " MB"), grownBy, report);
    }

    private static void Judge(Goal goal, double measured, Report report) => report.Judge(goal, new(measured, measured, measured));
}
