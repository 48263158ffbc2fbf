namespace Portal.Core.Foundation;

/// <summary>
/// Notices that jobs have run or deliveries have moved, whichever host did it, and tells the open pages of this one. While a page is open
/// it costs two small reads a second for all of them; otherwise nothing.
/// </summary>
public sealed class HouseWatch(Database database, LiveSignals signals, TimeProvider time)
{
    public static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    /// <summary>What a page listens for to hear of jobs.</summary>
    public static readonly Subject Jobs = new("jobs", 1);

    /// <summary>What a page listens for to hear of deliveries.</summary>
    public static readonly Subject Deliveries = new("deliveries", 1);

    /// <summary>The job that moves them.</summary>
    public const string SendDeliveries = "send-deliveries";

    /// <summary>The job by which what providers tell of them is heard.</summary>
    public const string HearWebhooks = "pump-inbox";

    private static readonly Actor Self = Actor.System("house-watch");
    private DateTime lookedAt;
    private string jobsSeen = "";
    private string deliveriesSeen = "";

    public async Task LookAsync(CancellationToken ct = default)
    {
        var now = time.Now();
        if (now - lookedAt < Pace || !(signals.IsHeard(Jobs.Kind) || signals.IsHeard(Deliveries.Kind)))
            return;
        lookedAt = now;
        await using var db = database.Open(Self, Can.KeepHouse);
        var rows = await db.Jobs.AsNoTracking().OrderBy(j => j.Name).ToListAsync(ct);
        Tell(Jobs, ref jobsSeen, string.Join('\n', rows.Select(j => $"{j.Name} {j.Holder} {j.LastEndedAt?.Ticks} {j.IsPaused} {j.IsRunning(now)} {j.IsLate(now)}")));
        if (!signals.IsHeard(Deliveries.Kind))
            return;

        // While they are sent, something changes all the time.
        var sender = rows.SingleOrDefault(j => j.Name == SendDeliveries);
        var heard = rows.SingleOrDefault(j => j.Name == HearWebhooks)?.LastEndedAt;
        var newest = await db.Deliveries.MaxAsync(d => (long?)d.Id, ct);
        Tell(Deliveries, ref deliveriesSeen, $"{newest} {heard?.Ticks} {sender?.Holder} {sender?.LastEndedAt?.Ticks} {(sender?.IsRunning(now) is true ? now.Ticks : 0)}");
    }

    private void Tell(Subject about, ref string seen, string found)
    {
        if (found == seen)
            return;
        seen = found;
        signals.Raise(about);
    }
}
