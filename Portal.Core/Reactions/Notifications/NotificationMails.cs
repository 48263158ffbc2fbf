using Portal.Core.Domains.Integrations;
using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Notifications;

/// <summary>Which mail tells of an event, and what is filled into it.</summary>
internal static class NotificationMails
{
    /// <summary>The mail template of a rule.</summary>
    public static string TemplateOf(NotificationRule rule) => rule.Template.Replace('-', '_');

    public static Dictionary<string, object?> Values(NotificationRule rule, DomainEvent happened, DateTime at, PortalUser to)
    {
        var values = happened switch
        {
            SampleRaised => MailTemplates.Of(TemplateOf(rule)).Variables.Where(v => v.Name is not "name").ToDictionary(v => v.Name, v => (object?)v.Sample),
            AccountEvent account => Account(account),
            ClientEvent client => Client(client),
            ApiConfigEvent config => Integration(config),
            ProviderFellSilent e => new() { ["provider"] = ProviderForms.Of(e.Provider).Title, ["last"] = e.LastCalledAt },
            ProviderCallsRefused e => new() { ["provider"] = ProviderForms.Of(e.Provider).Title, ["reason"] = NotificationWords.Refused(e.Reason), ["since"] = e.Since },
            _ => throw new InvalidOperationException($"No values for {rule.Template} of {happened.GetType().Name}."),
        };
        (values["link"], values["when"]) = (NotificationWords.For(rule, happened, to).Link, at);
        return values;
    }

    private static Dictionary<string, object?> Account(AccountEvent happened) => happened switch
    {
        SignInPaused e => new() { ["address"] = e.Address, ["minutes"] = e.Minutes },
        RefreshTokenReused e => new() { ["address"] = e.Address },
        EmailChanged e => new() { ["before"] = e.Before, ["after"] = e.After },
        PasswordReset e => new() { ["address"] = e.Address },
        RecoveryCodeUsed e => new() { ["left"] = e.Left },
        PasskeyAdded e => new() { ["passkey"] = e.Name },
        PasskeyRemoved e => new() { ["passkey"] = e.Name },
        AccountClosing e => new() { ["erased"] = e.ErasesAt },
        _ => [],
    };

    private static Dictionary<string, object?> Integration(ApiConfigEvent happened)
    {
        var values = new Dictionary<string, object?> { ["integration"] = happened.Name, ["provider"] = ProviderForms.Of(happened.Provider).Title };
        if (happened is ApiConfigBroke broke)
            values["reason"] = broke.Words;
        if (happened is ApiConfigExpiring expiring)
            values["expires"] = expiring.EndsAt;
        return values;
    }

    private static Dictionary<string, object?> Client(ClientEvent happened) => happened switch
    {
        ClientRegistered e => new() { ["client"] = e.Name },
        ClientApproved e => new() { ["client"] = e.Name },
        ClientDeclined e => new() { ["client"] = e.Name, ["reason"] = e.Reason },
        ClientDeactivated e => new() { ["client"] = e.Name, ["reason"] = e.Reason },
        ClientActivated e => new() { ["client"] = e.Name },
        ClientClosing e => new() { ["client"] = e.Name, ["closes"] = e.ClosesAt },
        AgentAssigned e => new() { ["client"] = e.ClientName, ["service"] = Input.Name(e.Service.ToString()) },
        MemberJoined e => new() { ["who"] = e.Name, ["role"] = e.Level is AccessLevel.Owner ? "an owner" : $"a {Input.Name(e.Level.ToString())}" },
        _ => throw new InvalidOperationException($"No values for {happened.GetType().Name}."),
    };
}
