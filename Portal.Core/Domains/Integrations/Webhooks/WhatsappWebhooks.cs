using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Portal.Core.Domains.Integrations;

/// <summary>Meta: X-Hub-Signature-256 is HMAC-SHA256 of the body, as it was sent, under the app's secret. Each status and each message of a batch is an event.</summary>
public sealed class WhatsappWebhooks : WebhookSource
{
    private const string Header = "X-Hub-Signature-256";
    private const string Scheme = "sha256=";

    public override Provider Provider => Provider.Whatsapp;

    // Meta sends up to three megabytes.
    public override int MostBytes => 3 << 20;

    public override IEnumerable<string> SecretsOf(ProviderAccount account) => account.Settings["app_secret"] is { } secret ? [secret] : [];

    public override bool IsSigned(WebhookRequest request) =>
        request.Header(Header) is { Length: Signatures.Sha256Hex + 7 } header && header.StartsWith(Scheme, StringComparison.Ordinal);

    public override bool IsGenuine(WebhookRequest request, WebhookProof proof)
    {
        if (!IsSigned(request))
            return false;
        var (given, isGenuine) = (request.Header(Header)![Scheme.Length..], false);
        Span<byte> hash = stackalloc byte[32];
        foreach (var secret in proof.Secrets)
        {
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), request.Body.Span, hash);
            isGenuine |= Signatures.IsHex(given, hash);
        }

        return isGenuine;
    }

    /// <summary>The handshake with which Meta finds out whether the address is ours. It is not signed: what we agreed on is the token.</summary>
    /// <returns>What to answer; null where the token is not ours.</returns>
    public static string? Challenge(string? mode, string? token, string? challenge, IEnumerable<ProviderAccount> accounts)
    {
        if (mode is not "subscribe" || string.IsNullOrEmpty(token) || challenge is not { Length: > 0 and <= 200 })
            return null;
        var (given, isOurs) = (SHA256.HashData(Encoding.UTF8.GetBytes(token)), false);
        foreach (var ours in accounts.Select(a => a.Settings["verify_token"]).OfType<string>())
            isOurs |= CryptographicOperations.FixedTimeEquals(given, SHA256.HashData(Encoding.UTF8.GetBytes(ours)));
        return isOurs ? challenge : null;
    }

    protected override IReadOnlyList<InboxArrival> Events(WebhookRequest request)
    {
        using var json = EventJson.TryParse(request.Body);
        var events = json is null ? [] : json.RootElement.Child("entry").Items().SelectMany(entry => entry.Child("changes").Items().SelectMany(change => Events(json.RootElement, entry, change))).ToList();
        return events.Count > 0 ? events : EventJson.NotRead(request.Body);
    }

    private static IEnumerable<InboxArrival> Events(JsonElement root, JsonElement entry, JsonElement change)
    {
        var (value, field, any) = (change.Child("value"), change.TextAt("field"), false);
        foreach (var status in value.Child("statuses").Items())
        {
            any = true;
            var body = Alone(root, entry, change, "statuses", status);
            yield return EventJson.Event(status.TextAt("id") is { } id ? $"{id}:{status.TextAt("status")}" : null, $"status.{status.TextAt("status")}", body);
        }

        foreach (var message in value.Child("messages").Items())
        {
            any = true;
            var body = Alone(root, entry, change, "messages", message);
            yield return EventJson.Event(message.TextAt("id") is { } id ? $"{id}:message" : null, $"message.{message.TextAt("type")}", body);
        }

        // Templates, preferences, account alerts: they have no id, so they are known by what they say.
        if (!any)
            yield return EventJson.Event(null, field, Alone(root, entry, change, null, null));
    }

    /// <summary>The same, as Meta would have sent it with nothing else in it: whoever reads one of their batches reads this.</summary>
    private static byte[] Alone(JsonElement root, JsonElement entry, JsonElement change, string? list, JsonElement? item)
    {
        var parts = change.Child("value") is { ValueKind: JsonValueKind.Object } all
            ? all.EnumerateObject().Where(p => list is null || !(p.NameEquals("statuses") || p.NameEquals("messages") || p.NameEquals("contacts"))).Select(p => p.ToString()) : [];
        if (list is not null)
            parts = parts.Concat([$"\"contacts\":[{string.Join(',', Contacts(change, item!.Value))}]", $"\"{list}\":[{item.Value.GetRawText()}]"]);
        var one = $$"""{"field":{{Raw(change, "field")}},"value":{""" + string.Join(',', parts) + "}}";
        return Encoding.UTF8.GetBytes($$"""{"object":{{Raw(root, "object")}},"entry":[{"id":{{Raw(entry, "id")}},"time":{{Raw(entry, "time")}},"changes":[""" + one + "]}]}");
    }

    /// <summary>Of a batch of a thousand only those that it is about.</summary>
    private static IEnumerable<string> Contacts(JsonElement change, JsonElement item)
    {
        var about = new[] { item.TextAt("from"), item.TextAt("recipient_id"), item.TextAt("from_user_id"), item.TextAt("recipient_user_id") }.Where(id => !string.IsNullOrEmpty(id)).ToHashSet();
        return change.Child("value").Child("contacts").Items().Where(c => about.Contains(c.TextAt("wa_id")) || about.Contains(c.TextAt("user_id"))).Take(2).Select(c => c.GetRawText());
    }

    private static string Raw(JsonElement of, string name) => of.Child(name)?.GetRawText() ?? "null";
}
