using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Benchmarks.Seed;
using Portal.Core.Domains.Integrations;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Webhooks;

/// <summary>
/// The accounts that a host is given, and how each provider signs with them: written once more, for a signer that shares code with the verifier shares
/// its mistakes. PayPal's certificate comes from a simulator, because no host here can ask PayPal for one.
/// </summary>
internal sealed class WebhookSigner(string word, RSA paypal, string paypalWebhook) : IDisposable
{
    public static readonly string[] Providers = ["stripe", "paypal", "twilio", "sendgrid", "resend", "whatsapp"];

    // Twilio signs the address that it calls: what Portal:PublicUrl is where nobody sets it.
    private const string PublicUrl = "http://localhost:5080";
    private readonly ECDsa sendgrid = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] svix = RandomNumberGenerator.GetBytes(24);
    private readonly Lock signing = new();

    /// <summary>What the host reads of its environment.</summary>
    public Dictionary<string, string> Settings => new()
    {
        ["STRIPE_SECRET_KEY"] = "sk_test_x",
        ["STRIPE_WEBHOOK_SECRET"] = $"whsec_{word}",
        ["TWILIO_ACCOUNT_SID"] = "ACx",
        ["TWILIO_AUTH_TOKEN"] = $"token-{word}",
        ["SENDGRID_API_KEY"] = "SG.x",
        ["SENDGRID_WEBHOOK_PUBLIC_KEY"] = Convert.ToBase64String(sendgrid.ExportSubjectPublicKeyInfo()),
        ["RESEND_API_KEY"] = "re_x",
        ["RESEND_WEBHOOK_SECRET"] = "whsec_" + Convert.ToBase64String(svix),
        ["WHATSAPP_ACCESS_TOKEN"] = "EAAx",
        ["WHATSAPP_PHONE_NUMBER_ID"] = "1",
        ["WHATSAPP_APP_SECRET"] = $"app-{word}",
        ["WHATSAPP_VERIFY_TOKEN"] = $"verify-{word}",
    };

    /// <summary>For a host on this folder, which has not been started yet or has ended.</summary>
    public static async Task<WebhookSigner> ForAsync(string folder)
    {
        await using var house = await House.OpenAsync(folder);
        var simulators = new SimulatorAccounts(
            new(IsOn: true), house.Get<Database>(), house.Get<Core.Foundation.Lane>(), house.Get<SecretBox>(), house.Get<PortalOptions>(), TimeProvider.System, NullLogger<SimulatorAccounts>.Instance);
        var keys = await simulators.KeysAsync(Provider.Paypal, CancellationToken.None);
        var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(Convert.FromBase64String(keys["signing_key"]!.GetValue<string>()), out _);
        return new("of-the-benchmark", rsa, keys["webhook_id"]!.GetValue<string>());
    }

    /// <summary>Who knows the portal's addresses, and none of its secrets.</summary>
    public WebhookSigner Stranger() => new("of-a-stranger", RSA.Create(2048), paypalWebhook);

    /// <param name="id">What the provider calls this request, where it does.</param>
    /// <param name="target">Path and query as they are called.</param>
    public IReadOnlyList<(string Name, string Value)> Sign(string provider, string id, string target, byte[] body, DateTimeOffset at)
    {
        var seconds = at.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture);
        return provider switch
        {
            "stripe" => [("Stripe-Signature", $"t={seconds},v1={Convert.ToHexStringLower(Hmac(Bytes($"whsec_{word}"), [.. Bytes(seconds + "."), .. body]))}")],
            "paypal" => Paypal(id, at, body),
            "twilio" => [("X-Twilio-Signature", Twilio(target, body))],
            "sendgrid" => [("X-Twilio-Email-Event-Webhook-Timestamp", seconds), ("X-Twilio-Email-Event-Webhook-Signature", Sendgrid([.. Bytes(seconds), .. body]))],
            "resend" => [("svix-id", id), ("svix-timestamp", seconds), ("svix-signature", "v1," + Convert.ToBase64String(Hmac(svix, [.. Bytes($"{id}.{seconds}."), .. body])))],
            _ => [("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(Hmac(Bytes($"app-{word}"), body)))],
        };
    }

    public void Dispose()
    {
        sendgrid.Dispose();
        paypal.Dispose();
    }

    /// <summary>What a form says, however it is spelt: that is what Twilio signs.</summary>
    public static string Said(byte[] form) => string.Concat(Encoding.UTF8.GetString(form).Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2))
        .Select(pair => (Name: Plain(pair[0]), Value: pair.Length > 1 ? Plain(pair[1]) : "")).OrderBy(f => f.Name, StringComparer.Ordinal).Select(f => f.Name + f.Value));

    private static string Plain(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static byte[] Hmac(byte[] key, byte[] text) => HMACSHA256.HashData(key, text);

    private string Twilio(string target, byte[] form)
    {
        // Their algorithm: HMAC does not rest on what is broken in SHA-1.
#pragma warning disable CA5350
        return Convert.ToBase64String(HMACSHA1.HashData(Bytes($"token-{word}"), Bytes(PublicUrl + target + Said(form))));
#pragma warning restore CA5350
    }

    private string Sendgrid(byte[] text)
    {
        lock (signing)
            return Convert.ToBase64String(sendgrid.SignData(text, HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    private List<(string Name, string Value)> Paypal(string id, DateTimeOffset at, byte[] body)
    {
        var time = at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var text = Bytes(string.Create(CultureInfo.InvariantCulture, $"{id}|{time}|{paypalWebhook}|{Crc32(body)}"));
        lock (signing)
        {
            return
            [
                ("PAYPAL-TRANSMISSION-ID", id), ("PAYPAL-TRANSMISSION-TIME", time), ("PAYPAL-AUTH-ALGO", "SHA256withRSA"), ("PAYPAL-CERT-URL", SimulatedCertificates.Url),
                ("PAYPAL-TRANSMISSION-SIG", Convert.ToBase64String(paypal.SignData(text, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))),
            ];
        }
    }

    private static uint Crc32(byte[] body)
    {
        var sum = uint.MaxValue;
        foreach (var next in body)
        {
            sum ^= next;
            for (var bit = 0; bit < 8; bit++)
                sum = (sum & 1) == 1 ? 0xEDB88320 ^ (sum >> 1) : sum >> 1;
        }

        return ~sum;
    }
}
