namespace Portal.Core.Foundation;

/// <summary>What left or should have, for the admin.</summary>
public sealed class DeliveryDesk(Database database, TimeProvider time)
{
    // They are written down as they are created, so their ids are sorted by when.
    private static readonly Sorts<Delivery> Orders = new Sorts<Delivery>("-id", d => d.Id).By("id", d => d.Id).By("created_at", d => d.Id).By("recipient", d => d.RecipientSearch);

    public async Task<Paged<DeliveryView>> ListAsync(Actor actor, DeliveryPage page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeDeliveries);
        var (found, recipient) = (db.Deliveries.AsNoTracking(), Search.Normal(page.Q));
        if (page.Status is { Value: var status })
            found = found.Where(d => d.Status == status);
        if (recipient.Length > 0)
            found = found.Where(d => Search.Begins(d.RecipientSearch, recipient));
        return await found.ToPagedAsync(page, Orders, d =>
            new DeliveryView(d.Id, d.Channel, d.Recipient, d.Title, d.Status, d.Tries, d.CreatedAt, d.NextTryAt, d.Status == DeliveryStatus.Sent ? d.DoneAt : null, d.Trouble, d.Receipt, d.ClientId), ct);
    }

    public async Task SendAgainAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SendAgain);
        var delivery = await db.Deliveries.SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw new NotFound("delivery");
        delivery.SendAgain(time.Now());

        // Whoever sends it again knows that the address is good now.
        var address = MailSuppression.Of(delivery.Recipient);
        db.RemoveRange(await db.MailSuppressions.Where(s => delivery.Channel == MailSuppression.Channel && s.Address == address).ToListAsync(ct));
        db.Record(new DeliverySentAgain(delivery.Id, delivery.ClientId, delivery.Channel, delivery.Recipient));
        await db.SaveChangesAsync(ct);
    }
}

public sealed class DeliveryPage : PageRequest
{
    [Microsoft.AspNetCore.Mvc.FromQuery(Name = "status")]
    public Choice<DeliveryStatus>? Status { get; set; }
}

public sealed record DeliveryView(
    long Id, string Channel, string Recipient, string Title, DeliveryStatus Status, int Tries,
    DateTime CreatedAt, DateTime? NextTryAt, DateTime? SentAt, string? Trouble, string? Receipt, long? ClientId);

public sealed record DeliverySentAgain(long DeliveryId, long? ClientId, string Channel, string Recipient) : DomainEvent
{
    public override Subject About => new("delivery", DeliveryId);

    public override long? OfClient => ClientId;
}
