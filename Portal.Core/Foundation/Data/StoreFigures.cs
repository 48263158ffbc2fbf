namespace Portal.Core.Foundation;

/// <summary>How full the queues are and how large the database is, for those who watch.</summary>
public sealed class StoreFigures(Database database, Lane lane, EventRelay relay, InboxPump inbox)
{
    private static readonly Actor Self = Actor.System("figures");

    public async Task<StoreFiguresView> ReadAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);

        // What was sent is counted as it is sent: here it would be a walk through all there ever was.
        var deliveries = await db.Deliveries.Where(d => d.Status == DeliveryStatus.Waiting || d.Status == DeliveryStatus.Sending || d.Status == DeliveryStatus.Dead)
            .GroupBy(d => d.Status).Select(g => new { Status = g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Status, g => g.Count, ct);
        return new(
            await relay.FiguresAsync(ct), await inbox.FiguresAsync(ct), lane.Queued,
            new[] { DeliveryStatus.Waiting, DeliveryStatus.Sending, DeliveryStatus.Dead }.ToDictionary(s => s, s => deliveries.GetValueOrDefault(s)),
            database.Read(database.Provider.SizeQuery, row => row.GetInt64(0)).Single());
    }
}

public sealed record StoreFiguresView(QueueFigures Events, QueueFigures Inbox, int LaneQueued, IReadOnlyDictionary<DeliveryStatus, int> Deliveries, long DatabaseBytes);
