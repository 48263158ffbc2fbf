namespace Portal.Core.Reactions.Notifications;

/// <summary>What a person was told and how they want to be, for whoever asks what is held about them.</summary>
public sealed class NotificationsKept : IKeepsOfPeople
{
    private const int Most = 10_000;

    public string Part => "notifications";

    public async Task<object> OfAsync(PortalDb db, long userId, CancellationToken ct) => new KeptNotifications(
        await db.HearingSettings.AsNoTracking().Where(s => s.UserId == userId).Select(s => new KeptSettings(s.QuietFrom, s.QuietTo, s.Digest, s.DigestHour, s.IsEmailPaused)).SingleOrDefaultAsync(ct),
        [.. (await db.HearingChoices.AsNoTracking().Where(c => c.UserId == userId).OrderBy(c => c.Type).ToListAsync(ct)).Select(c => new KeptChoice(c.Type, Names(c.On), Names(c.Off)))],
        await db.Notifications.AsNoTracking().Where(n => n.UserId == userId).OrderByDescending(n => n.Id).Take(Most)
            .Select(n => new KeptNotification(n.CreatedAt, n.Type, n.Title, n.Text, n.ReadAt)).ToListAsync(ct),
        await db.DigestItems.AsNoTracking().Where(i => i.UserId == userId && i.DueAt != null).OrderByDescending(i => i.Id).Take(Most)
            .Select(i => new KeptWaiting(i.CreatedAt, i.DueAt!.Value, i.Type, i.Title, i.Text)).ToListAsync(ct));

    private static IReadOnlyList<string> Names(Channels channels) => [.. ChannelNames.All.Where(c => channels.HasFlag(c.Channel)).Select(c => c.Name)];
}

public sealed record KeptNotifications(KeptSettings? Settings, IReadOnlyList<KeptChoice> Choices, IReadOnlyList<KeptNotification> Told, IReadOnlyList<KeptWaiting> WaitingForDigest);

public sealed record KeptSettings(TimeOnly? QuietFrom, TimeOnly? QuietTo, DigestEvery Digest, int DigestHour, bool EmailPaused);

public sealed record KeptChoice(string Type, IReadOnlyList<string> On, IReadOnlyList<string> Off);

public sealed record KeptNotification(DateTime At, string Type, string Title, string Text, DateTime? ReadAt);

public sealed record KeptWaiting(DateTime At, DateTime DueAt, string Type, string Title, string Text);
