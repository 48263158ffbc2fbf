using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Notifications;

/// <summary>What a notification says, by template.</summary>
public static class NotificationTexts
{
    public static (string Title, string Body) For(NotificationRule rule, DomainEvent happened, PortalUser to) => (rule.Template, happened) switch
    {
        ("sign-in-paused", SignInPaused e) => ("Sign-in to your account is paused",
            $"{Hello(to)}Someone entered a wrong password for your account several times, from {e.Address}. Sign-in is paused for {e.Minutes} minutes.\n\n" +
            "If it was you, just wait. If it was not, your password still holds; tell us if it happens again.\n"),
        ("token-reused", RefreshTokenReused e) => ("We ended one of your sessions",
            $"{Hello(to)}A refresh token of your account was used a second time, from {e.Address}. Tokens work once, so someone may have copied it, " +
            "and we ended the session it belongs to. Sign in again with your password.\n"),
        ("first-admin", FirstAdminCreated) => ("Your portal is ready",
            $"{Hello(to)}This portal now has its first administrator: you. Sign in with the password you chose.\n"),
        (_, SampleRaised) when rule.Type!.Says(NotificationTypes.Samples) is var (title, text) => (title, $"{Hello(to)}{text}\n"),
        _ => Account(rule.Template, happened, to) ?? Clients(rule.Template, happened, to)
            ?? throw new InvalidOperationException($"No text for {rule.Template} on {happened.GetType().Name}."),
    };

    private static (string Title, string Body)? Account(string template, DomainEvent happened, PortalUser to) => (template, happened) switch
    {
        ("email-changed", EmailChanged e) => ("Your e-mail address was changed", $"{Hello(to)}You sign in with {e.After} from now on; {e.Before} no longer works.\n\n{NotYou}"),
        ("password-changed", PasswordChanged) => ("Your password was changed", $"{Hello(to)}The password of your account was changed, and your other sessions were ended.\n\n{NotYou}"),
        ("password-reset", PasswordReset e) => ("Your password was reset", $"{Hello(to)}Someone with access to this mailbox chose a new password, from {e.Address}. All sessions were ended.\n\n{NotYou}"),
        ("second-factor-on", SecondFactorTurnedOn) => ("Two-step sign-in is on", $"{Hello(to)}From now on we ask for a code of your authenticator app when you sign in. Keep your recovery codes where you find them without your phone.\n"),
        ("second-factor-off", SecondFactorTurnedOff) => ("Two-step sign-in is off", $"{Hello(to)}We no longer ask for a code of your authenticator app when you sign in.\n\n{NotYou}"),
        ("recovery-used", RecoveryCodeUsed e) => ("A recovery code was used", $"{Hello(to)}Someone signed in to your account with a recovery code. {e.Left} are left.\n\n{NotYou}"),
        ("passkey-added", PasskeyAdded e) => ("A passkey was added", $"{Hello(to)}The passkey “{e.Name}” can sign in to your account from now on.\n\n{NotYou}"),
        ("passkey-removed", PasskeyRemoved e) => ("A passkey was removed", $"{Hello(to)}The passkey “{e.Name}” no longer signs in to your account.\n\n{NotYou}"),
        ("account-closing", AccountClosing e) => ("Your account will be erased", $"{Hello(to)}You closed your account. What we hold about you is erased on {Day(e.ErasesAt)}. Until then, sign in and choose to keep it if you change your mind.\n\n{NotYou}"),
        _ => null,
    };

    private static (string Title, string Body)? Clients(string template, DomainEvent happened, PortalUser to) => (template, happened) switch
    {
        ("client-registered", ClientRegistered e) => ($"{e.Name} waits for approval", $"{Hello(to)}{e.Name} has registered. Look at it under Clients and approve or decline it.\n"),
        ("welcome", ClientApproved e) => ($"Welcome, {e.Name}", $"{Hello(to)}{e.Name} is approved. Sign in to see your team, complete your profile and invite your colleagues.\n"),
        ("client-declined", ClientDeclined e) => ($"About {e.Name}", $"{Hello(to)}We cannot open an account for {e.Name}: {e.Reason}\n\nAnswer this mail if you think otherwise.\n"),
        ("client-deactivated", ClientDeactivated e) => ($"{e.Name} is paused", $"{Hello(to)}The account of {e.Name} is paused: {e.Reason}\n\nNothing is deleted. Answer this mail to talk about it.\n"),
        ("client-activated", ClientActivated e) => ($"{e.Name} is active again", $"{Hello(to)}The account of {e.Name} is active again, and everything is where you left it.\n"),
        ("client-closing", ClientClosing e) => ($"{e.Name} will be closed", $"{Hello(to)}The account of {e.Name} will be closed on {Day(e.ClosesAt)}. An owner can keep it until then, under Settings.\n"),
        ("client-closing-agency", ClientClosing e) => ($"{e.Name} is leaving", $"{Hello(to)}{e.Name} has closed its account. It can be kept until {Day(e.ClosesAt)}.\n"),
        ("agent-assigned", AgentAssigned e) => ($"You look after {e.ClientName}", $"{Hello(to)}{e.ClientName} was assigned to you for {e.Service.ToString().ToLowerInvariant()}. You find it under Clients.\n"),
        ("member-joined", MemberJoined e) => ($"{e.Name} has joined your team", $"{Hello(to)}{e.Name} has accepted the invitation and is now a {e.Level.ToString().ToLowerInvariant()} of your team.\n"),
        _ => null,
    };

    private const string NotYou = "If this was not you, reset your password at once and tell us.\n";

    private static string Day(DateTime at) => at.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);

    private static string Hello(PortalUser to) => $"Hello {to.FullName},\n\n";
}
