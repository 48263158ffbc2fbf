namespace Portal.Core.Reactions.Notifications;

/// <summary>How a person hears of everything. Offered are the channels that reach them.</summary>
public sealed record HearingView(
    long Version, string? QuietFrom, string? QuietTo, string Zone, DigestEvery Digest, int DigestHour, bool EmailPaused, IReadOnlyList<string> Offered, IReadOnlyList<TypeHearing> Types);

/// <summary>How somebody hears of one type of news.</summary>
public sealed record TypeHearing(string Type, NotificationCategory Category, bool Critical, ChannelHearing InApp, ChannelHearing Email, ChannelHearing Sms, ChannelHearing Whatsapp)
{
    public ChannelHearing Of(Channels channel) => channel switch
    {
        Channels.InApp => InApp,
        Channels.Email => Email,
        Channels.Sms => Sms,
        _ => Whatsapp,
    };

    internal static TypeHearing Make(NotificationType type, Channels standard, Channels now)
    {
        var locked = Hearing.Fixed(type);
        return new(type.Key, type.Category, type.IsCritical, One(Channels.InApp), One(Channels.Email), One(Channels.Sms), One(Channels.WhatsApp));

        ChannelHearing One(Channels channel) => new(now.HasFlag(channel), standard.HasFlag(channel), locked.HasFlag(channel));
    }
}

/// <param name="On">Whether this channel is on.</param>
/// <param name="Default">Whether it would be if nothing was chosen here.</param>
/// <param name="Fixed">It is critical: nobody turns it off.</param>
public sealed record ChannelHearing(bool On, bool Default, bool Fixed);

/// <summary>What people hear of who have not chosen themselves.</summary>
public sealed record HearingDefaultsView(string Version, IReadOnlyList<string> Offered, IReadOnlyList<TypeHearing> Types);

/// <summary>What a link in a mail is about: a type of news, or none for all that is not critical.</summary>
public sealed record UnsubscribeView(string? Type, bool IsOff, bool IsPaused, string PreferencesUrl);

public enum UnsubscribeAct
{
    TurnOff,
    TurnOn,
    Pause,
    Resume,
}
