using Portal.Benchmarks.Frame;
using Portal.Core.Foundation;
using Portal.Core.Reactions.Notifications;

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
        var effects = (await db.Deliveries.AsNoTracking().Where(d => d.Channel == RelayChild.Extra).Select(d => d.EventId).ToListAsync()).ToLookup(id => id);
        report.Judge(Goal.AtLeast("R3", "events acknowledged, so that the kills hit work", 10, ""), new(acknowledged.Count, acknowledged.Count, acknowledged.Count));
        Zero(report, "acknowledged events that are lost", acknowledged.Except(events.Select(e => e.Id)).Count());
        Zero(report, "events that were never dispatched", events.Count(e => !e.Done || !effects[e.Id].Any()));
        Zero(report, "events that were dispatched twice", events.Count(e => effects[e.Id].Count() > 1));
        await CheckHearersAsync(db, [.. events.Select(e => e.Id)], report);
        Zero(report, "effects without their event", effects.Count(e => events.All(x => x.Id != e.Key)));
    }

    /// <summary>Each of the three was told once by either channel; and no second telling had to be refused by a unique key.</summary>
    private static async Task CheckHearersAsync(PortalDb db, IReadOnlyCollection<long> events, Report report)
    {
        var mails = (await db.Deliveries.AsNoTracking().Where(d => d.Channel == "email").Select(d => new { d.EventId, To = d.Recipient }).ToListAsync()).ToLookup(d => d.EventId, d => d.To);
        var notes = (await db.Notifications.AsNoTracking().Select(n => new { n.EventId, n.UserId }).ToListAsync()).ToLookup(n => n.EventId, n => n.UserId);
        Zero(report, "events that somebody was not mailed of exactly once", events.Count(id => mails[id].Count() != RelayChild.Hearers || mails[id].Distinct().Count() != RelayChild.Hearers));
        Zero(report, "events that somebody was not notified of exactly once", events.Count(id => notes[id].Count() != RelayChild.Hearers || notes[id].Distinct().Count() != RelayChild.Hearers));
        Zero(report, "events that were tried again", await db.Events.CountAsync(e => e.Tries > 0));
        var shown = await db.Notifications.Where(n => n.Place == NotificationPlace.Inbox).SumAsync(n => n.Times);
        Zero(report, "notifications that the newest does not count", (RelayChild.Hearers * events.Count) - shown);
    }

    private static void Zero(Report report, string what, int count) =>
        report.Judge(Goal.AtMost("R3", what, 0, ""), new(count, count, count));
}
