using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Notifications;

/// <summary>Somebody who works on the portal asked to see a type of notification. It happens in Development only.</summary>
public sealed record SampleRaised(long UserId, string Type) : AccountEvent(UserId);
