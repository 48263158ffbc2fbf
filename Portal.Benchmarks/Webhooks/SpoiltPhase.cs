using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Seed;

namespace Portal.Benchmarks.Webhooks;

/// <summary>R9: webhooks spoilt in every way, at all doors of all providers, among some that are as they should be.</summary>
internal static class SpoiltPhase
{
    private const string Promise = "R9";
    private const int Many = 50_000;

    // Pools of buffers give back what they held for large bodies once it was not asked for in a while.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(100);

    public static async Task RunAsync(int requests, int seed, TempFolder data, Report report)
    {
        using var signer = await WebhookSigner.ForAsync(data.Path);
        using var stranger = signer.Stranger();
        SpoiltRun run;
        long before;
        await using (var host = await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, signer.Settings))
        {
            before = InboxCount.Of(data, "1 = 1");
            run = new(new(signer, stranger, seed), host);
            await run.SendAsync(0, requests / 10);
            var warm = await host.MemoryAsync();
            await run.SendAsync(requests / 10, requests);
            var atOnce = await host.MemoryAsync();
            if (requests >= Many)
                await Task.Delay(Rest);
            Judge(warm, atOnce, await host.MemoryAsync(), report);
        }

        Show(run, requests, seed, report);
        await JudgeAsync(run, data, before, report);
    }

    private static void Judge(HostMemory warm, HostMemory atOnce, HostMemory rested, Report report)
    {
        report.Line($"host after a full collection: heap {warm.HeapBytes / 1e6:0.0} MB and RSS {warm.RssBytes / 1e6:0} MB after a tenth, {atOnce.HeapBytes / 1e6:0.0} and {atOnce.RssBytes / 1e6:0} MB at the end, {rested.HeapBytes / 1e6:0.0} and {rested.RssBytes / 1e6:0} MB rested");
        var (heap, rss) = ((rested.HeapBytes - warm.HeapBytes) / 1e6, (rested.RssBytes - warm.RssBytes) / 1e6);
        report.Judge(Goal.AtMost(Promise, "heap grown by nine tenths of them", 10, " MB"), new(heap, heap, heap));
        report.Judge(Goal.AtMost(Promise, "memory grown by nine tenths of them", 100, " MB"), new(rss, rss, rss));
    }

    private static void Show(SpoiltRun run, int requests, int seed, Report report)
    {
        report.Line($"{requests} webhooks of seed {seed}, by status: {string.Join(", ", run.Statuses.OrderBy(s => s.Key).Select(s => FormattableString.Invariant($"{(s.Key == 0 ? "closed" : s.Key)} {s.Value:#,0}×")))}");
        report.Line($"{string.Join(", ", run.Kinds.OrderByDescending(k => k.Value).Select(k => FormattableString.Invariant($"{k.Key} {k.Value:#,0}×")))}");
        foreach (var same in run.Wrong.GroupBy(w => w.Why).OrderByDescending(g => g.Count()).Take(30))
            report.Line($"  WRONG {same.Count()}×: {same.Key}\n         {same.First().Request}");
    }

    private static async Task JudgeAsync(SpoiltRun run, TempFolder data, long before, Report report)
    {
        await using var house = await House.OpenAsync(data.Path);
        await using var db = house.Open();
        var rows = (await db.Inbox.AsNoTracking().OrderBy(r => r.Id).Select(r => new { r.Provider, r.EventId }).ToListAsync()).Skip((int)before).Select(r => (r.Provider, r.EventId)).ToHashSet();
        report.Line($"{run.Taken.Count} were taken, {rows.Count} rows");
        Zero(report, "webhooks that were answered with 5xx", run.Statuses.Where(s => s.Key >= 500).Sum(s => s.Value));
        Zero(report, "webhooks that were not answered as they should be", run.Wrong.Count);
        Zero(report, "rows that nobody has signed", rows.Except(run.Signed).Count());
        Zero(report, "signed webhooks that were answered with 200 and are not there", run.Taken.Count(t => !t.EventIds.Exists(id => rows.Contains((t.Provider, id)))));
        report.Judge(Goal.AtLeast(Promise, "rows, so that the doors were open", 1, ""), new(rows.Count, rows.Count, rows.Count));
    }

    private static void Zero(Report report, string what, int count) => report.Judge(Goal.AtMost(Promise, what, 0, ""), new(count, count, count));
}
