using Portal.Core.Domains.Integrations;
using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Notifications;

/// <summary>The one table of who hears of what by which channel. A test fails when an event type is not in it.</summary>
public static class NotificationRules
{
    private const Channels Both = Channels.InApp | Channels.Email;

    public static readonly IReadOnlyList<NotificationRule> All =
    [
        On<SignInPaused>(Audience.ThatPerson, "sign-in-paused", Both, "account_security"),
        On<RefreshTokenReused>(Audience.ThatPerson, "token-reused", Both, "account_security"),
        On<FirstAdminCreated>(Audience.ThatPerson, "first-admin", Both, "account_security"),
        On<EmailChanged>(Audience.ThatPerson, "email-changed", Both, "account_security"),
        On<PasswordChanged>(Audience.ThatPerson, "password-changed", Both, "account_security"),
        On<PasswordReset>(Audience.ThatPerson, "password-reset", Both, "account_security"),
        On<SecondFactorTurnedOn>(Audience.ThatPerson, "second-factor-on", Both, "account_security"),
        On<SecondFactorTurnedOff>(Audience.ThatPerson, "second-factor-off", Both, "account_security"),
        On<RecoveryCodeUsed>(Audience.ThatPerson, "recovery-used", Both, "account_security"),
        On<PasskeyAdded>(Audience.ThatPerson, "passkey-added", Both, "account_security"),
        On<PasskeyRemoved>(Audience.ThatPerson, "passkey-removed", Both, "account_security"),
        On<AccountClosing>(Audience.ThatPerson, "account-closing", Both, "account_security"),
        On<ClientRegistered>(Audience.Admins, "client-registered", Both, "client_registered"),
        On<ClientApproved>(Audience.LeadersOfClient, "welcome", Both, "account_status"),
        On<ClientDeclined>(Audience.LeadersOfClient, "client-declined", Both, "account_status"),
        On<ClientDeactivated>(Audience.LeadersOfClient, "client-deactivated", Both, "account_status"),
        On<ClientActivated>(Audience.LeadersOfClient, "client-activated", Both, "account_status"),
        On<ClientClosing>(Audience.LeadersOfClient, "client-closing", Both, "account_status"),
        On<ClientClosing>(Audience.Admins, "client-closing-agency", Both, "account_status"),
        On<AgentAssigned>(Audience.ThatAgent, "agent-assigned", Both, "team_changed"),
        On<MemberJoined>(Audience.LeadersOfClient, "member-joined", Both, "team_changed"),
        On<ApiConfigBroke>(Audience.Admins, "integration-broke", Both, "account_status"),
        On<ApiConfigExpiring>(Audience.Admins, "integration-expiring", Both, "account_status"),
        On<ProviderFellSilent>(Audience.Admins, "provider-silent", Both, "account_status"),
        On<ProviderCallsRefused>(Audience.Admins, "provider-refused", Both, "account_status"),
        On<ApiConfigRecovered>(Audience.Admins, "integration-recovered", Both, "account_status"),
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
        Silent<SampleRaised>(), // RaiseSamples tells of it, in Development only.
        Silent<MailTried>(),
        Silent<MailTemplateChanged>(),
        Silent<MailTemplateRestored>(),
        Silent<MailTemplateReset>(),
        Silent<MailTemplateTried>(), // The test itself is a mail.
        Silent<NumberConfirmed>(), // They have just entered its code.
        Silent<NumberWithdrawn>(),
        Silent<HearingChanged>(), // Who wants to hear less is not told so.
        Silent<HearingDefaultsChanged>(),
        Silent<MailUnsubscribed>(),
        Silent<MailSubscribedAgain>(),
        Silent<DeliveryStopped>(),
        Silent<MailSuppressionLifted>(),
        Silent<JobPaused>(),
        Silent<JobResumed>(),
        Silent<JobAskedFor>(),
        Silent<RetentionChanged>(),
        Silent<WebhookRunAgain>(),
        Silent<ApiConfigCreated>(),
        Silent<ApiConfigChanged>(),
        Silent<ApiConfigActivated>(),
        Silent<ApiConfigDeactivated>(),
        Silent<ApiConfigDeleted>(),
        Silent<ApiConfigTested>(), // Whoever tried it has the answer.
        Silent<EncryptionKeyRenewed>(),
        Silent<MessagesSent>(), // Whoever sent them sees how they go.
        Silent<MessageHidden>(),
        Silent<SimulatorUsed>(),
    ];

    private static readonly ILookup<string, Audience> Audiences = All.Where(r => r.Type is not null).ToLookup(r => r.Type!.Key, r => r.Audience);

    /// <summary>Whether a type of news can reach this person as they are now. Where no rule says yet who hears of it, it may be anyone.</summary>
    public static bool Reaches(Actor person, NotificationType type) =>
        !Audiences.Contains(type.Key) || Audiences[type.Key].Any(audience => Holds(audience, person));

    /// <summary>The types that a person is offered to choose by.</summary>
    public static IReadOnlyList<NotificationType> For(Actor person) => [.. NotificationTypes.All.Where(type => Reaches(person, type))];

    private static bool Holds(Audience audience, Actor person) => audience switch
    {
        Audience.ThatPerson => true,
        Audience.Admins => person.Role is Role.Admin,
        Audience.ThatAgent => person.Role is Role.Agent,
        Audience.LeadersOfClient => person.Grants.Any(g => g.Level is AccessLevel.Owner or AccessLevel.Manager),
        _ => false,
    };

    private static NotificationRule On<T>(Audience audience, string template, Channels channels, string type)
        where T : DomainEvent => new(typeof(T), audience, template, channels, NotificationTypes.Of(type));

    private static NotificationRule Silent<T>()
        where T : DomainEvent => new(typeof(T), Audience.Nobody, "", Channels.None, null);
}
