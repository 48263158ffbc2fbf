using System.Security.Cryptography.X509Certificates;

namespace Portal.Core.Domains.Integrations;

/// <summary>
/// PayPal's certificates, and beside them that of the simulator: under an address that PayPal does not use, never asked for over the network,
/// believed because our own authority has made it out, and good for nothing but what the simulator's account has signed.
/// </summary>
public sealed class SimulatedCertificates(CertificateFetcher real, SimulatorAccounts simulators) : ICertificateSource, IDisposable
{
    internal const string Url = "https://api-m.sandbox.paypal.com/v1/notifications/certs/CERT-SIMULATOR-OF-THIS-PORTAL";

    /// <summary>Whether it is the simulator that is said to have signed.</summary>
    public static bool IsOne(Uri? url) => url?.AbsoluteUri is Url;

    public async Task<string?> FetchAsync(Uri url, CancellationToken ct)
    {
        if (!IsOne(url))
            return await real.FetchAsync(url, ct);
        var keys = await simulators.KeysAsync(Provider.Paypal, ct);
        return $"{keys["certificate"]!.GetValue<string>()}\n{keys["authority"]!.GetValue<string>()}\n";
    }

    public bool IsTrusted(X509Certificate2 certificate, X509Certificate2Collection beside, DateTime at) =>
        simulators.PaypalAuthority is { } authority && certificate.Issuer == authority.Subject
            ? CertificateFetcher.IsVouchedFor(certificate, beside, at, [authority])
            : real.IsTrusted(certificate, beside, at);

    public void Dispose() => real.Dispose();
}
