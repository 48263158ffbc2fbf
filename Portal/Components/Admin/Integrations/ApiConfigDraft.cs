using System.Text.Json;
using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;
using Portal.Core.Foundation;
using static Portal.Resources.Texts;

namespace Portal.Components.Admin.Integrations;

/// <summary>What stands in the form of a configuration.</summary>
public sealed class ApiConfigDraft
{
    private static readonly JsonSerializerOptions Pretty = new() { WriteIndented = true };
    private readonly ProviderForm form;
    private readonly ApiConfigView? view;

    // An address that was entered without one stays as it is: with one it would be another, and the password asked for again.
    private bool isPortSaid = true;

    /// <param name="form">Of the provider.</param>
    /// <param name="view">What there is; none for a new one.</param>
    public ApiConfigDraft(ProviderForm form, ApiConfigView? view)
    {
        (this.form, this.view) = (form, view);
        if (view is null)
            return;
        (Name, IsSandbox, IsActive) = (view.Name, view.IsSandbox, view.IsActive);
        if (IsMailServer && view.ApiUrl is { } server)
            Read(new Uri(server));
        Url = view.ApiUrl == form.UrlOf(view.IsSandbox) ? null : view.ApiUrl;
        foreach (var field in form.Settings.Where(f => !f.IsSecret))
            Values[field.Name] = view.ConfigData[field.Name]?.ToString();
        var others = new JsonObject(view.ConfigData.Where(p => form.Find(p.Key) is null).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
        Extra = others.Count == 0 ? null : others.ToJsonString(Pretty);
    }

    public string? Name { get; set; }

    public string? Url { get; set; }

    /// <summary>What is reached by an address of its own: asked for as people know it.</summary>
    public bool IsMailServer => form.Provider is Provider.Smtp;

    public string? Host { get; set; }

    public int? Port { get; set; }

    /// <summary>Not only when the server has offered it.</summary>
    public bool IsTlsAtOnce { get; set; }

    public int StandardPort => IsTlsAtOnce ? SmtpOptions.ImplicitTlsPort : SmtpOptions.SubmissionPort;

    public bool IsSandbox { get; set; }

    public bool IsActive { get; set; } = true;

    /// <summary>As JSON, what the form does not ask for.</summary>
    public string? Extra { get; set; }

    /// <summary>By field. Of a secret, null keeps what there is, and an empty text removes it.</summary>
    public Dictionary<string, string?> Values { get; } = [];

    /// <summary>What is shown of a secret that is there already.</summary>
    public SecretView? Kept(ProviderField field) => !field.IsSecret || view is null ? null
        : field.Name switch
        {
            ProviderField.Key => view.ApiKey,
            ProviderField.Secret => view.ApiSecret,
            ProviderField.Token => view.AccessToken,
            _ => view.ConfigData[field.Name] is JsonObject shown ? new(true, shown["last_four"]?.ToString(), shown["fingerprint"]?.ToString()) : null,
        };

    public SaveApiConfig Input() => new()
    {
        ConfigId = view?.Id ?? 0,
        Version = view?.Version,
        Provider = form.Provider,
        Name = Name ?? "",
        ApiUrl = IsMailServer ? Server() : Url ?? "",
        ApiKey = Values.GetValueOrDefault(ProviderField.Key),
        ApiSecret = Values.GetValueOrDefault(ProviderField.Secret),
        AccessToken = Values.GetValueOrDefault(ProviderField.Token),
        ConfigData = Settings(),
        IsActive = IsActive,
        IsSandbox = IsSandbox,
    };

    private void Read(Uri server)
    {
        (Host, IsTlsAtOnce) = (server.Host, server.Scheme is "smtps");
        Port = server.Port > 0 && server.Port != StandardPort ? server.Port : null;
        isPortSaid = server.Port > 0;
    }

    /// <summary>Who has entered it as an address has said all of it.</summary>
    private string Server() => Host?.Trim() is not { Length: > 0 } host ? ""
        : host.Contains("://", StringComparison.Ordinal) ? host : FormattableString.Invariant($"{(IsTlsAtOnce ? "smtps" : "smtp")}://{host}{(Port is null && !isPortSaid ? "" : $":{Port ?? StandardPort}")}");

    private JsonObject Settings()
    {
        var data = Others();
        foreach (var field in form.Settings)
        {
            if (Values.GetValueOrDefault(field.Name) is { } text)
                data[field.Name] = text;
        }

        return data;
    }

    private JsonObject Others()
    {
        try
        {
            return string.IsNullOrWhiteSpace(Extra) ? [] : JsonNode.Parse(Extra, documentOptions: new() { AllowDuplicateProperties = false }) as JsonObject ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new Invalid("config_data", T("integrations.no_json"));
        }
    }
}
