namespace Portal.Core.Reactions.Notifications;

/// <summary>
/// News that waited for the end of someone's quiet hours, or for a mail server, is not sent any more when they have read it, or turned it
/// off, or when the number or what it is about is no longer theirs.
/// </summary>
public sealed class WaitingNews : IStillWanted
{
    private const string WasRead = "Not sent: they have read it in the portal.";
    private const string TurnedOff = "Not sent: they have turned this off.";
    private const string NotTheirs = "Not sent: it is no longer theirs to know.";
    private const string NotTheirNumber = "Not sent: they no longer want to hear by this number.";

    public async Task<Dictionary<long, string>> NotWantedAsync(PortalDb db, IReadOnlyCollection<Delivery> due)
    {
        var why = new Dictionary<long, string>();
        foreach (var delivery in await ElsewhereAsync(db, [.. due.Where(d => ChannelNames.Of(d.Channel) is Channels.Sms or Channels.WhatsApp)]))
            why[delivery.Id] = NotTheirNumber;
        foreach (var delivery in await PastAsync(db, [.. due.Where(d => !d.IsCritical)]))
            why[delivery.Id] = NotTheirs;

        // What is critical has no topic: it was never a question whether they want it, and that they have read of it does not hold it back.
        var news = due.Where(d => d.Topic is not null).ToList();
        foreach (var topic in news.GroupBy(d => d.Topic!))
        {
            foreach (var delivery in await TurnedOffAsync(db, topic.Key, [.. topic]))
                why[delivery.Id] = TurnedOff;
        }

        var read = await ReadNews.OfAsync(db, [.. news.Where(d => d.EventId is not null).Select(d => (d.EventId!.Value, d.UserId!.Value))], CancellationToken.None);
        foreach (var delivery in news.Where(d => d.EventId is { } id && read.Contains((id, d.UserId!.Value))).Concat(await ReadDigestsAsync(db, [.. news.Where(d => d.EventId is null)])))
            why[delivery.Id] = WasRead;
        return why;
    }

    /// <summary>Those to a number that was taken back, or that another has taken the place of.</summary>
    private static async Task<IEnumerable<Delivery>> ElsewhereAsync(PortalDb db, List<Delivery> texts)
    {
        if (texts.Count == 0)
            return [];
        var people = texts.Select(d => d.UserId!.Value).Distinct().ToList();
        var numbers = await db.VerifiedNumbers.Where(n => people.Contains(n.UserId))
            .Where(n => n.Channel != PhoneChannel.Whatsapp || db.Users.Any(u => u.Id == n.UserId && u.WhatsAppNotifications))
            .Select(n => new { n.UserId, n.Channel, n.Number }).ToListAsync();
        var theirs = numbers.Select(n => (n.UserId, Input.Name(n.Channel.ToString()), n.Number)).ToHashSet();
        return texts.Where(d => !theirs.Contains((d.UserId!.Value, d.Channel, d.Recipient)));
    }

    /// <summary>Those to people who have left the portal, or the client that it is about. What guards their account they hear all the same.</summary>
    private static async Task<IEnumerable<Delivery>> PastAsync(PortalDb db, List<Delivery> news)
    {
        var theirs = await StillTheirs.OfAsync(db, [.. news.Select(d => (d.UserId!.Value, d.ClientId)).Distinct()], CancellationToken.None);
        return news.Where(d => !theirs.Contains((d.UserId!.Value, d.ClientId)));
    }

    /// <summary>Those of which every line was read meanwhile.</summary>
    private static async Task<IEnumerable<Delivery>> ReadDigestsAsync(PortalDb db, List<Delivery> digests)
    {
        if (digests.Count == 0)
            return [];
        var keys = digests.Select(d => d.Key).ToList();
        var said = await db.DigestItems.Where(i => keys.Contains(i.SaidIn!)).Select(i => new { i.SaidIn, i.EventId, i.UserId }).ToListAsync();
        var read = await ReadNews.OfAsync(db, [.. said.Select(i => (i.EventId, i.UserId))], CancellationToken.None);
        var unread = said.Where(i => !read.Contains((i.EventId, i.UserId))).Select(i => i.SaidIn).ToHashSet();
        return digests.Where(d => !unread.Contains(d.Key));
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
