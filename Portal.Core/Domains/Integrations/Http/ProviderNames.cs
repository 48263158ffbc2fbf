namespace Portal.Core.Domains.Integrations;

/// <summary>Providers as they write themselves.</summary>
internal static class ProviderNames
{
    public const string NotConfigured = "provider_not_configured";

    public static string Of(Provider provider) => ProviderForms.Of(provider).Title;
}
