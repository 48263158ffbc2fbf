namespace Portal.Core.Reactions.Notifications;

/// <summary>Takes news out of the portal as the person wants to hear of it: at once, after their quiet hours, or with their next digest.</summary>
public sealed class Outgoing(MailComposer mails, MailLinks links, IEnumerable<IChannel> channels, TimeProvider time)
{
    // Two of a text message's parts; more is not read on a telephone.
    private const int LongestText = 300;

    internal async Task AddAsync(PortalDb db, News news, PortalUser person, Hearing hearing, CancellationToken ct)
    {
        var type = news.Rule.Type!;
        if (hearing.Mails(type) && news.Rule.Channels.HasFlag(Channels.Email))
        {
            if (type.IsCritical || hearing.Settings.Digest is DigestEvery.Instant)
                db.Add(await MailAsync(db, news, person, hearing, ct));
            else
                db.Add(Item(news, person, hearing));
        }

        var numbers = new[] { (Channel: Channels.Sms, Number: hearing.Sms), (Channel: Channels.WhatsApp, Number: hearing.WhatsApp) }.Where(n => n.Number is not null && hearing.Wanted.HasFlag(n.Channel)).ToList();
        var ready = numbers.Count == 0 ? [] : await channels.ReadyAsync(ct);
        foreach (var (channel, number) in numbers)
        {
            // What nobody sends would only pile up.
            if (ready.Contains(ChannelNames.Of(channel)))
                db.Add(Text(news, person, hearing, ChannelNames.Of(channel), number!));
        }
    }

    private async Task<Delivery> MailAsync(PortalDb db, News news, PortalUser person, Hearing hearing, CancellationToken ct)
    {
        var (type, now) = (news.Rule.Type!, time.Now());
        var unsubscribe = type.IsCritical ? null : links.Unsubscribe(person.Id, type.Key);
        var values = NotificationMails.Values(news.Rule, news.Happened, news.Row.At, person);
        var mail = await mails.ComposeAsync(db, NotificationMails.TemplateOf(news.Rule), Addressee.Of(person), values, new(links.Preferences(person.Role), unsubscribe), ct);
        return new Delivery
        {
            Key = news.Key(MailSuppression.Channel, person),
            Channel = MailSuppression.Channel,
            Recipient = person.Email!,
            Title = mail.Subject,
            Body = mail.Text,
            Html = mail.Html,
            IsCritical = type.Category is NotificationCategory.Security, // what happens to their own account, a person must hear
            UnsubscribeUrl = unsubscribe,
            EventId = news.Row.Id,
            ClientId = news.Row.ClientId,
            UserId = person.Id,
            Topic = Topic(type),
            CreatedAt = now,
        }.From(Due(type, hearing, now));
    }

    private Delivery Text(News news, PortalUser person, Hearing hearing, string channel, string number)
    {
        var (type, now) = (news.Rule.Type!, time.Now());
        return new Delivery
        {
            Key = news.Key(channel, person),
            Channel = channel,
            Recipient = number,
            Title = news.Words.Title,
            Body = Short(news.Words),
            EventId = news.Row.Id,
            ClientId = news.Row.ClientId,
            UserId = person.Id,
            Topic = Topic(type),
            CreatedAt = now,
        }.From(Due(type, hearing, now));
    }

    private DigestItem Item(News news, PortalUser person, Hearing hearing) => new()
    {
        UserId = person.Id,
        ClientId = news.Row.ClientId,
        EventId = news.Row.Id,
        Type = news.Rule.Type!.Key,
        Subject = news.Subject,
        Title = news.Words.Title,
        Text = news.Words.Text,
        Link = news.Words.Link,
        CreatedAt = time.Now(),
        DueAt = hearing.Settings.NextDigest(time.Now(), hearing.Zone),
    };

    /// <summary>The line and where to go; the rest is there.</summary>
    private string Short(NotificationWords words)
    {
        var page = words.Link is null ? "" : $"\n{links.Page(words.Link)}";
        var room = Math.Max(1, LongestText - page.Length);
        return (words.Title.Length <= room ? words.Title : string.Concat(words.Title.AsSpan(0, room - 1), "…")) + page;
    }

    private static string? Topic(NotificationType type) => type.IsCritical ? null : type.Key;

    private static DateTime Due(NotificationType type, Hearing hearing, DateTime now) => type.IsCritical ? now : hearing.Settings.NotBefore(now, hearing.Zone);
}

/// <summary>What happened, and what one person is told of it.</summary>
internal sealed record News(NotificationRule Rule, DomainEvent Happened, EventRow Row, NotificationWords Words)
{
    /// <summary>Repeats of it become one while they are unread.</summary>
    public string Subject => $"{Rule.Template}:{Row.SubjectKind}:{Row.SubjectId}";

    /// <summary>Nobody is told the same twice by one channel.</summary>
    public string Key(string channel, PortalUser person) => $"event:{Row.Id}:{Rule.Template}:{channel}:{person.Id}";
}
