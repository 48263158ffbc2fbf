using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Portal.Core.Domains.Integrations;

/// <summary>Where PayPal's certificates come from: their address, or a test.</summary>
public interface ICertificateSource
{
    /// <summary>The certificate and those that vouch for it, as PEM. Null where there is none at this address.</summary>
    Task<string?> FetchAsync(Uri url, CancellationToken ct);

    /// <summary>Whether somebody we trust has made it out.</summary>
    bool IsTrusted(X509Certificate2 certificate, X509Certificate2Collection beside, DateTime at);
}

/// <summary>PayPal's certificates, kept: a webhook names one by its address, and they change about once a year.</summary>
public sealed class PaypalCertificates(ICertificateSource source, TimeProvider time) : IDisposable
{
    private const int MostKept = 16;
    private const int MostRefused = 256;
    private const int MostWaiting = 8;
    private static readonly TimeSpan KeptFor = TimeSpan.FromHours(12);
    private static readonly TimeSpan RefusedFor = TimeSpan.FromMinutes(1);
    private readonly ConcurrentDictionary<Uri, Trusted> trusted = new();
    private readonly ConcurrentDictionary<Uri, DateTime> refused = new();
    private readonly ConcurrentDictionary<Uri, Lazy<Task<X509Certificate2?>>> asking = new();
    private readonly SemaphoreSlim fetching = new(1, 1);
    private int waiting;

    /// <returns>Null for one that is not there or not to be trusted.</returns>
    /// <exception cref="HttpRequestException">PayPal cannot be reached, or too many wait for that: nobody knows yet.</exception>
    public async Task<X509Certificate2?> FindAsync(Uri url, CancellationToken ct) =>
        IsKnown(url, out var there) ? there : await asking.GetOrAdd(url, u => new(() => AskAsync(u))).Value.WaitAsync(ct);

    public void Dispose() => fetching.Dispose();

    /// <summary>
    /// However many webhooks name one address, as after a start, it is one that waits: all get its answer, and none that goes away takes it from the
    /// others.
    /// </summary>
    private async Task<X509Certificate2?> AskAsync(Uri url)
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > MostWaiting)
                throw new HttpRequestException("Too many certificates are being asked for.");
            return await FetchAsync(url);
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
            asking.TryRemove(url, out _);
        }
    }

    // One at a time: whoever makes up addresses costs us a question each, and no more at once.
    private async Task<X509Certificate2?> FetchAsync(Uri url)
    {
        await fetching.WaitAsync();
        try
        {
            if (IsKnown(url, out var meanwhile))
                return meanwhile;
            var found = Read(await source.FetchAsync(url, CancellationToken.None));
            Keep(url, found);
            return found;
        }
        finally
        {
            fetching.Release();
        }
    }

    /// <summary>Those to be trusted and those refused lie apart: addresses can be made up without end, and push out no genuine one.</summary>
    private void Keep(Uri url, X509Certificate2? found)
    {
        var now = time.Now();
        if (found is not null)
        {
            if (trusted.Count >= MostKept)
                trusted.TryRemove(trusted.MinBy(t => t.Value.Until).Key, out _);
            trusted[url] = new(found, now + KeptFor);
            return;
        }

        if (refused.Count >= MostRefused)
            refused.Clear();
        refused[url] = now + RefusedFor;
    }

    private bool IsKnown(Uri url, out X509Certificate2? certificate)
    {
        var now = time.Now();
        certificate = trusted.TryGetValue(url, out var there) && now < there.Until && IsValid(there.Certificate) ? there.Certificate : null;
        return certificate is not null || (refused.TryGetValue(url, out var until) && now < until);
    }

    private bool IsValid(X509Certificate2 certificate) => certificate.NotAfter.ToUniversalTime() > time.Now() && certificate.NotBefore.ToUniversalTime() <= time.Now();

    private X509Certificate2? Read(string? pem)
    {
        var all = new X509Certificate2Collection();
        try
        {
            all.ImportFromPem(pem ?? "");
        }
        catch (CryptographicException)
        {
            return null;
        }

        return all.FirstOrDefault() is { } first && PaypalWebhooks.IsTheirs(first) && IsValid(first) && source.IsTrusted(first, all, time.Now()) ? first : null;
    }

    private sealed record Trusted(X509Certificate2 Certificate, DateTime Until);
}

/// <summary>Over the network, and trusted as this machine trusts.</summary>
public sealed class CertificateFetcher(HttpMessageHandler handler, X509Certificate2Collection? roots = null) : ICertificateSource, IDisposable
{
    private const int MostBytes = 64 * 1024;
    private readonly HttpClient http = new(handler) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = MostBytes };

    /// <summary>Follows nobody elsewhere.</summary>
    public static CertificateFetcher Make() => new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, PooledConnectionLifetime = TimeSpan.FromMinutes(10) });

    public async Task<string?> FetchAsync(Uri url, CancellationToken ct)
    {
        using var answer = await http.GetAsync(url, ct);
        return answer.StatusCode switch
        {
            HttpStatusCode.OK => await answer.Content.ReadAsStringAsync(ct),
            >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests => throw new HttpRequestException("PayPal does not show its certificate now."),
            _ => null,
        };
    }

    public bool IsTrusted(X509Certificate2 certificate, X509Certificate2Collection beside, DateTime at) => IsVouchedFor(certificate, beside, at, roots);

    public void Dispose() => http.Dispose();

    /// <param name="certificate">What is to be believed.</param>
    /// <param name="beside">What came with it.</param>
    /// <param name="at">When.</param>
    /// <param name="roots">Who is believed; without it, whom this machine believes.</param>
    internal static bool IsVouchedFor(X509Certificate2 certificate, X509Certificate2Collection beside, DateTime at, X509Certificate2Collection? roots)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.ExtraStore.AddRange(beside);
        chain.ChainPolicy.VerificationTime = at;
        chain.ChainPolicy.VerificationTimeIgnored = false;
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.UrlRetrievalTimeout = TimeSpan.FromSeconds(5);
        if (roots is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(roots);
        }

        return chain.Build(certificate);
    }
}
