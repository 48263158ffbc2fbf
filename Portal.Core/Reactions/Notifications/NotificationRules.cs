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
        On<EmailChanged>(Audience.ThatPerson, "email-changed", Channels.Email),
        On<PasswordChanged>(Audience.ThatPerson, "password-changed", Channels.Email),
        On<PasswordReset>(Audience.ThatPerson, "password-reset", Channels.Email),
        On<SecondFactorTurnedOn>(Audience.ThatPerson, "second-factor-on", Channels.Email),
        On<SecondFactorTurnedOff>(Audience.ThatPerson, "second-factor-off", Channels.Email),
        On<RecoveryCodeUsed>(Audience.ThatPerson, "recovery-used", Channels.Email),
        On<PasskeyAdded>(Audience.ThatPerson, "passkey-added", Channels.Email),
        On<PasskeyRemoved>(Audience.ThatPerson, "passkey-removed", Channels.Email),
        On<AccountClosing>(Audience.ThatPerson, "account-closing", Channels.Email),
        On<ClientRegistered>(Audience.Admins, "client-registered", Channels.Email),
        On<ClientApproved>(Audience.LeadersOfClient, "welcome", Channels.Email),
        On<ClientDeclined>(Audience.LeadersOfClient, "client-declined", Channels.Email),
        On<ClientDeactivated>(Audience.LeadersOfClient, "client-deactivated", Channels.Email),
        On<ClientActivated>(Audience.LeadersOfClient, "client-activated", Channels.Email),
        On<ClientClosing>(Audience.LeadersOfClient, "client-closing", Channels.Email),
        On<ClientClosing>(Audience.Admins, "client-closing-agency", Channels.Email),
        On<AgentAssigned>(Audience.ThatAgent, "agent-assigned", Channels.Email),
        On<MemberJoined>(Audience.LeadersOfClient, "member-joined", Channels.Email),
        Silent<SignedIn>(),
        Silent<SignedOut>(),
        Silent<SessionsEnded>(),
        Silent<SignInRefused>(),
        Silent<EmailVerified>(),
        Silent<RecoveryCodesRenewed>(),
        Silent<OwnProfileChanged>(),
        Silent<OwnDataExported>(),
        Silent<AccountKept>(),
        Silent<AccountErased>(),
        Silent<PersonDeactivated>(),
        Silent<PersonActivated>(),
        Silent<ClientOpened>(),
        Silent<ClientProfileChanged>(),
        Silent<ClientNoteChanged>(),
        Silent<ClientKept>(),
        Silent<ClientClosed>(),
        Silent<AgentUnassigned>(),
        Silent<ClientViewed>(),
        Silent<ClientViewEnded>(),
        Silent<ClientChangesTaken>(),
        Silent<ClientPageViewed>(),
        Silent<ClientsImported>(),
        Silent<MemberInvited>(), // The invitation itself is a mail.
        Silent<MemberLevelChanged>(),
        Silent<MemberRemoved>(),
        Silent<InvitationSentAgain>(),
        Silent<InvitationWithdrawn>(),
        Silent<StaffInvited>(), // The invitation itself is a mail.
        Silent<StaffJoined>(),
        Silent<AgentProfileChanged>(),
        Silent<ClientsHandedOver>(),
        Silent<AgencyProfileChanged>(),
        Silent<TermsChanged>(),
        Silent<DeliverySentAgain>(),
        Silent<MailTried>(),
    ];

    private static NotificationRule On<T>(Audience audience, string template, Channels channels)
        where T : DomainEvent => new(typeof(T), audience, template, channels);

    private static NotificationRule Silent<T>()
        where T : DomainEvent => new(typeof(T), Audience.Nobody, "", Channels.None);
}
