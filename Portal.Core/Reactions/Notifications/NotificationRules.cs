using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Notifications;

/// <summary>The one table of who hears of what by which channel. A test fails when an event type is not in it.</summary>
public static class NotificationRules
{
    public static readonly IReadOnlyList<NotificationRule> All =
    [
        On<SignInPaused>(Audience.ThatPerson, "sign-in-paused", Channels.Email),
        On<RefreshTokenReused>(Audience.ThatPerson, "token-reused", Channels.Email),
        On<FirstAdminCreated>(Audience.ThatPerson, "first-admin", Channels.Email),
        Silent<SignedIn>(),
        Silent<SignedOut>(),
        Silent<ClientOpened>(),
        Silent<DeliverySentAgain>(),
    ];

    private static NotificationRule On<T>(Audience audience, string template, Channels channels)
        where T : DomainEvent => new(typeof(T), audience, template, channels);

    private static NotificationRule Silent<T>()
        where T : DomainEvent => new(typeof(T), Audience.Nobody, "", Channels.None);
}
