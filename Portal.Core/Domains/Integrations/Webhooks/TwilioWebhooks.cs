using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Portal.Core.Domains.Integrations;

/// <summary>
/// Twilio: HMAC-SHA1 under the auth token, of the address as they called it and the form's fields in their order. For JSON only of the
/// address, which has the body's hash in it.
/// </summary>
public sealed class TwilioWebhooks : WebhookSource
{
    private const string Header = "X-Twilio-Signature";
    private const string BodyHash = "bodySHA256";
    private const int Sha1Base64 = 28;

    public override Provider Provider => Provider.Twilio;

    public override bool Takes(WebhookRequest request) => request.IsForm || request.IsJson;

    public override IEnumerable<string> SecretsOf(ProviderAccount account) => account.Secret is { } token ? [token] : [];

    public override bool IsSigned(WebhookRequest request) => request.Header(Header) is { Length: Sha1Base64 };

    public override bool IsGenuine(WebhookRequest request, WebhookProof proof)
    {
        if (!IsSigned(request) || (!request.IsForm && !IsOfBody(request)))
            return false;
        var (given, isGenuine) = (request.Header(Header)!, false);
        var fields = request.IsForm ? string.Concat(Fields(request.Body.Span).GroupBy(f => f.Name, f => f.Value, StringComparer.Ordinal).OrderBy(f => f.Key, StringComparer.Ordinal)
            .SelectMany(f => f.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(value => f.Key + value))) : "";
        Span<byte> hash = stackalloc byte[20];
        foreach (var url in Spellings(request.Url))
        {
            foreach (var token in proof.Secrets)
            {
                // Their algorithm: HMAC does not rest on what is broken in SHA-1.
#pragma warning disable CA5350
                HMACSHA1.HashData(Encoding.UTF8.GetBytes(token), Encoding.UTF8.GetBytes(url + fields), hash);
#pragma warning restore CA5350
                isGenuine |= Signatures.IsBase64(given, hash);
            }
        }

        return isGenuine;
    }

    protected override IReadOnlyList<InboxArrival> Events(WebhookRequest request)
    {
        var fields = Fields(request);
        var (id, status) = (fields.GetValueOrDefault("MessageSid") ?? fields.GetValueOrDefault("SmsSid"), fields.GetValueOrDefault("MessageStatus") ?? fields.GetValueOrDefault("SmsStatus"));
        if (id is null || status is null)
            return EventJson.NotRead(request.Body);
        return [EventJson.Event($"{id}:{status}", status is "received" ? "message.received" : $"status.{status}", request.Body)];
    }

    /// <summary>By name, the first of each.</summary>
    internal static Dictionary<string, string> Fields(ReadOnlyMemory<byte> body, bool isForm)
    {
        if (isForm)
            return Fields(body.Span).DistinctBy(f => f.Name).ToDictionary(f => f.Name, f => f.Value);
        using var json = EventJson.TryParse(body);
        return json?.RootElement is { ValueKind: JsonValueKind.Object } all ? all.EnumerateObject().Select(p => p.Name).Distinct().Select(n => (Name: n, Text: all.TextAt(n))).Where(p => p.Text is not null).ToDictionary(p => p.Name, p => p.Text!) : [];
    }

    private static Dictionary<string, string> Fields(WebhookRequest request) => Fields(request.Body, request.IsForm);

    /// <summary>Whoever stands before us may have added or taken away the port; the rest of the address is signed as it is, capitals too.</summary>
    private static IEnumerable<string> Spellings(string url)
    {
        yield return url;
        var begin = url.IndexOf("://", StringComparison.Ordinal) + 3;
        var end = url.IndexOfAny(['/', '?'], begin);
        end = end < 0 ? url.Length : end;
        var host = url[begin..end];
        var colon = host.IndexOf(':', host.LastIndexOf('@') + 1);
        yield return colon >= 0
            ? url[..(begin + colon)] + url[end..]
            : $"{url[..end]}:{(url.StartsWith("https:", StringComparison.OrdinalIgnoreCase) ? 443 : 80)}{url[end..]}";
    }

    private static bool IsOfBody(WebhookRequest request)
    {
        var query = request.Url.IndexOf('?');
        var given = query < 0 ? null : Fields(Encoding.UTF8.GetBytes(request.Url[(query + 1)..])).FirstOrDefault(f => f.Name == BodyHash).Value;
        return given is not null && Signatures.IsHex(given.ToLowerInvariant(), SHA256.HashData(request.Body.Span));
    }

    private static IEnumerable<(string Name, string Value)> Fields(ReadOnlySpan<byte> form) =>
        Encoding.UTF8.GetString(form).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(pair => (Plain(pair[0]), pair.Length > 1 ? Plain(pair[1]) : ""));

    private static string Plain(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));
}
