namespace Portal.Core.Reactions.Notifications;

/// <summary>Who hears of an event.</summary>
public enum Audience
{
    /// <summary>It is in the audit log, and that is enough: a stated silence.</summary>
    Nobody,

    /// <summary>The person whose account it is about.</summary>
    ThatPerson,

    Admins,

    /// <summary>Owners and managers of the client it happened to.</summary>
    LeadersOfClient,

    /// <summary>The agent it names.</summary>
    ThatAgent,
}

[Flags]
public enum Channels
{
    None = 0,
    Email = 1,

    /// <summary>The notification centre and the bell.</summary>
    InApp = 2,

    /// <summary>Where a person gave a number for it.</summary>
    Sms = 4,
    WhatsApp = 8,
}

/// <param name="Event">What happened.</param>
/// <param name="Audience">Who hears of it.</param>
/// <param name="Template">Which words.</param>
/// <param name="Channels">How they may hear of it in the portal and by e-mail; what of it each person wants is theirs to say.</param>
/// <param name="Type">What kind of news it is; none for a stated silence.</param>
public sealed record NotificationRule(Type Event, Audience Audience, string Template, Channels Channels, NotificationType? Type);
