using Portal.Benchmarks.Frame;

namespace Portal.Benchmarks.Soak;

/// <summary>Kills a process in the middle of relaying events, again and again: no event may be lost, none dispatched twice.</summary>
internal static class SoakVerb
{
    public static async Task RunAsync(Options options, Report report)
    {
        var kills = options.Number("kills", 100);
        var chance = new Random(options.Number("seed", Environment.TickCount & 0xFFFF));
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "soak.db");
        var acknowledged = new HashSet<long>();
        for (var kill = 0; kill < kills; kill++)
        {
            using var child = RelayProcess.Start(file);
            await child.ReadyAsync();
            await Task.Delay(chance.Next(5, 400));
            acknowledged.UnionWith(await child.KillAsync());
        }

        await using var ground = await Ground.OpenAsync(file);
        var late = await RelayChild.Relay(ground).RunAsync(CancellationToken.None);
        report.Line($"{kills} kills, {acknowledged.Count} events acknowledged before a kill, {late} relayed after the last one");
        await CheckAsync(ground, acknowledged, report);
    }

    private static async Task CheckAsync(Ground ground, HashSet<long> acknowledged, Report report)
    {
        await using var db = ground.Open();
        var events = await db.Events.AsNoTracking().Select(e => new { e.Id, Done = e.DoneAt != null }).ToListAsync();
        var effects = (await db.Deliveries.AsNoTracking().Select(d => d.EventId).ToListAsync()).ToLookup(id => id);
        report.Judge(Goal.AtLeast("R3", "events acknowledged, so that the kills hit work", 10, ""), new(acknowledged.Count, acknowledged.Count, acknowledged.Count));
        Zero(report, "acknowledged events that are lost", acknowledged.Except(events.Select(e => e.Id)).Count());
        Zero(report, "events that were never dispatched", events.Count(e => !e.Done || !effects[e.Id].Any()));
        Zero(report, "events that were dispatched twice", events.Count(e => effects[e.Id].Count() > 1));
        Zero(report, "effects without their event", effects.Count(e => events.All(x => x.Id != e.Key)));
    }

    private static void Zero(Report report, string what, int count) =>
        report.Judge(Goal.AtMost("R3", what, 0, ""), new(count, count, count));
}
