namespace Portal.Core.Domains.Integrations;

/// <summary>What a field of an account holds, and so how it is asked for and checked.</summary>
public enum ProviderFieldKind
{
    Text,

    /// <summary>Several lines, as keys of certificates and service accounts have.</summary>
    LongText,
    Email,

    /// <summary>A day on which something stops working.</summary>
    Day,
}

/// <summary>One thing that an account of a provider has.</summary>
/// <param name="Name">api_key, api_secret, access_token, or the name of a setting in config_data.</param>
/// <param name="Label">As the provider calls it.</param>
/// <param name="Help">Where it is found, or what it is for.</param>
public sealed record ProviderField(string Name, string Label, string Help)
{
    public const string Key = "api_key";
    public const string Secret = "api_secret";
    public const string Token = "access_token";

    public ProviderFieldKind Kind { get; init; }

    public bool IsRequired { get; init; }

    /// <summary>Kept sealed and never shown again. The three credentials always are.</summary>
    public bool IsSecret { get => field || IsCredential; init; }

    /// <summary>What is wrong with a value that can be seen to be no good.</summary>
    public Func<string, string?>? Wrong { get; init; }

    /// <summary>What is wrong with a value in this environment, of one that says which it is for. The second is whether it is the one for trying.</summary>
    public Func<string, bool, string?>? WrongIn { get; init; }

    /// <summary>The provider takes the account whatever stands here: it is for what comes in, for the calendar or for us.</summary>
    public bool IsBeside { get; init; }

    /// <summary>It is no secret, and webhooks are verified with it: what it was before still does for a day.</summary>
    public bool Verifies { get; init; }

    /// <summary>The environment variable that holds it where there is no configuration.</summary>
    public string? Variable { get; init; }

    public bool IsCredential => IsCredentialName(Name);

    public static bool IsCredentialName(string name) => name is Key or Secret or Token;
}

/// <summary>What it takes to reach a provider: drives the form, the checks, REST, the environment and what webhooks are verified with.</summary>
/// <param name="Provider">Whose form it is.</param>
/// <param name="Title">As the provider calls itself.</param>
/// <param name="About">What the portal uses it for.</param>
/// <param name="Live">The base address, where no other is said. None for what everyone has their own of.</param>
/// <param name="Sandbox">The base address of the test environment, where it is another.</param>
/// <param name="Fields">In the order in which they are asked for.</param>
public sealed record ProviderForm(Provider Provider, string Title, string About, string? Live, string? Sandbox, params IReadOnlyList<ProviderField> Fields)
{
    private static readonly string[] Telling = ["secret", "token", "password", "passwd", "passphrase", "private", "credential", "authorization", "api_key", "apikey"];
    private static readonly string[] TellingWords = ["auth", "pass", "pwd", "pin", "cookie", "signature", "bearer", "jwt"];

    /// <summary>One of these is needed, whichever it is.</summary>
    public IReadOnlyList<string> AnyOf { get; init; } = [];

    /// <summary>The environment variable of the base address.</summary>
    public string UrlVariable => $"{Input.Name(Provider.ToString()).ToUpperInvariant()}_API_URL";

    public IEnumerable<ProviderField> Settings => Fields.Where(f => !f.IsCredential);

    public ProviderField? Find(string name) => Fields.FirstOrDefault(f => f.Name == name);

    /// <summary>What nobody told us about is a secret when its name says so: better sealed once too often.</summary>
    public bool IsSecret(string name) => Find(name) is { } known
        ? known.IsSecret
        : ProviderField.IsCredentialName(name) || IsTelling(name);

    /// <summary>Whether what is known of an account may not hold with another value: it is what it opens with, or where.</summary>
    public bool IsOfAccess(string name) => Find(name) is { } known ? !known.IsBeside : IsSecret(name) || IsAddress(name);

    /// <summary>What is wrong with an address that is the provider's other environment.</summary>
    public string? WrongUrl(Uri url, bool isSandbox)
    {
        if (Sandbox is null || Live is null || !url.Host.EndsWith(DomainOf(new Uri(Live)), StringComparison.OrdinalIgnoreCase) || url.Host.Split('.').Contains("sandbox", StringComparer.OrdinalIgnoreCase) == isSandbox)
            return null;
        return isSandbox ? $"This is {Title}’s live address: in the test environment it is {Sandbox}." : $"This is {Title}’s address for trying: the live one is {Live}.";
    }

    public string? UrlOf(bool sandbox) => sandbox ? Sandbox ?? Live : Live;

    public bool HasAny(Func<ProviderField, bool> has) => AnyOf.Count == 0 || Fields.Any(f => AnyOf.Contains(f.Name) && has(f));

    private static string DomainOf(Uri url) => "." + string.Join('.', url.Host.Split('.')[^2..]);

    internal static bool IsTelling(string name) => !IsAddress(name)
        && (Telling.Any(t => name.Contains(t, StringComparison.OrdinalIgnoreCase)) || name.Split('_', '-', '.', ' ').Any(word => TellingWords.Contains(word, StringComparer.OrdinalIgnoreCase)));

    /// <summary>A setting that may say where credentials are sent: token_url is no token.</summary>
    internal static bool IsAddress(string name) => name.EndsWith("url", StringComparison.OrdinalIgnoreCase);
}
