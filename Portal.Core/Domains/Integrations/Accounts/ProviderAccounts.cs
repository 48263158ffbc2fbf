using Microsoft.Extensions.Logging;

namespace Portal.Core.Domains.Integrations;

/// <summary>
/// Which account of a provider is used: the active configuration of the database, else the environment variables, else that of the simulator,
/// where there are simulators. What was read is good for half a minute, and on this host until somebody changes a configuration.
/// </summary>
public sealed class ProviderAccounts(Database database, SecretBox box, ProviderEnvironment environment, TimeProvider time, ILogger<ProviderAccounts> log, SimulatorAccounts? simulators = null)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private static readonly Actor Self = Actor.System("integrations");
    private readonly SemaphoreSlim loading = new(1, 1);
    private readonly Lock changing = new();
    private volatile Known? known;
    private int changes;

    /// <summary>Null where it is not configured, which never stops anything but what needs it.</summary>
    public ValueTask<ProviderAccount?> FindAsync(Provider provider, bool sandbox, CancellationToken ct) =>
        Ready is { } ready ? ValueTask.FromResult(Find(ready, provider, sandbox)) : new(FindLaterAsync(provider, sandbox, ct));

    /// <summary>For what cannot do without it.</summary>
    public async ValueTask<ProviderAccount> GetAsync(Provider provider, bool sandbox, CancellationToken ct) => await FindAsync(provider, sandbox, ct)
        ?? throw new RuleBroken("provider_not_configured", $"{ProviderForms.Of(provider).Title} is not configured{(sandbox ? " for the test environment" : "")}: an admin can do so under Settings, Integrations.");

    /// <summary>
    /// Every one that a webhook may be signed by: active in either environment, replaced within a day, of the environment variables, of which
    /// a webhook's secret is enough, or of the simulator.
    /// </summary>
    public async ValueTask<IReadOnlyList<ProviderAccount>> AllAsync(Provider provider, CancellationToken ct)
    {
        var all = Ready ?? await LoadAsync(ct);
        return [.. all.Verifying[provider].Append(environment.FindPart(provider)).Append(all.Simulated.GetValueOrDefault((provider, true))).OfType<ProviderAccount>()];
    }

    /// <summary>A configuration has changed.</summary>
    internal void Forget()
    {
        lock (changing)
            (changes, known) = (changes + 1, null);
    }

    /// <param name="config">With its secrets.</param>
    /// <param name="instead">An earlier secret in the place of the one that holds.</param>
    internal ProviderAccount Open(ApiConfiguration config, ApiSecret? instead = null)
    {
        var opened = config.Secrets.Where(s => s.ReplacedAt is null && s.Field != instead?.Field).Concat(instead is null ? [] : [instead])
            .ToDictionary(s => s.Field, s => box.Open(s.Sealed, ApiSecret.Purpose(config.Mark, s.Field)));
        var data = config.Data;
        foreach (var (field, plain) in opened.Where(s => !ProviderField.IsCredentialName(s.Key)))
            data[field] = plain;
        return ProviderUrl.WithVersion(new(
            config.Provider, config.IsSandbox, new(config.Url!), opened.GetValueOrDefault(ProviderField.Key), opened.GetValueOrDefault(ProviderField.Secret), opened.GetValueOrDefault(ProviderField.Token),
            new(data), AccountSource.Database, config.Id));
    }

    private Known? Ready => known is { } all && time.Now() - all.ReadAt < Fresh ? all : null;

    private async Task<ProviderAccount?> FindLaterAsync(Provider provider, bool sandbox, CancellationToken ct) => Find(await LoadAsync(ct), provider, sandbox);

    /// <summary>What an admin chose and we cannot open is not replaced by something else behind their back.</summary>
    private ProviderAccount? Find(Known all, Provider provider, bool sandbox) => all.Live.TryGetValue((provider, sandbox), out var account)
        ? account ?? throw new RuleBroken("provider_unreadable", $"The credentials of {ProviderForms.Of(provider).Title} cannot be opened with this portal's keys: enter them again.")
        : (sandbox ? null : environment.Find(provider)) ?? all.Simulated.GetValueOrDefault((provider, sandbox));

    private async Task<Known> LoadAsync(CancellationToken ct)
    {
        await loading.WaitAsync(ct);
        try
        {
            if (Ready is { } ready)
                return ready;
            var (before, now) = (Changes(), time.Now());
            var lately = now - ApiConfiguration.StillVerifies;
            await using var db = database.Open(Self, Can.KeepHouse);
            var rows = await db.ApiConfigurations.AsNoTracking().Include(c => c.Secrets).Where(c => c.ActiveAs != null || c.DeactivatedAt > lately).ToListAsync(ct);
            var all = new Known(
                now, rows.Where(c => c.IsActive).ToDictionary(c => (c.Provider, c.IsSandbox), c => TryOpen(c)),
                rows.SelectMany(c => c.Secrets.Where(s => s.ReplacedAt > lately).Select(TryOpenWith(c)).Prepend(TryOpen(c))).OfType<ProviderAccount>().ToLookup(a => a.Provider),
                simulators is null ? [] : await simulators.AllAsync(ct));

            // A change while we read makes this old already.
            lock (changing)
                known = before == changes ? all : null;
            return all;
        }
        finally
        {
            loading.Release();
        }
    }

    private int Changes()
    {
        lock (changing)
            return changes;
    }

    private Func<ApiSecret, ProviderAccount?> TryOpenWith(ApiConfiguration config) => earlier => TryOpen(config, earlier);

    private ProviderAccount? TryOpen(ApiConfiguration config, ApiSecret? instead = null)
    {
        try
        {
            return Open(config, instead);
        }
        catch (InvalidOperationException)
        {
            log.LogError("The secrets of API configuration {Id} do not open: were they sealed with another master key?", config.Id);
            return null;
        }
    }

    private sealed record Known(
        DateTime ReadAt, Dictionary<(Provider Provider, bool IsSandbox), ProviderAccount?> Live, ILookup<Provider, ProviderAccount> Verifying,
        Dictionary<(Provider Provider, bool IsSandbox), ProviderAccount> Simulated);
}
