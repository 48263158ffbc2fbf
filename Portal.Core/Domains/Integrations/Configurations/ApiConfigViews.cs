using System.Text.Json.Nodes;

namespace Portal.Core.Domains.Integrations;

/// <summary>All that is ever shown of a secret.</summary>
/// <param name="Set">Whether there is one.</param>
/// <param name="LastFour">Its last four letters, unless it is a short one.</param>
/// <param name="Fingerprint">The same for the same secret.</param>
public sealed record SecretView(bool Set, string? LastFour = null, string? Fingerprint = null, DateTime? SetAt = null)
{
    internal static SecretView Of(ApiSecret? secret) => secret is null ? new(false) : new(true, secret.LastFour, secret.Fingerprint, secret.SetAt);
}

/// <summary>A configuration. Settings that are secrets stand in config_data as what is shown of them.</summary>
public sealed record ApiConfigView(
    long Id, Provider Provider, string Name, string? ApiUrl, JsonObject ConfigData, SecretView ApiKey, SecretView ApiSecret, SecretView AccessToken, bool IsActive, bool IsSandbox,
    ApiConfigStatus Status, string? StatusWords, DateTime? StatusAt, DateTime? CheckedAt, DateTime? ExpiresAt, DateTime CreatedAt, DateTime ChangedAt, long Version)
{
    internal static ApiConfigView Of(ApiConfiguration c, DateTime now)
    {
        var data = c.Data;
        foreach (var secret in c.Secrets.Where(s => s.ReplacedAt is null && !ProviderField.IsCredentialName(s.Field)))
            data[secret.Field] = new JsonObject { ["set"] = true, ["last_four"] = secret.LastFour, ["fingerprint"] = secret.Fingerprint };
        return new(
            c.Id, c.Provider, c.Name, c.Url, data,
            SecretView.Of(c.SecretOf(ProviderField.Key)), SecretView.Of(c.SecretOf(ProviderField.Secret)), SecretView.Of(c.SecretOf(ProviderField.Token)), c.IsActive, c.IsSandbox,
            c.StatusBy(now), ApiConfiguration.WordsBy(c.Status, c.StatusWords, c.ExpiresAt, now), c.StatusAt, c.CheckedAt, c.ExpiresAt, c.CreatedAt, c.ChangedAt, c.Version);
    }
}

/// <summary>A configuration in the list.</summary>
public sealed record ApiConfigLine(long Id, Provider Provider, string Name, bool IsActive, bool IsSandbox, ApiConfigStatus Status, string? StatusWords, DateTime? CheckedAt, DateTime? ExpiresAt, DateTime CreatedAt, DateTime ChangedAt);

/// <summary>A change of a configuration.</summary>
/// <param name="What">The kind of event.</param>
/// <param name="Changes">What was different, a line for each field; never a secret.</param>
public sealed record ApiConfigChange(long Id, DateTime At, string What, string Who, long WhoId, string? Changes);

/// <summary>What is used for a provider: in the live environment and in the sandbox.</summary>
public sealed record ProviderStanding(Provider Provider, string Title, string About, AccountStanding Live, AccountStanding Sandbox, IReadOnlyList<ProviderFieldView> Fields);

/// <param name="Source">Null where nothing is configured.</param>
/// <param name="ConfigId">The active configuration.</param>
public sealed record AccountStanding(AccountSource? Source, long? ConfigId = null, string? Name = null, ApiConfigStatus? Status = null);

/// <summary>What a configuration of a provider may have.</summary>
/// <param name="Name">api_key, api_secret, access_token, or a setting in config_data.</param>
/// <param name="Variable">The environment variable that holds it where there is no configuration.</param>
public sealed record ProviderFieldView(string Name, string Label, string Help, ProviderFieldKind Kind, bool IsRequired, bool IsSecret, string? Variable);

/// <summary>How a test of a configuration went.</summary>
public sealed record ApiConfigTest(bool Works, string Words, ApiConfigStatus Status, DateTime TestedAt, DateTime? ExpiresAt);

/// <summary>How far the secrets are sealed with the newest key.</summary>
public sealed record SealingView(int Sealed, int Total, int Generation, DateTime KeyMadeAt)
{
    public bool IsDone => Sealed == Total;
}
