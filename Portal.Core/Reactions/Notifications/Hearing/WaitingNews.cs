namespace Portal.Core.Reactions.Notifications;

/// <summary>News that waited for the end of someone's quiet hours, or for a mail server, is not sent any more when they have read it, or turned it off.</summary>
public sealed class WaitingNews : IStillWanted
{
    private const string WasRead = "Not sent: they have read it in the portal.";
    private const string TurnedOff = "Not sent: they have turned this off.";

    public async Task<Dictionary<long, string>> NotWantedAsync(PortalDb db, IReadOnlyCollection<Delivery> due)
    {
        var why = new Dictionary<long, string>();
        foreach (var topic in due.GroupBy(d => d.Topic!))
        {
            foreach (var delivery in await TurnedOffAsync(db, topic.Key, [.. topic]))
                why[delivery.Id] = TurnedOff;
        }

        var read = await ReadNews.OfAsync(db, [.. due.Where(d => d.EventId is not null).Select(d => (d.EventId!.Value, d.UserId!.Value))], CancellationToken.None);
        foreach (var delivery in due.Where(d => d.EventId is { } id && read.Contains((id, d.UserId!.Value))))
            why[delivery.Id] = WasRead;
        return why;
    }

    private static async Task<IEnumerable<Delivery>> TurnedOffAsync(PortalDb db, string topic, List<Delivery> due)
    {
        var people = due.Select(d => d.UserId!.Value).Distinct().ToList();
        if (topic is MailLinks.Everything)
        {
            var paused = await db.HearingSettings.Where(s => people.Contains(s.UserId) && s.IsEmailPaused).Select(s => s.UserId).ToListAsync();
            return due.Where(d => paused.Contains(d.UserId!.Value));
        }

        if (NotificationTypes.Find(topic) is not { } type)
            return [];
        var hearings = await Hearing.OfAsync(db, type, people, CancellationToken.None);
        return due.Where(d => hearings.GetValueOrDefault(d.UserId!.Value) is { } hearing && !Wants(hearing, type, d.Channel));
    }

    private static bool Wants(Hearing hearing, NotificationType type, string channel) =>
        channel is MailSuppression.Channel ? hearing.Mails(type) : hearing.Wanted.HasFlag(ChannelNames.Of(channel));
}
