namespace Portal.Core.Domains.Integrations;

/// <summary>
/// What a client needs to reach a provider, opened. It is never logged and never kept: whoever needs it asks <see cref="ProviderAccounts"/> again.
/// Which of the three credentials is what, and which settings there are, is said by <see cref="ProviderForms"/>.
/// </summary>
/// <param name="Provider">Whose account it is.</param>
/// <param name="IsSandbox">Nothing that is done with it is real.</param>
/// <param name="BaseUrl">Without a slash at its end, and for WhatsApp without the version, which is the setting api_version.</param>
/// <param name="Key">The field api_key.</param>
/// <param name="Secret">The field api_secret.</param>
/// <param name="Token">The field access_token.</param>
/// <param name="Settings">What else it needs, secrets among it.</param>
/// <param name="Source">Where it was found.</param>
/// <param name="ConfigId">The configuration it was found in, if it is one of the database.</param>
public sealed record ProviderAccount(
    Provider Provider, bool IsSandbox, Uri BaseUrl, string? Key, string? Secret, string? Token, ProviderSettings Settings, AccountSource Source, long? ConfigId)
{
    /// <summary>Somebody tries it, and writes down himself what he finds.</summary>
    public bool IsOnTrial { get; init; }

    /// <summary>What opens it: with other credentials it is another account.</summary>
    internal (string? Key, string? Secret, string? Token, string? ServiceAccount) Opens => (Key, Secret, Token, Settings["service_account"]);

    /// <summary>All that nobody may see of it.</summary>
    public IEnumerable<string> Secrets => new[] { Key, Secret, Token }.Concat(Settings.Names.Where(n => ProviderForms.Of(Provider).IsSecret(n)).Select(n => Settings[n])).OfType<string>();

    /// <summary>Safe to log: whose it is and where it is from, never what opens it.</summary>
    public override string ToString() => $"{Input.Name(Provider.ToString())}{(IsSandbox ? " sandbox" : "")} ({Input.Name(Source.ToString())}{(ConfigId is { } id ? $" {id}" : "")})";
}
