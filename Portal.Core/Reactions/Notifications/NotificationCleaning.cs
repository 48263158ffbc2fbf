namespace Portal.Core.Reactions.Notifications;

/// <summary>Lets go of notifications that were read or put into the archive long ago. Unread ones stay.</summary>
public sealed class NotificationCleaning(Lane lane, TimeProvider time)
{
    private static readonly Actor Self = Actor.System("cleaning");

    public Task<int> RunAsync(CancellationToken ct) => Batches.DeleteAsync(() => lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        var (kept, now) = (await db.Retention.AsNoTracking().SingleOrDefaultAsync(ct) ?? new(), time.Now());
        var (read, archived) = (now.AddDays(-kept.ReadNotificationDays), now.AddDays(-kept.ArchivedNotificationDays));

        // Each part walks its own stretch of the index on when they were read.
        var old = await OfAsync(db.Notifications.Where(n => n.ReadAt < read && n.Place != NotificationPlace.Archive), ct);
        if (old.Count < Batches.Size)
            old.AddRange((await OfAsync(db.Notifications.Where(n => n.ReadAt < archived && n.Place == NotificationPlace.Archive), ct)).Take(Batches.Size - old.Count));
        return old.Count == 0 ? 0 : await db.Notifications.Where(n => old.Contains(n.Id)).ExecuteDeleteAsync(ct);
    }, ct), ct);

    private static Task<List<long>> OfAsync(IQueryable<Notification> some, CancellationToken ct) =>
        some.OrderBy(n => n.ReadAt).ThenBy(n => n.Id).Take(Batches.Size).Select(n => n.Id).ToListAsync(ct);
}
