namespace Portal.Core.Reactions.Notifications;

/// <summary>What a link in a mail says and does, for whoever has the mail. Whoever made the link up is told that there is nothing.</summary>
public sealed class Unsubscribing(Database database, MailLinks links)
{
    private static readonly Actor Self = Actor.System("unsubscribe");

    public async Task<UnsubscribeView> LookAsync(string? token, CancellationToken ct = default)
    {
        var (userId, type) = Read(token);
        await using var db = database.Open(Self, Can.KeepHouse);
        var (person, rows) = await LoadAsync(db, userId, ct);
        return new(type?.Key, type is not null && !rows.Now(type).HasFlag(Channels.Email), rows.Settings.IsEmailPaused, links.Preferences(person.Role));
    }

    /// <summary>Doing it twice is fine.</summary>
    public Task ActAsync(string? token, UnsubscribeAct act, CancellationToken ct = default)
    {
        var (userId, type) = Read(token);
        return HearingService.AgainAsync(async () =>
        {
            await using var db = database.Open(Self, Can.KeepHouse);
            var (_, rows) = await LoadAsync(db, userId, ct);
            var isOff = act is UnsubscribeAct.TurnOff or UnsubscribeAct.Pause;
            var ofType = act is UnsubscribeAct.TurnOff or UnsubscribeAct.TurnOn ? type : null;
            if (ofType is not null)
                rows.Choose(ofType, Channels.Email, !isOff, isFirm: isOff);
            else
                rows.Change("email_paused", rows.Settings.IsEmailPaused != isOff, () => rows.Settings.IsEmailPaused = isOff);
            var topic = ofType?.Key ?? MailLinks.Everything;
            await rows.SaveAsync(isOff ? new MailUnsubscribed(userId, topic) : new MailSubscribedAgain(userId, topic), ct);
        });
    }

    /// <returns>No type for all that is not critical.</returns>
    private (long UserId, NotificationType? Type) Read(string? token) => links.Read(token) switch
    {
        (var userId, MailLinks.Everything) => (userId, null),
        (var userId, var topic) when NotificationTypes.Find(topic) is { IsCritical: false } type => (userId, type),
        _ => throw new NotFound("link"),
    };

    private static async Task<(PortalUser Person, HearingRows Rows)> LoadAsync(PortalDb db, long userId, CancellationToken ct)
    {
        var person = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId && u.IsActive, ct) ?? throw new NotFound("link");
        return (person, await HearingRows.LoadAsync(db, userId, ct));
    }
}
