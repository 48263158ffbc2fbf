using System.Globalization;
using System.Text;

namespace Portal.Core.Domains.Integrations;

/// <summary>Stripe-Signature: t=…,v1=…[,v1=…]: HMAC-SHA256 of "t.body" under the whole whsec_… text. Other schemes are ignored, or one could be talked down to them.</summary>
public sealed class StripeWebhooks : WebhookSource
{
    private const string Header = "Stripe-Signature";
    private const int MostParts = 20;

    public override Provider Provider => Provider.Stripe;

    public override IEnumerable<string> SecretsOf(ProviderAccount account) => account.Settings["webhook_secret"] is { } secret ? [secret] : [];

    public override bool IsSigned(WebhookRequest request) => Read(request.Header(Header)) is not null;

    public override bool IsGenuine(WebhookRequest request, WebhookProof proof)
    {
        if (Read(request.Header(Header)) is not var (time, signatures) || !Signatures.IsLately(Signatures.Seconds(time)!.Value, proof.Now, Tolerance, Tolerance))
            return false;
        Span<byte> hash = stackalloc byte[32];
        var (before, isGenuine) = (Encoding.ASCII.GetBytes(time + "."), false);
        foreach (var secret in proof.Secrets)
        {
            Signatures.Hash(Encoding.UTF8.GetBytes(secret), before, request.Body.Span, hash);
            foreach (var signature in signatures)
                isGenuine |= Signatures.IsHex(signature, hash);
        }

        return isGenuine;
    }

    protected override IReadOnlyList<InboxArrival> Events(WebhookRequest request)
    {
        using var json = EventJson.TryParse(request.Body);
        if (json is null)
            return EventJson.NotRead(request.Body);
        var named = json.RootElement.Child("data").Child("object").Child("metadata").TextAt("client_id");
        return [EventJson.Event(json.RootElement.TextAt("id"), json.RootElement.TextAt("type"), request.Body, long.TryParse(named, NumberStyles.None, CultureInfo.InvariantCulture, out var client) ? client : null)];
    }

    private static (string Time, List<string> Signatures)? Read(string? header)
    {
        var (time, signatures) = (default(string), new List<string>());
        foreach (var part in (header ?? "").Split(',', MostParts))
        {
            if (part.StartsWith("t=", StringComparison.Ordinal))
                time ??= part[2..];
            else if (part.StartsWith("v1=", StringComparison.Ordinal) && part.Length == "v1=".Length + Signatures.Sha256Hex)
                signatures.Add(part[3..]);
        }

        return time is not null && Signatures.Seconds(time) is not null && signatures.Count > 0 ? (time, signatures) : null;
    }
}
