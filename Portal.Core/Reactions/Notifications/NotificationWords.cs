using Portal.Core.Domains.Integrations;
using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Notifications;

/// <summary>What a notification says in the portal: a line, a sentence, and where the exact item is.</summary>
public sealed record NotificationWords(string Title, string Text, string? Link)
{
    /// <summary>The line for several that became one, where it reads otherwise.</summary>
    public Func<int, string>? Many { get; private init; }

    private const string NotYou = "If this was not you, reset your password at once and tell us.";

    public static NotificationWords For(NotificationRule rule, DomainEvent happened, PortalUser to)
    {
        var (title, text, link) = happened switch
        {
            SampleRaised when rule.Type!.Says(NotificationTypes.Samples) is var says => (says.Title, says.Text, Home(to)),
            AccountEvent account => (TitleOf(account), Account(account), Home(to) + AccountPage(account)),
            ClientEvent client => Client(rule.Template, client, to),
            ApiConfigEvent config => Integration(config),
            ProviderFellSilent e => ($"{ProviderForms.Of(e.Provider).Title} has fallen silent", "Messages have left, and nothing is told of them any more. Are its webhooks on, and do they lead here?", "/dashboard/admin/settings/webhooks"),
            ProviderCallsRefused e => ($"No call of {ProviderForms.Of(e.Provider).Title} is taken", $"{Refused(e.Reason)} {e.Count} came, none was taken.", "/dashboard/admin/settings/webhooks"),
            _ => throw new InvalidOperationException($"No words for {rule.Template} on {happened.GetType().Name}."),
        };
        return new(title, text, link) { Many = happened is SampleRaised && rule.Type is { Many: not null } type ? times => type.SaysOf(times, NotificationTypes.Samples) : null };
    }

    /// <summary>Why calls of a provider are refused, for whoever can mend it.</summary>
    internal static string Refused(RefusedFor reason) => reason switch
    {
        RefusedFor.NotSigned => "Calls arrive that are not signed: turn signing on there.",
        RefusedFor.NoSecret => "Calls arrive, and the portal has not been told what they are signed with: enter it.",
        RefusedFor.NoCertificate => "Calls arrive, and the certificate they are signed with cannot be had: may this server reach it?",
        _ => "Calls arrive whose signature does not fit: compare the secret here with the one there, and this server's clock with the time.",
    };

    private static string TitleOf(AccountEvent happened) => happened switch
    {
        SignInPaused => "Sign-in to your account is paused",
        RefreshTokenReused => "We ended one of your sessions",
        FirstAdminCreated => "Your portal is ready",
        EmailChanged => "Your e-mail address was changed",
        PasswordChanged => "Your password was changed",
        PasswordReset => "Your password was reset",
        SecondFactorTurnedOn => "Two-step sign-in is on",
        SecondFactorTurnedOff => "Two-step sign-in is off",
        RecoveryCodeUsed => "A recovery code was used",
        PasskeyAdded => "A passkey was added",
        PasskeyRemoved => "A passkey was removed",
        AccountClosing => "Your account will be erased",
        _ => throw new InvalidOperationException($"No words for {happened.GetType().Name}."),
    };

    private static string Account(AccountEvent happened) => happened switch
    {
        SignInPaused e => $"Someone entered a wrong password several times, from {e.Address}. It goes on after {e.Minutes} minutes.",
        RefreshTokenReused e => $"A token of it was used a second time, from {e.Address}. Someone may have copied it.",
        FirstAdminCreated => "You are its first administrator.",
        EmailChanged e => $"You sign in with {e.After} from now on. {NotYou}",
        PasswordChanged => $"Your other sessions were ended. {NotYou}",
        PasswordReset e => $"With a code that was mailed to you, from {e.Address}. All sessions were ended. {NotYou}",
        SecondFactorTurnedOn => "We ask for a code of your authenticator app when you sign in.",
        SecondFactorTurnedOff => $"We no longer ask for a code of your authenticator app. {NotYou}",
        RecoveryCodeUsed e => $"{e.Left} are left. {NotYou}",
        PasskeyAdded e => $"“{e.Name}” can sign in to your account. {NotYou}",
        PasskeyRemoved e => $"“{e.Name}” no longer signs in to your account. {NotYou}",
        AccountClosing e => $"On {Day(e.ErasesAt)}. You can keep it until then.",
        _ => throw new InvalidOperationException($"No words for {happened.GetType().Name}."),
    };

    private static string AccountPage(AccountEvent happened) => happened switch
    {
        FirstAdminCreated => "",
        EmailChanged or AccountClosing => "/settings",
        _ => "/settings/security",
    };

    private static (string Title, string Text, string Link) Client(string template, ClientEvent happened, PortalUser to) => (template, happened) switch
    {
        ("client-registered", ClientRegistered e) => ($"{e.Name} waits for approval", "Look at it and approve or decline it.", $"/dashboard/admin/clients/{e.ClientId}"),
        ("welcome", ClientApproved e) => ($"Welcome, {e.Name}", "See your team, complete your profile and invite your colleagues.", Home(to)),
        ("client-declined", ClientDeclined e) => ($"About {e.Name}", e.Reason, Home(to)),
        ("client-deactivated", ClientDeactivated e) => ($"{e.Name} is paused", $"{e.Reason} Nothing is deleted.", Home(to)),
        ("client-activated", ClientActivated e) => ($"{e.Name} is active again", "Everything is where you left it.", Home(to)),
        ("client-closing", ClientClosing e) => ($"{e.Name} will be closed", $"On {Day(e.ClosesAt)}. An owner can keep it until then.", Home(to) + "/settings/organisation"),
        ("client-closing-agency", ClientClosing e) => ($"{e.Name} is leaving", $"It has closed its account, and can be kept until {Day(e.ClosesAt)}.", $"/dashboard/admin/clients/{e.ClientId}"),
        ("agent-assigned", AgentAssigned e) => ($"You look after {e.ClientName}", $"It was assigned to you for {Input.Name(e.Service.ToString())}.", $"/dashboard/agent/clients/{e.ClientId}"),
        ("member-joined", MemberJoined e) => ($"{e.Name} has joined your team", $"They accepted the invitation and are a {Input.Name(e.Level.ToString())} now.", Home(to) + "/settings/team"),
        _ => throw new InvalidOperationException($"No words for {template} on {happened.GetType().Name}."),
    };

    private static (string Title, string Text, string Link) Integration(ApiConfigEvent happened)
    {
        var (provider, link) = (ProviderForms.Of(happened.Provider).Title, $"/dashboard/admin/settings/integrations/{happened.ConfigId}");
        return happened switch
        {
            ApiConfigBroke e => ($"{e.Name} does not work any more", $"{provider}: {e.Words}", link),
            ApiConfigExpiring e => ($"{e.Name} stops working on {Day(e.EndsAt)}", $"Renew its credentials at {provider} before then.", link),
            ApiConfigRecovered e => ($"{e.Name} works again", $"{provider} takes its credentials.", link),
            _ => throw new InvalidOperationException($"No words for {happened.GetType().Name}."),
        };
    }

    private static string Home(PortalUser to) => $"/dashboard/{Input.Name(to.Role.ToString())}";

    private static string Day(DateTime at) => at.ToString("d MMMM yyyy", System.Globalization.CultureInfo.InvariantCulture);
}
