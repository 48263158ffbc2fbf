namespace Portal.Core.Reactions.Notifications;

/// <summary>
/// What a delivery's recipient was told of the same in the portal. A notification is its person's alone, so an admin learns which kind it
/// was and when it came, never what stands in it or whether it was read.
/// </summary>
public sealed class BesideDelivery(Database database)
{
    public async Task<BesideView?> OfAsync(Actor actor, long deliveryId, CancellationToken ct = default)
    {
        await using var db = database.Open(Actor.InNameOf(actor.May(Can.SeeDeliveries) ? actor : throw new Forbidden(Can.SeeDeliveries)), Can.SeeDeliveries);
        return await (
            from delivery in db.Deliveries
            where delivery.Id == deliveryId && delivery.EventId != null && delivery.UserId != null
            from notification in db.Notifications.Where(n => n.EventId == delivery.EventId && n.UserId == delivery.UserId)
            select new BesideView(notification.Type, notification.CreatedAt)).FirstOrDefaultAsync(ct);
    }
}

/// <param name="Type">The key of its kind.</param>
public sealed record BesideView(string Type, DateTime At);
