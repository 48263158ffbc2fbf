using System.Linq.Expressions;

namespace Portal.Core.Reactions.Notifications;

/// <summary>A person's own notifications, read.</summary>
public sealed class NotificationQueries(Database database, TimeProvider time)
{
    private static readonly Sorts<Notification> Orders = new Sorts<Notification>("-at", n => n.Id).By("at", n => n.At);

    private static readonly Expression<Func<Notification, NotificationLine>> Line = n =>
        new(n.Id, n.Type, n.Category, n.Title, n.Text, n.Link, n.Times, n.At, n.ReadAt, n.SnoozedUntil, n.Place == NotificationPlace.Archive);

    public async Task<Paged<NotificationLine>> ListAsync(Actor actor, NotificationPage page, CancellationToken ct = default)
    {
        await using var db = Open(database, actor);
        return await Part(db, actor, page.Filter?.Value ?? NotificationFilter.All).ToPagedAsync(page, Orders, Line, ct);
    }

    /// <summary>Counted each time: a number that is kept beside the rows goes wrong one day.</summary>
    public async Task<UnreadNotifications> UnreadAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = Open(database, actor);
        return new(await Part(db, actor, NotificationFilter.Unread).CountAsync(ct));
    }

    public async Task<NotificationCounts> CountsAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = Open(database, actor);
        var counted = await Part(db, actor, NotificationFilter.All).GroupBy(n => new { n.Category, IsUnread = n.ReadAt == null })
            .Select(g => new { g.Key.Category, g.Key.IsUnread, Count = g.Count() }).ToListAsync(ct);
        return new(
            counted.Sum(c => c.Count), counted.Where(c => c.IsUnread).Sum(c => c.Count),
            counted.GroupBy(c => c.Category).ToDictionary(g => g.Key, g => g.Sum(c => c.Count)));
    }

    /// <summary>What the bell shows. An admin's own are not for the portal that they look at as a client.</summary>
    public async Task<Inbox> InboxAsync(Actor actor, CancellationToken ct = default)
    {
        if (actor.Viewing is not null || !actor.May(Can.SeeSelf))
            return Inbox.Empty;
        await using var db = Open(database, actor);
        var latest = await Part(db, actor, NotificationFilter.All).OrderByDescending(n => n.At).ThenByDescending(n => n.Id).Take(Inbox.Most).Select(Line).ToListAsync(ct);
        return new(await Part(db, actor, NotificationFilter.Unread).CountAsync(ct), latest);
    }

    /// <summary>One's own account: closed while an admin looks at a client's portal, whose people's it is not.</summary>
    internal static PortalDb Open(Database database, Actor actor)
    {
        Need(actor);
        return database.Open(actor, Can.SeeSelf);
    }

    internal static void Need(Actor actor)
    {
        if (actor.Viewing is not null)
            throw new Forbidden(Can.SeeSelf);
    }

    // The fence says the same of the person; said here too, the index is used.
    internal static IQueryable<Notification> Own(PortalDb db, Actor actor)
    {
        var me = actor.UserId;
        return db.Notifications.Where(n => n.UserId == me);
    }

    private IQueryable<Notification> Part(PortalDb db, Actor actor, NotificationFilter part)
    {
        var now = time.Now();
        var own = Own(db, actor).AsNoTracking();
        var inbox = own.Where(n => n.Place == NotificationPlace.Inbox && n.At <= now);
        return part switch
        {
            NotificationFilter.All => inbox,
            NotificationFilter.Unread => inbox.Where(n => n.ReadAt == null),
            NotificationFilter.Snoozed => own.Where(n => n.Place == NotificationPlace.Inbox && n.At > now),
            NotificationFilter.Archived => own.Where(n => n.Place == NotificationPlace.Archive),
            _ when Enum.Parse<NotificationCategory>(part.ToString()) is var category => inbox.Where(n => n.Category == category),
            _ => inbox,
        };
    }
}
