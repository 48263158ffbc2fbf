using System.Security.Cryptography.X509Certificates;

namespace Portal.Core.Domains.Integrations;

/// <summary>How a request at a webhook's door ended.</summary>
public enum WebhookVerdict
{
    /// <summary>Durable, or here before.</summary>
    Taken,
    NotSigned,

    /// <summary>It may be genuine, and we cannot tell: nobody has entered what we would tell it by.</summary>
    NotConfigured,

    /// <summary>It may be genuine, and we cannot tell now: the certificate cannot be had.</summary>
    NotNow,
}

/// <summary>Verifies what comes in over what was sent, byte for byte; stores what is genuine; and says how it ended. It handles nothing.</summary>
public sealed class WebhookReceiver(IEnumerable<WebhookSource> sources, ProviderAccounts accounts, PaypalCertificates certificates, InboxIntake intake, RefusalCount refusals, TimeProvider time)
{
    private readonly Dictionary<string, WebhookSource> sources = sources.ToDictionary(s => s.Name);

    /// <summary>The wire names of those that call us.</summary>
    public IReadOnlyCollection<string> Names => sources.Keys;

    public WebhookSource? Find(string? name) => name is null ? null : sources.GetValueOrDefault(name);

    public async Task<WebhookVerdict> ReceiveAsync(WebhookSource source, WebhookRequest request, CancellationToken ct)
    {
        var (verdict, isSandbox) = await JudgeAsync(source, request, ct);
        if (verdict is not WebhookVerdict.Taken)
            return Refuse(source, verdict, source.IsSigned(request));

        IReadOnlyList<InboxArrival> events = [.. source.Read(request).Select(e => e with { IsSandbox = isSandbox })];
        var fresh = await intake.StoreAsync(source.Name, events, ct);
        if (fresh > 0)
            Meters.WebhookCame(source.Name, "stored", fresh);
        if (fresh < events.Count)
            Meters.WebhookCame(source.Name, "repeated", events.Count - fresh);
        return verdict;
    }

    /// <summary>What is not signed at all.</summary>
    public WebhookVerdict Refuse(WebhookSource source) => Refuse(source, WebhookVerdict.NotSigned, isSigned: false);

    /// <summary>Meta asks whether the address is ours.</summary>
    /// <returns>What to answer, or null.</returns>
    public async Task<string?> ChallengeAsync(string? mode, string? token, string? challenge, CancellationToken ct) =>
        WhatsappWebhooks.Challenge(mode, token, challenge, await accounts.AllAsync(Provider.Whatsapp, ct));

    private WebhookVerdict Refuse(WebhookSource source, WebhookVerdict verdict, bool isSigned)
    {
        Meters.WebhookCame(source.Name, "refused");
        refusals.Add(source.Provider, verdict switch
        {
            WebhookVerdict.NotConfigured => RefusedFor.NoSecret,
            WebhookVerdict.NotNow => RefusedFor.NoCertificate,
            _ => isSigned ? RefusedFor.WrongSignature : RefusedFor.NotSigned,
        });
        return verdict;
    }

    /// <returns>How it ended, and whether only an account for trying can have signed it.</returns>
    private async Task<(WebhookVerdict Verdict, bool IsSandbox)> JudgeAsync(WebhookSource source, WebhookRequest request, CancellationToken ct)
    {
        if (!source.IsSigned(request))
            return (WebhookVerdict.NotSigned, false);
        var url = source.CertificateOf(request);

        // What the simulator's certificate vouches for is the simulator's, whatever else is set up here.
        var isSimulated = SimulatedCertificates.IsOne(url);
        var secrets = (await accounts.AllAsync(source.Provider, ct)).Where(a => !isSimulated || a.Source is AccountSource.Simulator)
            .SelectMany(a => source.SecretsOf(a).Select(secret => (IsSandbox: a.IsSandbox || a.Source is AccountSource.Simulator, Secret: secret))).ToLookup(s => s.IsSandbox, s => s.Secret);
        if (secrets.Count == 0)
            return (WebhookVerdict.NotConfigured, false);
        X509Certificate2? certificate = null;
        try
        {
            if (url is not null)
                certificate = await certificates.FindAsync(url, ct);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !ct.IsCancellationRequested)
        {
            return (WebhookVerdict.NotNow, false);
        }

        // A secret of both environments is the live one's.
        if (IsBy(isSandbox: false))
            return (WebhookVerdict.Taken, false);
        return IsBy(isSandbox: true) ? (WebhookVerdict.Taken, true) : (WebhookVerdict.NotSigned, false);

        bool IsBy(bool isSandbox) => secrets[isSandbox].Distinct().ToList() is { Count: > 0 } known && source.IsGenuine(request, new(known, time.Now(), certificate));
    }
}
