namespace Portal.Core.Foundation;

/// <summary>What the other side has told of a delivery since it took it.</summary>
public sealed class ReportQueries(Database database)
{
    /// <returns>Null where nothing was told.</returns>
    public async Task<ReportView?> OfAsync(Actor actor, long deliveryId, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeDeliveries);
        var delivery = await db.Deliveries.AsNoTracking().Where(d => d.Id == deliveryId).Select(d => new { d.Channel, d.Receipt }).SingleOrDefaultAsync(ct) ?? throw new NotFound("delivery");
        return delivery.Receipt is null ? null : await db.DeliveryReports.AsNoTracking().Where(r => r.Receipt == delivery.Receipt && r.Channel == delivery.Channel)
            .Select(r => new ReportView(r.Provider, r.Status, r.At, r.DeliveredAt, r.ReadAt, r.Trouble)).SingleOrDefaultAsync(ct);
    }
}

/// <param name="At">When it got there, by the provider's clock.</param>
public sealed record ReportView(string Provider, ReportStatus Status, DateTime At, DateTime? DeliveredAt, DateTime? ReadAt, string? Trouble);
