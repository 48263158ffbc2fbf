using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Notifications;

/// <summary>What a person chose to hear of, or how; what it is now is in their rows.</summary>
public sealed record HearingChanged(long UserId, string Fields) : AccountEvent(UserId);

/// <summary>The agency changed what people hear of who have not chosen themselves.</summary>
public sealed record HearingDefaultsChanged(long AgencyId, string Types) : DomainEvent
{
    public override Subject About => new("agency", AgencyId);
}

/// <summary>Somebody pressed the link in a mail to them; a topic of "*" is all that is not critical.</summary>
public sealed record MailUnsubscribed(long UserId, string Topic) : AccountEvent(UserId);

/// <summary>The same, back again.</summary>
public sealed record MailSubscribedAgain(long UserId, string Topic) : AccountEvent(UserId);
