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
}

public sealed record NotificationRule(Type Event, Audience Audience, string Template, Channels Channels);
