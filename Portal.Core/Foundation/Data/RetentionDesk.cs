namespace Portal.Core.Foundation;

/// <summary>For how long things are kept, to see and to change.</summary>
public sealed class RetentionDesk(Database database)
{
    public async Task<RetentionInput> GetAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageAgency);
        return RetentionInput.Of(await Retention.CurrentAsync(db, ct));
    }

    public async Task SaveAsync(Actor actor, RetentionInput input, CancellationToken ct = default)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.ManageAgency);
        var kept = await db.Retention.SingleOrDefaultAsync(ct) ?? db.Add(new Retention()).Entity;
        if (input.Version != kept.Version)
            throw new Conflict("changed", "Someone else changed this in the meantime. Load it again.");
        if (!input.WriteTo(kept))
            return;

        // The first change is one too, so that a second person who began with nothing is told.
        if (db.Entry(kept).State is EntityState.Added)
            kept.Version = 1;
        db.Record(new RetentionChanged(kept.DeliveryDays, kept.ReadNotificationDays, kept.ArchivedNotificationDays, kept.JobRunDays, kept.WebhookDays));
        await db.SaveChangesAsync(ct);
    }
}
