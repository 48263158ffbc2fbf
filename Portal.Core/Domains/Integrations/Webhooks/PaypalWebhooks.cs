using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Portal.Core.Domains.Integrations;

/// <summary>PayPal: RSA over "transmission id|time|our webhook's id|CRC-32 of the body", with a certificate that only they can have put where it says.</summary>
public sealed class PaypalWebhooks : WebhookSource
{
    private const string Path = "/v1/notifications/certs/";
    private static readonly string[] Hosts = ["api.paypal.com", "api-m.paypal.com", "api.sandbox.paypal.com", "api-m.sandbox.paypal.com"];
    private static readonly string[] Names = ["messageverificationcerts.paypal.com", "messageverificationcerts.sandbox.paypal.com"];
    private static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(n => Enumerable.Range(0, 8).Aggregate((uint)n, (c, _) => (c & 1) == 1 ? 0xEDB88320 ^ (c >> 1) : c >> 1))];

    public override Provider Provider => Provider.Paypal;

    public override IEnumerable<string> SecretsOf(ProviderAccount account) => account.Settings["webhook_id"] is { } ids ? ids.Split([',', ' ', ';'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];

    public override bool IsSigned(WebhookRequest request) =>
        request.Header("PAYPAL-TRANSMISSION-ID") is { Length: > 0 } && request.Header("PAYPAL-TRANSMISSION-TIME") is { Length: > 0 } && Given(request) is not null
        && "SHA256withRSA".Equals(request.Header("PAYPAL-AUTH-ALGO"), StringComparison.OrdinalIgnoreCase) && CertificateOf(request) is not null;

    /// <summary>Exactly their hosts and their folder, encrypted, and nothing that leads elsewhere: before anything is asked for.</summary>
    public override Uri? CertificateOf(WebhookRequest request) =>
        request.Header("PAYPAL-CERT-URL") is { Length: < 300 } text && Uri.TryCreate(text, UriKind.Absolute, out var url)
        && url is { Scheme: "https", UserInfo: "", IsDefaultPort: true, Query: "", Fragment: "" } && Hosts.Contains(url.Host, StringComparer.Ordinal)
        && url.AbsolutePath.StartsWith(Path, StringComparison.Ordinal) && url.AbsolutePath.Length > Path.Length && url.AbsolutePath[Path.Length..].All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
        && url.AbsoluteUri == text ? url : null;

    public override bool IsGenuine(WebhookRequest request, WebhookProof proof)
    {
        if (!IsSigned(request) || Given(request) is not { } signature || proof.Certificate is not { } certificate || !IsTheirs(certificate) || certificate.GetRSAPublicKey() is not { } key)
            return false;
        using (key)
        {
            var (id, time, sum) = (request.Header("PAYPAL-TRANSMISSION-ID"), request.Header("PAYPAL-TRANSMISSION-TIME"), Crc32(request.Body.Span).ToString(CultureInfo.InvariantCulture));
            return proof.Secrets.Any(webhook => key.VerifyData(Encoding.UTF8.GetBytes($"{id}|{time}|{webhook}|{sum}"), signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        }
    }

    protected override IReadOnlyList<InboxArrival> Events(WebhookRequest request)
    {
        using var json = EventJson.TryParse(request.Body);
        return json is null ? EventJson.NotRead(request.Body) : [EventJson.Event(json.RootElement.TextAt("id"), json.RootElement.TextAt("event_type"), request.Body)];
    }

    /// <summary>Whether a certificate is made out to whoever signs PayPal's messages. That somebody we trust made it out is for whoever fetched it.</summary>
    public static bool IsTheirs(X509Certificate2 certificate) => Names.Any(name => certificate.MatchesHostname(name, allowWildcards: false, allowCommonName: true));

    private static byte[]? Given(WebhookRequest request)
    {
        var text = request.Header("PAYPAL-TRANSMISSION-SIG") ?? "";
        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var length) && length > 0 ? bytes[..length] : null;
    }

    internal static uint Crc32(ReadOnlySpan<byte> body)
    {
        var sum = 0xFFFFFFFF;
        foreach (var next in body)
            sum = Table[(sum ^ next) & 0xFF] ^ (sum >> 8);
        return ~sum;
    }
}
