using System.Text.RegularExpressions;

namespace Portal.Core.Domains.Integrations;

/// <summary>The base address of a provider: whom the credentials are shown to.</summary>
internal static partial class ProviderUrl
{
    /// <summary>Encrypted, unless it stays on this machine; nothing in it but scheme, host and path.</summary>
    public static Uri? TryRead(string text, Provider provider) =>
        Uri.TryCreate(text.Trim().TrimEnd('/'), UriKind.Absolute, out var url) && url is { UserInfo: "", Query: "", Fragment: "", Host.Length: > 0 } && IsSafe(url, provider) ? url : null;

    /// <summary>WhatsApp's version may stand in the address, as its documentation writes it, or beside it: the account has it beside it.</summary>
    public static ProviderAccount WithVersion(ProviderAccount account)
    {
        if (account.Provider is not (Provider.Whatsapp or Provider.Instagram) || Version().Match(account.BaseUrl.AbsoluteUri) is not { Success: true } match)
            return account;
        var data = account.Settings.Data.DeepClone().AsObject();
        data["api_version"] ??= match.Groups[1].Value;
        return account with { BaseUrl = new(account.BaseUrl.AbsoluteUri[..match.Index]), Settings = new(data) };
    }

    private static bool IsSafe(Uri url, Provider provider) => provider is Provider.Smtp
        ? url.Scheme is "smtp" or "smtps"
        : url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && url.IsLoopback);

    [GeneratedRegex(@"/(v\d{1,3}(?:\.\d{1,3})?)/?$")]
    private static partial Regex Version();
}
