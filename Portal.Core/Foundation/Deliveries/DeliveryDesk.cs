namespace Portal.Core.Foundation;

/// <summary>What left or should have, for the admin: the list, and what can be done about it.</summary>
public sealed class DeliveryDesk(Database database, Reasons reasons, TimeProvider time)
{
    // They are written down as they are created, so their ids are sorted by when. Days are found by the time and then kept in its order.
    private static readonly Sorts<Delivery> Orders = new Sorts<Delivery>("-id", d => d.Id).By("id", d => d.Id).By("created_at", d => d.Id).By("recipient", d => d.RecipientSearch).By("subject", d => d.TitleSearch);
    private static readonly Sorts<Delivery> OrdersOfDays = new Sorts<Delivery>("-id", d => d.Id).By("id", d => d.CreatedAt).By("created_at", d => d.CreatedAt).By("recipient", d => d.RecipientSearch).By("subject", d => d.TitleSearch);

    public async Task<Paged<DeliveryView>> ListAsync(Actor actor, DeliveryPage page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeDeliveries);
        var found = await DeliveryQueries.Found(db, page).ToPagedAsync(page, page.From is null && page.To is null ? Orders : OrdersOfDays, DeliveryQueries.View(db), ct);
        return new(await DeliveryQueries.ToldAsync(db, reasons, found.Items, ct), found.PageSize, found.Total, found.Next, found.Previous);
    }

    public async Task SendAgainAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SendAgain);
        var delivery = await db.Deliveries.SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw new NotFound("delivery");
        delivery.SendAgain(time.Now());
        await LiftAsync(db, [delivery], complaintsToo: true, ct);
        db.Record(Told(delivery));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>All that were given up and fit, oldest first. What is not given up any more is passed over, so that asking twice does no harm.</summary>
    public async Task<SentAgain> SendManyAgainAsync(Actor actor, SendAgainMany input, CancellationToken ct = default)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.SendAgain);
        var wanted = Wanted(db, input).Where(d => !d.IsSecret);
        var due = await wanted.OrderBy(d => d.Id).Take(SendAgainMany.Most).ToListAsync(ct);
        var now = time.Now();
        foreach (var delivery in due)
        {
            delivery.SendAgain(now);
            db.Record(Told(delivery));
        }

        await LiftAsync(db, due, complaintsToo: false, ct);
        await db.SaveChangesAsync(ct);
        var left = input.Ids is null ? await wanted.Take(PageRequest.DeepestRow).CountAsync(ct) : 0;
        return new(due.Count, left, input.Ids is { } ids ? ids.Distinct().Count() - due.Count : await Wanted(db, input).Where(d => d.IsSecret).Take(PageRequest.DeepestRow).CountAsync(ct));
    }

    public async Task StopAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageDeliveries);
        var delivery = await db.Deliveries.SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw new NotFound("delivery");
        if (delivery.Status is DeliveryStatus.Stopped)
            return;
        delivery.Stop();
        db.Record(new DeliveryStopped(delivery.Id, delivery.ClientId, delivery.Channel, delivery.Recipient));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Mail goes to this address again; what was given up meanwhile is for whoever sends it again.</summary>
    public async Task LiftAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageDeliveries);
        var suppression = await db.MailSuppressions.SingleOrDefaultAsync(s => s.Id == id, ct) ?? throw new NotFound("suppression");
        db.Remove(suppression);
        db.Record(new MailSuppressionLifted(suppression.Id, suppression.Address));
        await db.SaveChangesAsync(ct);
    }

    private static IQueryable<Delivery> Wanted(PortalDb db, SendAgainMany input)
    {
        var given = input.Ids is { } ids
            ? db.Deliveries.Where(d => ids.Contains(d.Id) && (d.Status == DeliveryStatus.Dead || d.Status == DeliveryStatus.Stopped))
            : DeliveryQueries.Filtered(db.Deliveries, input.Filter).Where(d => d.Status == DeliveryStatus.Dead);
        return input.Before is { } before ? given.Where(d => d.TriedAt == null || d.TriedAt < before) : given;
    }

    /// <summary>Whoever sends it again knows that the address is good now; whoever sends many has not thought of each who complained.</summary>
    private static async Task LiftAsync(PortalDb db, IReadOnlyList<Delivery> again, bool complaintsToo, CancellationToken ct)
    {
        var addresses = again.Where(d => d.Channel == MailSuppression.Channel).Select(d => MailSuppression.Of(d.Recipient)).Distinct().ToList();
        db.RemoveRange(await db.MailSuppressions.Where(s => addresses.Contains(s.Address) && (complaintsToo || !s.IsComplaint)).ToListAsync(ct));
    }

    private static DeliverySentAgain Told(Delivery delivery) => new(delivery.Id, delivery.ClientId, delivery.Channel, delivery.Recipient);
}
