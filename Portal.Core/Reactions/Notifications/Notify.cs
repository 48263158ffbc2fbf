using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Notifications;

/// <summary>
/// Turns an event into notifications and deliveries by the rules. A unique key says event, type and person of the one, and event,
/// template, channel and person of the other, so that nobody hears twice.
/// </summary>
public sealed class Notify(Outgoing outgoing, TimeProvider time) : IReaction
{
    private static readonly ILookup<Type, NotificationRule> Rules = NotificationRules.All.ToLookup(r => r.Event);

    public async Task ReactAsync(DomainEvent happened, EventRow row, PortalDb db, CancellationToken ct)
    {
        foreach (var rule in Rules[happened.GetType()].Where(r => r.Audience is not Audience.Nobody))
            await TellAsync(rule, happened, row, await PeopleAsync(rule.Audience, happened, db, ct), db, ct);
    }

    /// <summary>Tells each of them to whom it is news, as they want to hear of it, which is asked once for all.</summary>
    internal async Task TellAsync(NotificationRule rule, DomainEvent happened, EventRow row, IReadOnlyCollection<PortalUser> people, PortalDb db, CancellationToken ct)
    {
        var hearers = people.Where(p => IsNewsTo(p, rule, row)).ToList();
        if (hearers.Count == 0)
            return;
        var hearings = await Hearing.OfAsync(db, rule.Type!, [.. hearers.Select(p => p.Id)], ct);
        foreach (var person in hearers)
        {
            var (hearing, news) = (hearings[person.Id], new News(rule, happened, row, NotificationWords.For(rule, happened, person)));
            await outgoing.AddAsync(db, news, person, hearing, ct);
            if (rule.Channels.HasFlag(Channels.InApp) && hearing.Wanted.HasFlag(Channels.InApp))
                await ShowAsync(news, person, db, ct);
        }
    }

    // Who did it knows; but a password that somebody changed in my name is news to me.
    private static bool IsNewsTo(PortalUser person, NotificationRule rule, EventRow row) =>
        row.ActorId != person.Id || rule.Event == typeof(SampleRaised) || rule.Type is { Category: NotificationCategory.Security };

    /// <summary>While nobody has read of the last one about the same, the new one takes its place and says how many there are.</summary>
    private async Task ShowAsync(News news, PortalUser person, PortalDb db, CancellationToken ct)
    {
        var shown = Notification(news, person);
        var before = await db.Notifications
            .Where(n => n.UserId == shown.UserId && n.Place == NotificationPlace.Inbox && n.ReadAt == null && n.Subject == shown.Subject)
            .OrderByDescending(n => n.Id).FirstOrDefaultAsync(ct);
        if (before is not null)
            shown.TakeTheRoomOf(before, news.Words.Many, time.Now());
        db.Add(shown);
    }

    private static Task<List<PortalUser>> PeopleAsync(Audience audience, DomainEvent happened, PortalDb db, CancellationToken ct) => (audience, happened) switch
    {
        (Audience.ThatPerson, AccountEvent { UserId: var id }) => db.Users.AsNoTracking().Where(u => u.Id == id && u.IsActive).ToListAsync(ct),
        (Audience.Admins, _) => db.Users.AsNoTracking().Where(u => u.Role == Role.Admin && u.IsActive).ToListAsync(ct),
        (Audience.LeadersOfClient, ClientEvent { ClientId: var id }) => db.Access.Where(a => a.ClientId == id && (a.Level == AccessLevel.Owner || a.Level == AccessLevel.Manager))
            .Join(db.Users.AsNoTracking().Where(u => u.IsActive), a => a.UserId, u => u.Id, (a, u) => u).ToListAsync(ct),
        (Audience.ThatAgent, AgentAssigned { AgentId: var id }) => db.Users.AsNoTracking().Where(u => u.Id == id && u.IsActive).ToListAsync(ct),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} has no such audience: {audience}."),
    };

    private Notification Notification(News news, PortalUser person) => new()
    {
        UserId = person.Id,
        ClientId = news.Row.ClientId,
        EventId = news.Row.Id,
        Type = news.Rule.Type!.Key,
        Category = news.Rule.Type.Category,
        Subject = news.Subject,
        Title = news.Words.Title,
        Text = news.Words.Text,
        Link = news.Words.Link,
        CreatedAt = time.Now(),
    };
}
