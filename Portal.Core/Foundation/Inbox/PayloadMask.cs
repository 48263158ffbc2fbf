using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portal.Core.Foundation;

/// <summary>
/// What a webhook said, for an admin to read: its shape, and only the values that are known to be neither secret nor personal. What is not known is
/// masked, so that a field that a provider adds tomorrow is too.
/// </summary>
public static class PayloadMask
{
    private const string Mask = "•••";
    private const int MostShown = 20_000;
    private const decimal LargestPlain = 9_999_999;

    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // Words of the providers' own, ids of theirs, times and amounts.
    private static readonly HashSet<string> Plain = new(StringComparer.OrdinalIgnoreCase)
    {
        "id", "object", "type", "event", "event_type", "event_version", "resource_type", "resource_version", "api_version", "livemode", "status", "state", "field", "timestamp", "created", "created_at",
        "create_time", "update_time", "amount", "amount_received", "amount_refunded", "currency", "currency_code", "value", "code", "decline_code", "reason_code", "sg_event_id", "sg_message_id", "email_id",
        "messagesid", "smssid", "smsmessagesid", "accountsid", "messagestatus", "smsstatus", "errorcode", "apiversion", "numsegments", "nummedia", "messaging_product", "phone_number_id", "pricing_model",
        "category", "subtype", "sub_type", "attempt", "payment_intent", "charge", "invoice", "customer", "subscription", "payment_status", "mode", "refunded", "collection_method", "billing_reason", "test",
    };

    public static string Of(ReadOnlySpan<byte> body)
    {
        var text = TryJson(body) ?? TryForm(body) ?? Mask;
        return text.Length > MostShown ? text[..MostShown] + "\n…" : text;
    }

    private static string? TryJson(ReadOnlySpan<byte> body)
    {
        try
        {
            var read = JsonNode.Parse(body);
            return read is null ? null : Masked(read, name: "").ToJsonString(Written);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    private static string? TryForm(ReadOnlySpan<byte> body)
    {
        var text = Encoding.UTF8.GetString(body);
        var pairs = text.Split('&').Select(pair => pair.Split('=', 2)).ToList();
        return pairs.Exists(pair => pair.Length < 2 || !pair[0].All(char.IsAsciiLetterOrDigit)) ? null : string.Join('\n', pairs.Select(pair => $"{pair[0]}={(Plain.Contains(pair[0]) && !pair[1].Contains('%', StringComparison.Ordinal) ? pair[1] : Mask)}"));
    }

    private static JsonNode Masked(JsonNode? node, string name) => node switch
    {
        JsonObject all => new JsonObject(all.Select(p => KeyValuePair.Create(p.Key, p.Value is null ? null : (JsonNode?)Masked(p.Value, p.Key)))),
        JsonArray all => new JsonArray([.. all.Select(item => item is null ? null : Masked(item, name))]),
        JsonValue value => IsPlain(value, name) ? value.DeepClone() : JsonValue.Create(Mask)!,
        _ => JsonValue.Create(Mask)!,
    };

    // A telephone number may be written as a number, and is long.
    private static bool IsPlain(JsonValue value, string name) => value.GetValueKind() switch
    {
        JsonValueKind.True or JsonValueKind.False => true,
        JsonValueKind.Number => Plain.Contains(name) || (value.TryGetValue<decimal>(out var number) && Math.Abs(number) <= LargestPlain),
        JsonValueKind.String => Plain.Contains(name) && !value.GetValue<string>().Contains('@', StringComparison.Ordinal),
        _ => false,
    };
}
