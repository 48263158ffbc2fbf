namespace Portal.Core.Reactions.Notifications;

/// <summary>What a person does with their notifications. Doing it twice is fine.</summary>
public sealed class NotificationService(Database database, Lane lane, InboxWatch watch, TimeProvider time)
{
    public Task ReadAsync(Actor actor, long id, CancellationToken ct = default) => ChangeAsync(actor, id, (n, now) => n.Read(now), ct);

    public Task ArchiveAsync(Actor actor, long id, CancellationToken ct = default) => ChangeAsync(actor, id, (n, now) => n.Archive(now), ct);

    public Task BringBackAsync(Actor actor, long id, CancellationToken ct = default) => ChangeAsync(actor, id, (n, now) => n.BringBack(now), ct);

    public Task SnoozeAsync(Actor actor, SnoozeNotification input, CancellationToken ct = default)
    {
        Input.Check(input);
        return ChangeAsync(actor, input.NotificationId, (n, now) => n.Snooze(input.Until!.Value, now), ct);
    }

    /// <summary>All that show now; what is snoozed stays news for later.</summary>
    /// <returns>How many there were.</returns>
    public async Task<int> ReadAllAsync(Actor actor, CancellationToken ct = default)
    {
        NotificationQueries.Need(actor);
        var read = await lane.RunAsync(actor, Can.SeeSelf, db =>
        {
            var now = time.Now();
            return NotificationQueries.Own(db, actor)
                .Where(n => n.Place == NotificationPlace.Inbox && n.ReadAt == null && n.At <= now)
                .ExecuteUpdateAsync(n => n.SetProperty(x => x.ReadAt, now).SetProperty(x => x.ChangedAt, now), ct);
        }, ct);
        watch.Changed(actor.UserId);
        return read;
    }

    private async Task ChangeAsync(Actor actor, long id, Action<Notification, DateTime> change, CancellationToken ct)
    {
        await using var db = NotificationQueries.Open(database, actor);
        var notification = await NotificationQueries.Own(db, actor).SingleOrDefaultAsync(n => n.Id == id && n.Place != NotificationPlace.Folded, ct) ?? throw new NotFound("notification");
        change(notification, time.Now());
        await db.SaveChangesAsync(ct);
        watch.Changed(actor.UserId);
    }
}
