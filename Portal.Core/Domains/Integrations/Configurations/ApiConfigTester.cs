using Microsoft.Extensions.Logging;

namespace Portal.Core.Domains.Integrations;

/// <summary>Tries configurations: when an admin asks, and those in use once a day.</summary>
public sealed class ApiConfigTester(
    Database database, ProviderAccounts accounts, IEnumerable<IProviderProbe> probes, RateLimits limits, TimeProvider time, ILogger<ApiConfigTester> log)
{
    public static readonly RateLimit Tries = new("api-config-test", 10, TimeSpan.FromMinutes(10));
    private static readonly TimeSpan Every = TimeSpan.FromDays(1);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly Actor Self = Actor.System("integrations");

    public bool CanTest(Provider provider) => ProbeOf(provider) is not null;

    public async Task<ApiConfigTest> TestAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageIntegrations);
        var config = await ApiConfigService.FindAsync(db, id, ct);
        var probe = ProbeOf(config.Provider) ?? throw new RuleBroken("cannot_be_tested", $"{config.Form.Title} cannot be tested from here: whether it works shows when it is used.");
        if (await limits.TakeAsync(Tries, $"config {id}", ct: ct) is { Allowed: false } verdict)
            throw new TooOften(verdict.RetryAfter, $"That was too often. Try again in {Math.Ceiling(verdict.RetryAfter.TotalMinutes)} minutes.");
        var (answer, words) = await TryAsync(probe, OpenOf(config), ct);
        ApiConfigHealth.Found(db, config, answer, time.Now());
        db.Record(new ApiConfigTested(config.Id, config.Provider, config.Name, answer is { Works: true }));
        await db.SaveChangesAsync(ct);
        return new(answer is { Works: true } && config.Status is not ApiConfigStatus.Broken, config.Status is ApiConfigStatus.Broken ? config.StatusWords ?? words : words, config.Status, time.Now(), config.ExpiresAt);
    }

    public async Task<bool> HasWorkAsync(CancellationToken ct)
    {
        var (due, old) = (time.Now() - Every, time.Now() - ApiConfiguration.StillVerifies);
        await using var db = database.Open(Self, Can.KeepHouse);
        return await Due(db, due).AnyAsync(ct) || await db.ApiSecrets.AnyAsync(s => s.ReplacedAt < old, ct);
    }

    /// <summary>Tries those in use that nobody has tried for a day, and lets go of what was replaced.</summary>
    public async Task<(int Tried, int Broken)> RunAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var (due, old, broken) = (time.Now() - Every, time.Now() - ApiConfiguration.StillVerifies, 0);
        await db.ApiSecrets.Where(s => s.ReplacedAt < old).ExecuteDeleteAsync(ct);
        var ids = await Due(db, due).OrderBy(c => c.Id).Select(c => c.Id).ToListAsync(ct);
        foreach (var id in ids)
            broken += await CheckAsync(id, ct) ? 0 : 1;
        return (ids.Count, broken);
    }

    private static IQueryable<ApiConfiguration> Due(PortalDb db, DateTime due)
    {
        // What has ended meanwhile is no matter of the next day.
        var now = due + Every;
        return db.ApiConfigurations.Where(c => c.ActiveAs != null && (c.CheckedAt == null || c.CheckedAt < due || (c.ExpiresAt <= now && c.Status != ApiConfigStatus.Broken)));
    }

    private IProviderProbe? ProbeOf(Provider provider) => probes.FirstOrDefault(p => p.Provider == provider);

    private ProviderAccount OpenOf(ApiConfiguration config)
    {
        try
        {
            return accounts.Open(config);
        }
        catch (InvalidOperationException)
        {
            throw new RuleBroken("provider_unreadable", $"The credentials of {config.Form.Title} cannot be opened with this portal's keys: enter them again.");
        }
    }

    /// <returns>Whether it works, as far as we know.</returns>
    private async Task<bool> CheckAsync(long id, CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var config = await db.ApiConfigurations.Include(c => c.Secrets).SingleOrDefaultAsync(c => c.Id == id, ct);
        if (config is null)
            return true;

        ApiConfigHealth.Found(db, config, await AskAsync(config, ct), time.Now());
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (Conflict)
        {
            // An admin has just changed it, or a client noticed first: tomorrow again.
        }

        return config.Status is not ApiConfigStatus.Broken;
    }

    /// <summary>Who cannot be reached is asked again tomorrow.</summary>
    private async Task<ProbeAnswer?> AskAsync(ApiConfiguration config, CancellationToken ct)
    {
        if (ProbeOf(config.Provider) is not { } probe)
            return null;
        try
        {
            return (await TryAsync(probe, OpenOf(config), ct)).Answer;
        }
        catch (RuleBroken unreadable)
        {
            return new(false, unreadable.Message);
        }
    }

    /// <returns>No answer where nobody could be reached, which says nothing about the credentials.</returns>
    private async Task<(ProbeAnswer? Answer, string Words)> TryAsync(IProviderProbe probe, ProviderAccount account, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            var answer = await probe.TryAsync(account with { IsOnTrial = true }, patience.Token);
            var words = ApiConfigHealth.Words(answer.Words, account);
            return (answer with { Words = words }, words);
        }
        catch (PortalException e)
        {
            return (null, ApiConfigHealth.Words(e.Message, account));
        }
        catch (Exception e) when (!ct.IsCancellationRequested)
        {
            // Not its message: it may name what was sent.
            log.LogWarning("{Account} could not be tried: {Trouble}", account, e.GetType().Name);
            return (null, e is OperationCanceledException ? "The provider did not answer in time." : "The provider could not be reached.");
        }
    }
}
