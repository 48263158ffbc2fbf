using System.Text;
using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Operations;

/// <summary>A word that stands in every secret of every provider, and how to find it again however it was written down.</summary>
internal static class PlantedSecrets
{
    public const string Canary = "cAnArYofTheSecrets7c41";

    /// <summary>An address names it, as Twilio wants it: whose account it is, is no secret.</summary>
    public const string TwilioSid = "AC0123456789abcdef0123456789abcdef";

    private static readonly List<byte[]> Spellings =
    [
        Encoding.UTF8.GetBytes(Canary), Encoding.Unicode.GetBytes(Canary), Encoding.UTF8.GetBytes(Canary.ToUpperInvariant()), Encoding.UTF8.GetBytes(Canary.ToLowerInvariant()),
        .. new[] { Convert.ToHexString(Encoding.UTF8.GetBytes(Canary)), Convert.ToHexStringLower(Encoding.UTF8.GetBytes(Canary)) }.Select(Encoding.UTF8.GetBytes),
        .. Enumerable.Range(0, 3).Select(InBase64),
    ];

    /// <summary>The environment of a host that has an account of every provider, all of which lead to one address.</summary>
    public static IEnumerable<(string Name, string Value)> Environment(string url) =>
        ProviderForms.All.SelectMany(form => form.Fields.Where(f => f.Variable is not null).Select(f => (f.Variable!, Value(form, f, "environment"))).Append((form.UrlVariable, form.Provider is Provider.Smtp ? null : url)))
            .Append(("SMTP_HOST", "127.0.0.1")).Append(("SMTP_PORT", "9")).Where(v => v.Item2 is not null).Select(v => (v.Item1, v.Item2!)).DistinctBy(v => v.Item1);

    /// <summary>A configuration of the test environment, as it is added by REST.</summary>
    public static JsonObject Configuration(ProviderForm form, string url)
    {
        var given = form.Fields.Where(f => f.Name != "service_account" || form.Provider is not Provider.Analytics).Select(f => (Field: f, Value: Value(form, f, "database"))).Where(v => v.Value is not null).ToList();
        var config = new JsonObject
        {
            ["provider"] = Input.Name(form.Provider.ToString()),
            ["name"] = $"Planted {form.Title}",
            ["api_url"] = form.Provider is Provider.Smtp ? "smtp://127.0.0.1:9" : url,
            ["is_sandbox"] = true,
            ["is_active"] = true,
            ["config_data"] = new JsonObject([.. given.Where(v => !v.Field.IsCredential).Select(v => KeyValuePair.Create(v.Field.Name, (JsonNode?)v.Value)), KeyValuePair.Create("my_password", (JsonNode?)$"{Canary}-of-our-own")]),
        };
        if (form.AnyOf.Count > 0)
            config["config_data"]!["token_url"] = url;
        foreach (var (field, value) in given.Where(v => v.Field.IsCredential))
            config[field.Name] = value;
        return config;
    }

    public static bool IsIn(string text) => IsIn(Encoding.UTF8.GetBytes(text));

    public static bool IsIn(byte[] bytes) => Spellings.Exists(s => bytes.AsSpan().IndexOf(s) >= 0);

    /// <summary>What stands around it, for a test that fails.</summary>
    public static string Around(string text)
    {
        var at = text.IndexOf(Canary, StringComparison.OrdinalIgnoreCase);
        return at < 0 ? "spelt in another way" : text[Math.Max(0, at - 300)..Math.Min(text.Length, at + 100)];
    }

    private static string? Value(ProviderForm form, ProviderField field, string where) => (form.Provider, field.Name) switch
    {
        (Provider.Twilio, ProviderField.Key) => TwilioSid,
        (Provider.Resend, "webhook_secret") => "whsec_" + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Canary}-{where}-resend")),
        (_, "service_account") => $$"""{"type":"service_account","client_email":"robot@example.com","private_key":"-----BEGIN PRIVATE KEY-----\n{{Canary}}-{{where}}\n-----END PRIVATE KEY-----\n"}""",
        (Provider.Twilio, "from") => "+15005550006",
        (_, "from") => "us@example.com",
        (_, "phone_number_id" or "property_id") => "106540352242922",
        (_, "client_ip") => "203.0.113.7",
        (_, "api_user" or "account_id") => "agency",
        _ => field.IsSecret ? $"{Canary}-{where}-{field.Name}-of-{form.Provider}-end" : null,
    };

    /// <summary>As it is in the middle of a longer text, with so many bytes before it.</summary>
    private static byte[] InBase64(int before)
    {
        var all = Convert.ToBase64String(Encoding.UTF8.GetBytes(new string('x', before) + Canary));
        return Encoding.UTF8.GetBytes(all[4..^4]);
    }
}
