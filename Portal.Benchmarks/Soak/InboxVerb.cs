using System.Globalization;
using Portal.Benchmarks.Frame;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Soak;

/// <summary>
/// Kills a process between storing webhooks and handling them, again and again: none that was acknowledged may be lost, none handled twice. First
/// intake and pump by themselves, which are ready to be killed at once; then the portal.
/// </summary>
internal static class InboxVerb
{
    public static async Task RunAsync(Options options, Report report)
    {
        var kills = options.Number("kills", 100);
        var chance = new Random(options.Number("seed", Environment.TickCount & 0xFFFF));
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "inbox.db");
        var acknowledged = new HashSet<long>();
        for (var kill = 0; kill < kills; kill++)
        {
            using var child = RelayProcess.Start(file, InboxChild.Verb);
            await child.ReadyAsync();
            await Task.Delay(chance.Next(5, 400));
            acknowledged.UnionWith(await child.KillAsync());
        }

        await using var ground = await Ground.OpenAsync(file);
        var late = await InboxChild.Pump(ground).RunAsync(CancellationToken.None);
        report.Line($"{kills} kills, {acknowledged.Count} webhooks acknowledged before a kill, {late} handled after the last one");
        await CheckAsync(ground, acknowledged, report);
        await InboxHostPhase.RunAsync(options.Number("portal-kills", Math.Max(1, kills / 5)), chance, report);
    }

    private static async Task CheckAsync(Ground ground, HashSet<long> acknowledged, Report report)
    {
        await using var db = ground.Open();
        var rows = await db.Inbox.AsNoTracking().Select(r => new { r.EventId, r.State }).ToListAsync();
        var effects = (await db.Deliveries.AsNoTracking().Select(d => d.Title).ToListAsync()).ToLookup(id => id);
        var stored = rows.Select(r => long.Parse(r.EventId, CultureInfo.InvariantCulture)).ToHashSet();
        report.Judge(Goal.AtLeast("R3", "webhooks acknowledged, so that the kills hit work", 10, ""), new(acknowledged.Count, acknowledged.Count, acknowledged.Count));
        Zero(report, "acknowledged webhooks that are lost", acknowledged.Except(stored).Count());
        Zero(report, "webhooks that were never handled", rows.Count(r => r.State is not InboxState.Handled || !effects[r.EventId].Any()));
        Zero(report, "webhooks that were handled twice", rows.Count(r => effects[r.EventId].Count() > 1));
        Zero(report, "effects without their webhook", effects.Count(e => !stored.Contains(long.Parse(e.Key, CultureInfo.InvariantCulture))));
    }

    private static void Zero(Report report, string what, int count) => report.Judge(Goal.AtMost("R3", what, 0, ""), new(count, count, count));
}
