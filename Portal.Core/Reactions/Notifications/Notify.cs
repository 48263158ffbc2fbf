using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Notifications;

/// <summary>Turns an event into deliveries by the rules. The key says event, template, channel and person, so that nobody hears twice.</summary>
public sealed class Notify(TimeProvider time) : IReaction
{
    private static readonly ILookup<Type, NotificationRule> Rules = NotificationRules.All.ToLookup(r => r.Event);

    public async Task ReactAsync(DomainEvent happened, EventRow row, PortalDb db, CancellationToken ct)
    {
        foreach (var rule in Rules[happened.GetType()].Where(r => r.Audience is not Audience.Nobody))
        {
            foreach (var person in await PeopleAsync(rule.Audience, happened, db, ct))
                db.Add(Delivery(rule, happened, row, person));
        }
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

    private Delivery Delivery(NotificationRule rule, DomainEvent happened, EventRow row, PortalUser person)
    {
        var (title, body) = NotificationTexts.For(rule, happened, person);
        return new Delivery
        {
            Key = $"event:{row.Id}:{rule.Template}:email:{person.Id}",
            Channel = "email",
            Recipient = person.Email!,
            Title = title,
            Body = body,
            IsCritical = happened is AccountEvent, // what happens to their own account, a person must hear
            EventId = row.Id,
            ClientId = row.ClientId,
            CreatedAt = time.Now(),
        }.From(time.Now());
    }
}
