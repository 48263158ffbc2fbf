using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;

namespace Portal.Core.Domains.Integrations;

/// <summary>Makes what opens a simulated provider's account and what it signs with. Random, once for each portal.</summary>
internal static class SimulatorKeys
{
    private const string Digits = "0123456789";
    private const string Hex = "0123456789abcdef";
    private const int SecretBytes = 24;

    public static JsonObject Make(Provider provider, DateTime now) => provider switch
    {
        Provider.Sendgrid => Sendgrid(),
        Provider.Resend => new() { ["api_key"] = SimulatedWorld.Id("re_sim_", 24), ["webhook_secret"] = "whsec_" + Convert.ToBase64String(RandomNumberGenerator.GetBytes(SecretBytes)) },
        Provider.Twilio => new() { ["api_key"] = "AC" + RandomNumberGenerator.GetString(Hex, 32), ["api_secret"] = RandomNumberGenerator.GetString(Hex, 32), ["from"] = "+15005550006" },
        Provider.Whatsapp => new()
        {
            ["access_token"] = SimulatedWorld.Id("EAAsim", 40),
            ["phone_number_id"] = RandomNumberGenerator.GetString(Digits, 15),
            ["business_account_id"] = RandomNumberGenerator.GetString(Digits, 15),
            ["app_secret"] = RandomNumberGenerator.GetString(Hex, 32),
            ["verify_token"] = SimulatedWorld.Id("", 20),
        },
        Provider.Stripe => new() { ["api_key"] = SimulatedWorld.Id("", 40), ["webhook_secret"] = SimulatedWorld.Id("whsec_", 32), ["publishable_key"] = SimulatedWorld.Id("pk_test_sim_", 24) },
        Provider.Paypal => Paypal(now),
        _ => throw new ArgumentOutOfRangeException(nameof(provider)),
    };

    private static JsonObject Sendgrid()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new()
        {
            ["api_key"] = SimulatedWorld.Id("SG.sim.", 40),
            ["public_key"] = Convert.ToBase64String(key.ExportSubjectPublicKeyInfo()),
            ["signing_key"] = Convert.ToBase64String(key.ExportPkcs8PrivateKey()),
        };
    }

    /// <summary>An authority of its own, which nobody else believes, and a certificate as PayPal's is made out.</summary>
    private static JsonObject Paypal(DateTime now)
    {
        var (from, until) = (new DateTimeOffset(now.AddDays(-1)), new DateTimeOffset(now.AddYears(20)));
        using var rootKey = RSA.Create(2048);
        var rootRequest = new CertificateRequest("CN=Simulated PayPal authority of this portal", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        rootRequest.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        rootRequest.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign, true));
        using var root = rootRequest.CreateSelfSigned(from, until);
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=messageverificationcerts.sandbox.paypal.com", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("messageverificationcerts.sandbox.paypal.com");
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        using var certificate = request.Create(root, from, until, RandomNumberGenerator.GetBytes(16));
        return new()
        {
            ["api_key"] = SimulatedWorld.Id("Asim", 40),
            ["api_secret"] = SimulatedWorld.Id("Esim", 40),
            ["webhook_id"] = SimulatedWorld.Id("SIM", 14),
            ["authority"] = root.ExportCertificatePem(),
            ["certificate"] = certificate.ExportCertificatePem(),
            ["signing_key"] = Convert.ToBase64String(key.ExportPkcs8PrivateKey()),
        };
    }
}
