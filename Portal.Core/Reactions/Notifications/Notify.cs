using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Notifications;

/// <summary>
/// Turns an event into notifications and deliveries by the rules. A unique key says event, type and person of the one, and event,
/// template, channel and person of the other, so that nobody hears twice.
/// </summary>
public sealed class Notify(MailComposer mails, TimeProvider time) : IReaction
{
    private static readonly ILookup<Type, NotificationRule> Rules = NotificationRules.All.ToLookup(r => r.Event);

    public async Task ReactAsync(DomainEvent happened, EventRow row, PortalDb db, CancellationToken ct)
    {
        foreach (var rule in Rules[happened.GetType()].Where(r => r.Audience is not Audience.Nobody))
        {
            foreach (var person in await PeopleAsync(rule.Audience, happened, db, ct))
                await TellAsync(rule, happened, row, person, db, ct);
        }
    }

    internal async Task TellAsync(NotificationRule rule, DomainEvent happened, EventRow row, PortalUser person, PortalDb db, CancellationToken ct)
    {
        if (rule.Channels.HasFlag(Channels.Email))
            db.Add(await DeliveryAsync(rule, happened, row, person, db, ct));
        if (rule.Channels.HasFlag(Channels.InApp) && IsNewsTo(person, rule, row))
            await ShowAsync(rule, NotificationWords.For(rule, happened, person), row, person, db, ct);
    }

    // Who did it knows; but a password that somebody changed in my name is news to me.
    private static bool IsNewsTo(PortalUser person, NotificationRule rule, EventRow row) =>
        row.ActorId != person.Id || rule.Event == typeof(SampleRaised) || rule.Type is { Category: NotificationCategory.Security };

    /// <summary>While nobody has read of the last one about the same, the new one takes its place and says how many there are.</summary>
    private async Task ShowAsync(NotificationRule rule, NotificationWords words, EventRow row, PortalUser person, PortalDb db, CancellationToken ct)
    {
        var news = Notification(rule, words, row, person);
        var before = await db.Notifications
            .Where(n => n.UserId == news.UserId && n.Place == NotificationPlace.Inbox && n.ReadAt == null && n.Subject == news.Subject)
            .OrderByDescending(n => n.Id).FirstOrDefaultAsync(ct);
        if (before is not null)
            news.TakeTheRoomOf(before, words.Many, time.Now());
        db.Add(news);
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

    private Notification Notification(NotificationRule rule, NotificationWords words, EventRow row, PortalUser person) => new()
    {
        UserId = person.Id,
        ClientId = row.ClientId,
        EventId = row.Id,
        Type = rule.Type!.Key,
        Category = rule.Type.Category,
        Subject = $"{rule.Template}:{row.SubjectKind}:{row.SubjectId}",
        Title = words.Title,
        Text = words.Text,
        Link = words.Link,
        CreatedAt = time.Now(),
    };

    private async Task<Delivery> DeliveryAsync(NotificationRule rule, DomainEvent happened, EventRow row, PortalUser person, PortalDb db, CancellationToken ct)
    {
        var mail = await mails.ComposeAsync(db, NotificationMails.TemplateOf(rule), Addressee.Of(person), NotificationMails.Values(rule, happened, row.At, person), ct: ct);
        return new Delivery
        {
            Key = $"event:{row.Id}:{rule.Template}:email:{person.Id}",
            Channel = "email",
            Recipient = person.Email!,
            Title = mail.Subject,
            Body = mail.Text,
            Html = mail.Html,
            IsCritical = happened is AccountEvent, // what happens to their own account, a person must hear
            EventId = row.Id,
            ClientId = row.ClientId,
            CreatedAt = time.Now(),
        }.From(time.Now());
    }
}
