using System.Text.Json.Nodes;

namespace Portal.Core.Domains.Integrations;

/// <summary>The accounts that environment variables name, for where there is no configuration. They are live ones: nothing says otherwise.</summary>
public sealed class ProviderEnvironment
{
    private readonly Dictionary<Provider, ProviderAccount> accounts;
    private readonly Dictionary<Provider, ProviderAccount> parts;

    /// <param name="read">A variable, or null.</param>
    public ProviderEnvironment(Func<string, string?> read)
    {
        accounts = ProviderForms.All.Select(f => Account(f, read, isWhole: true)).OfType<ProviderAccount>().ToDictionary(a => a.Provider);
        parts = ProviderForms.All.Where(f => !accounts.ContainsKey(f.Provider)).Select(f => Account(f, read, isWhole: false)).OfType<ProviderAccount>().ToDictionary(a => a.Provider);
    }

    /// <summary>Complete, or not there: half of an account opens nothing.</summary>
    public ProviderAccount? Find(Provider provider) => accounts.GetValueOrDefault(provider);

    /// <summary>What there is of one, complete or not: a webhook's secret is enough to verify what comes in.</summary>
    public ProviderAccount? FindPart(Provider provider) => Find(provider) ?? parts.GetValueOrDefault(provider);

    private static ProviderAccount? Account(ProviderForm form, Func<string, string?> read, bool isWhole)
    {
        var values = form.Fields.Where(f => f.Variable is not null).Select(f => (f.Name, Value: Text(f.Variable!))).Where(v => v.Value is not null).ToDictionary(v => v.Name, v => v.Value!);
        var url = form.Provider is Provider.Smtp ? MailServer() : Text(form.UrlVariable) ?? form.Live;
        if (url is null || (isWhole ? !IsWhole(form, values) : values.Count == 0))
            return null;
        return ProviderUrl.TryRead(url, form.Provider) is not { } address
            ? isWhole ? throw new InvalidOperationException($"{form.UrlVariable} is not an address we can use: https://… is.") : null
            : ProviderUrl.WithVersion(new(form.Provider, false, address, values.GetValueOrDefault(ProviderField.Key), values.GetValueOrDefault(ProviderField.Secret), values.GetValueOrDefault(ProviderField.Token),
                new(new JsonObject(values.Where(v => form.Find(v.Key) is { IsCredential: false }).Select(v => KeyValuePair.Create(v.Key, (JsonNode?)v.Value)))), AccountSource.Environment, null));

        string? Text(string name) => read(name) is { Length: > 0 } text ? text : null;

        string? MailServer() => Text("SMTP_HOST") is not { } host ? null : $"{(Text("SMTP_TLS") is "implicit" || (Text("SMTP_TLS") is null && Text("SMTP_PORT") is "465") ? "smtps" : "smtp")}://{host}:{Text("SMTP_PORT") ?? "587"}";
    }

    private static bool IsWhole(ProviderForm form, Dictionary<string, string> values) =>
        form.Fields.All(f => !f.IsRequired || values.ContainsKey(f.Name)) && form.HasAny(f => values.ContainsKey(f.Name))
        && (form.Provider is Provider.Smtp || form.Fields.Any(f => f.IsSecret && values.ContainsKey(f.Name)));
}
