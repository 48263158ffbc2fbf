using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace Portal.Core.Domains.Integrations;

/// <summary>Signs a call-back as its provider does. PaypalWebhooks and its like are the other side of each.</summary>
internal static class CallbackSigning
{
    public const string FormType = "application/x-www-form-urlencoded";

    public static string ContentType(Provider provider) => provider is Provider.Twilio ? FormType : "application/json";

    /// <returns>The headers that go with it.</returns>
    public static IReadOnlyList<(string Name, string Value)> Sign(Provider provider, JsonObject keys, string eventId, string url, string body, DateTime now)
    {
        var time = ((long)(now - DateTime.UnixEpoch).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        return provider switch
        {
            Provider.Stripe => [("Stripe-Signature", $"t={time},v1={Convert.ToHexStringLower(HMACSHA256.HashData(Bytes(Text("webhook_secret")), Bytes($"{time}.{body}")))}")],
            Provider.Resend => [("svix-id", eventId), ("svix-timestamp", time), ("svix-signature", "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(Text("webhook_secret")["whsec_".Length..]), Bytes($"{eventId}.{time}.{body}"))))],
            Provider.Whatsapp => [("X-Hub-Signature-256", "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Bytes(Text("app_secret")), Bytes(body))))],
            Provider.Twilio => [("X-Twilio-Signature", Twilio(Text("api_secret"), url, body))],
            Provider.Sendgrid => [("X-Twilio-Email-Event-Webhook-Timestamp", time), ("X-Twilio-Email-Event-Webhook-Signature", Sendgrid(Text("signing_key"), time + body))],
            Provider.Paypal => Paypal(keys, eventId, body, now),
            _ => throw new ArgumentOutOfRangeException(nameof(provider)),
        };

        string Text(string name) => keys[name]!.GetValue<string>();
    }

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Twilio(string token, string url, string form)
    {
        var fields = TwilioWebhooks.Fields(Bytes(form), isForm: true).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => f.Key + f.Value);

        // Their algorithm: HMAC does not rest on what is broken in SHA-1.
#pragma warning disable CA5350
        return Convert.ToBase64String(HMACSHA1.HashData(Bytes(token), Bytes(url + string.Concat(fields))));
#pragma warning restore CA5350
    }

    private static string Sendgrid(string privateKey, string text)
    {
        using var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(privateKey), out _);
        return Convert.ToBase64String(key.SignData(Bytes(text), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence));
    }

    private static (string Name, string Value)[] Paypal(JsonObject keys, string eventId, string body, DateTime now)
    {
        using var key = RSA.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(keys["signing_key"]!.GetValue<string>()), out _);
        var time = now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);
        var text = $"{eventId}|{time}|{keys["webhook_id"]!.GetValue<string>()}|{PaypalWebhooks.Crc32(Bytes(body)).ToString(CultureInfo.InvariantCulture)}";
        return
        [
            ("PAYPAL-TRANSMISSION-ID", eventId), ("PAYPAL-TRANSMISSION-TIME", time), ("PAYPAL-AUTH-ALGO", "SHA256withRSA"), ("PAYPAL-CERT-URL", SimulatedCertificates.Url),
            ("PAYPAL-TRANSMISSION-SIG", Convert.ToBase64String(key.SignData(Bytes(text), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))),
        ];
    }
}
