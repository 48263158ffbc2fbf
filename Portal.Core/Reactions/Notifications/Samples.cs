namespace Portal.Core.Reactions.Notifications;

/// <summary>Raises any type of notification for oneself, by the way that all of them take. Registered in Development only.</summary>
public sealed class SampleDesk(Database database)
{
    public async Task RaiseAsync(Actor actor, IReadOnlyCollection<NotificationType> types, CancellationToken ct = default)
    {
        await using var db = NotificationQueries.Open(database, actor);
        foreach (var type in types)
            db.Record(new SampleRaised(actor.UserId, type.Key));
        await db.SaveChangesAsync(ct);
    }
}

/// <summary>Lets a sample be heard by every channel of its type. Without it, outside Development, the event is silent.</summary>
public sealed class RaiseSamples(Notify notify) : IReaction
{
    public async Task ReactAsync(DomainEvent happened, EventRow row, PortalDb db, CancellationToken ct)
    {
        if (happened is not SampleRaised sample || NotificationTypes.Find(sample.Type) is not { } type)
            return;
        if (await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == sample.UserId && u.IsActive, ct) is { } person)
            await notify.TellAsync(new(typeof(SampleRaised), Audience.ThatPerson, type.Key, type.Channels, type), happened, row, [person], db, ct);
    }
}
