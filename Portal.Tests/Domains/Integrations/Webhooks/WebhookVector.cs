using System.Security.Cryptography.X509Certificates;
using System.Text.Json;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations.Webhooks;

/// <summary>One of the providers' own samples, or one made from it, with the verdict that is known.</summary>
internal sealed record WebhookVector(string Id, string Provider, string Url, string Method, IReadOnlyDictionary<string, string> Headers, byte[] Body, string Secret, string? Certificate, DateTime Now, bool IsValid, string? Answer, int? Status)
{
    public static readonly IReadOnlyList<WebhookVector> All = Read();

    public static readonly WebhookSource[] Sources = [new StripeWebhooks(), new PaypalWebhooks(), new TwilioWebhooks(), new SendgridWebhooks(), new ResendWebhooks(), new WhatsappWebhooks()];

    public WebhookSource Source => Sources.Single(s => s.Name == Provider);

    public bool IsHandshake => Method == "GET";

    /// <summary>Whether the address is one of ours.</summary>
    public bool IsOurs => new Uri(Url).AbsolutePath.Trim('/') == $"webhooks/{Provider}";

    public WebhookRequest Request(byte[]? body = null, IReadOnlyDictionary<string, string>? headers = null)
    {
        var given = new Dictionary<string, string>(headers ?? Headers, StringComparer.OrdinalIgnoreCase);
        given.TryAdd("Content-Type", "application/json");
        return new(Url, given.GetValueOrDefault, body ?? Body);
    }

    public WebhookProof Proof() => new(Secret.Length == 0 ? [] : [Secret], Now, Certificate is null ? null : X509Certificate2.CreateFromPem(Certificate));

    private static List<WebhookVector> Read()
    {
        var file = Path.Combine(Repository.Root, "Portal.Tests", "Domains", "Integrations", "Webhooks", "webhook-vectors.json");
        using var json = JsonDocument.Parse(File.ReadAllText(file));
        return [.. json.RootElement.GetProperty("vectors").EnumerateArray().Select(One)];
    }

    private static WebhookVector One(JsonElement v)
    {
        var headers = v.GetProperty("headers").EnumerateObject().ToDictionary(h => h.Name, h => h.Value.GetString()!);
        return new(
            Text(v, "id")!, Text(v, "provider")!, Text(v, "url")!, Text(v, "method")!, headers, Convert.FromBase64String(Text(v, "body") ?? ""),
            Text(v, "secret") ?? Text(v, "publicKey") ?? Text(v, "webhookId") ?? "", Text(v, "certificate"), Clock(v, headers), Text(v, "expected") == "valid",
            Text(v, "expectedResponseBody"), v.TryGetProperty("expectedStatus", out var status) ? status.GetInt32() : null);
    }

    // Where none is given, the clock of the request itself; of a changed time, the one it was changed from is the same minute.
    private static DateTime Clock(JsonElement v, Dictionary<string, string> headers)
    {
        if (v.TryGetProperty("now", out var now) && now.ValueKind is JsonValueKind.Number)
            return DateTime.UnixEpoch.AddSeconds(now.GetInt64());
        if (headers.GetValueOrDefault("PAYPAL-TRANSMISSION-TIME") is { } sent)
            return DateTimeOffset.Parse(sent, System.Globalization.CultureInfo.InvariantCulture).UtcDateTime;
        return headers.GetValueOrDefault("X-Twilio-Email-Event-Webhook-Timestamp") is { } stamp && long.TryParse(stamp, out var seconds) ? DateTime.UnixEpoch.AddSeconds(seconds) : new(2026, 11, 21, 10, 0, 0, DateTimeKind.Utc);
    }

    private static string? Text(JsonElement v, string name) => v.TryGetProperty(name, out var found) && found.ValueKind is JsonValueKind.String ? found.GetString() : null;
}
