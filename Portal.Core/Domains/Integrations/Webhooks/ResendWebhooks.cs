using System.Text;

namespace Portal.Core.Domains.Integrations;

/// <summary>Svix, as Resend uses it: HMAC-SHA256 of "id.time.body" under the bytes behind whsec_, in base64; several signatures while a secret is changed.</summary>
public sealed class ResendWebhooks : WebhookSource
{
    private const string Prefix = "whsec_";
    private const int MostSignatures = 20;

    public override Provider Provider => Provider.Resend;

    public override IEnumerable<string> SecretsOf(ProviderAccount account) => account.Settings["webhook_secret"] is { } secret && Key(secret) is not null ? [secret] : [];

    public override bool IsSigned(WebhookRequest request) =>
        request.Header("svix-id") is { Length: > 0 } && Signatures.Seconds(request.Header("svix-timestamp")) is not null && Given(request).Any();

    public override bool IsGenuine(WebhookRequest request, WebhookProof proof)
    {
        var (id, time) = (request.Header("svix-id"), request.Header("svix-timestamp"));
        if (string.IsNullOrEmpty(id) || Signatures.Seconds(time) is not { } seconds || !Signatures.IsLately(seconds, proof.Now, Tolerance, Tolerance))
            return false;
        Span<byte> hash = stackalloc byte[32];
        var (before, isGenuine) = (Encoding.UTF8.GetBytes($"{id}.{time}."), false);
        foreach (var key in proof.Secrets.Select(Key).OfType<byte[]>())
        {
            Signatures.Hash(key, before, request.Body.Span, hash);
            foreach (var signature in Given(request))
                isGenuine |= Signatures.IsBase64(signature, hash);
        }

        return isGenuine;
    }

    protected override IReadOnlyList<InboxArrival> Events(WebhookRequest request)
    {
        using var json = EventJson.TryParse(request.Body);
        return json is null ? EventJson.NotRead(request.Body) : [EventJson.Event(request.Header("svix-id"), json.RootElement.TextAt("type"), request.Body)];
    }

    private static IEnumerable<string> Given(WebhookRequest request) =>
        (request.Header("svix-signature") ?? "").Split(' ', MostSignatures).Where(s => s.StartsWith("v1,", StringComparison.Ordinal)).Select(s => s[3..]);

    private static byte[]? Key(string secret)
    {
        var text = secret.StartsWith(Prefix, StringComparison.Ordinal) ? secret[Prefix.Length..] : secret;
        var key = new byte[text.Length];
        return Convert.TryFromBase64String(text, key, out var length) && length > 0 ? key[..length] : null;
    }
}
