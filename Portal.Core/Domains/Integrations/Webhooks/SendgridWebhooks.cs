using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Portal.Core.Domains.Integrations;

/// <summary>SendGrid: ECDSA over P-256 of time and body, to the last line end. Each event of a batch is one of ours.</summary>
public sealed class SendgridWebhooks : WebhookSource
{
    private const string Signature = "X-Twilio-Email-Event-Webhook-Signature";
    private const string Timestamp = "X-Twilio-Email-Event-Webhook-Timestamp";

    // They say nothing of how old it may be and try again for a day; what comes twice is known by its id.
    private static readonly TimeSpan Oldest = TimeSpan.FromHours(25);

    public override Provider Provider => Provider.Sendgrid;

    public override int MostBytes => 2 << 20;

    public override bool MayComeUnsigned => true;

    public override IEnumerable<string> SecretsOf(ProviderAccount account) => account.Settings["public_key"] is { } keys ? Keys(keys) : [];

    /// <summary>Several hold at once: each bare on its own or in its armour, with an empty line or a comma between.</summary>
    internal static IEnumerable<string> Keys(string text) => text.ReplaceLineEndings("\n").Replace("-----BEGIN", "\n\n-----BEGIN", StringComparison.Ordinal)
        .Split(["\n\n", ","], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public override bool IsSigned(WebhookRequest request) => Given(request) is not null && Signatures.Seconds(request.Header(Timestamp)) is not null;

    public override bool IsGenuine(WebhookRequest request, WebhookProof proof)
    {
        if (Given(request) is not { } signature || request.Header(Timestamp) is not { } time || Signatures.Seconds(time) is not { } seconds || !Signatures.IsLately(seconds, proof.Now, Oldest, Tolerance))
            return false;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.ASCII.GetBytes(time));
        hash.AppendData(request.Body.Span);
        var digest = hash.GetHashAndReset();
        return proof.Secrets.Any(key => IsSignedBy(key, digest, signature));
    }

    protected override IReadOnlyList<InboxArrival> Events(WebhookRequest request)
    {
        using var json = EventJson.TryParse(request.Body);
        return json?.RootElement switch
        {
            { ValueKind: JsonValueKind.Array } all when all.GetArrayLength() > 0 => [.. all.EnumerateArray().Select(One)],
            { ValueKind: JsonValueKind.Object } one => [One(one)],
            _ => EventJson.NotRead(request.Body),
        };
    }

    private static InboxArrival One(JsonElement one) => EventJson.Event(one.TextAt("sg_event_id"), one.TextAt("event"), Encoding.UTF8.GetBytes(one.GetRawText()));

    private static byte[]? Given(WebhookRequest request)
    {
        var text = request.Header(Signature) ?? "";
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 0 ? bytes[..length] : null;
    }

    private static bool IsSignedBy(string publicKey, byte[] digest, byte[] signature)
    {
        try
        {
            using var key = ECDsa.Create();
            key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(WithoutArmour(publicKey)), out _);
            return key.VerifyHash(digest, signature, DSASignatureFormat.Rfc3279DerSequence);
        }
        catch (Exception e) when (e is CryptographicException or FormatException)
        {
            return false; // somebody has entered something else than a key
        }
    }

    // Their page shows it bare; some keep it as a file.
    private static string WithoutArmour(string key) => string.Concat(key.Split('\n').Where(line => !line.StartsWith("-----", StringComparison.Ordinal)).Select(line => line.Trim()));
}
