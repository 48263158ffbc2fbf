using Microsoft.Extensions.Logging;

namespace Portal.Core.Domains.Integrations;

/// <summary>Where a client says that a provider does not take its credentials any more.</summary>
public sealed class ProviderHealth(Database database, ProviderAccounts accounts, TimeProvider time, ILogger<ProviderHealth> log)
{
    private static readonly Actor Self = Actor.System("integrations");

    /// <summary>For a 401 or 403: the admins hear of it once, until it works again.</summary>
    /// <param name="account">The one that was used; if it has other credentials by now, nothing is known of those.</param>
    /// <param name="words">What the provider said.</param>
    public async Task BrokenAsync(ProviderAccount account, string? words = null, CancellationToken ct = default)
    {
        if (account.ConfigId is not { } id)
        {
            log.LogWarning("{Account} is not taken by its provider: look at its environment variables.", account);
            return;
        }

        await using var db = database.Open(Self, Can.KeepHouse);
        if (await db.ApiConfigurations.AnyAsync(c => c.Id == id && c.Status == ApiConfigStatus.Broken, ct))
            return;
        var config = await db.ApiConfigurations.Include(c => c.Secrets).SingleOrDefaultAsync(c => c.Id == id, ct);
        if (config is null || !IsStill(account, config))
            return;
        ApiConfigHealth.Found(db, config, new(false, ApiConfigHealth.Words(words ?? "The provider does not take these credentials.", account)), time.Now());
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (Conflict)
        {
            // Somebody else noticed in the same moment, or has just changed it.
        }
    }

    private bool IsStill(ProviderAccount used, ApiConfiguration config) => accounts.Open(config).Opens == used.Opens;
}
