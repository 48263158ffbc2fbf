namespace Portal.Core.Domains.Integrations;

/// <summary>Seals the secrets of all configurations with the newest key, a few at a time: whoever stops leaves the rest to the next.</summary>
public sealed class SecretSealing(Database database, SecretBox box, SecretKeys keys, RateLimits limits)
{
    private const int AtOnce = 50;
    private static readonly RateLimit Renewals = new("encryption-key", 5, TimeSpan.FromHours(1));
    private static readonly Actor Self = Actor.System("integrations");

    public async Task<SealingView> SeeAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageIntegrations);
        var newest = await keys.NewestAsync(ct);
        return new(await db.ApiSecrets.CountAsync(s => s.KeyId == newest.Id, ct), await db.ApiSecrets.CountAsync(ct), newest.Generation, newest.CreatedAt);
    }

    /// <summary>Makes a new key and begins at once; what is left the job does.</summary>
    public async Task<SealingView> RenewAsync(Actor actor, CancellationToken ct = default)
    {
        if (!actor.May(Can.ManageIntegrations))
            throw new Forbidden(Can.ManageIntegrations, actor);
        if (await limits.TakeAsync(Renewals, "all", ct: ct) is { Allowed: false } verdict)
            throw new TooOften(verdict.RetryAfter, "The key was renewed several times within the hour. Let the portal finish first.");
        await keys.RenewAsync(generation => new EncryptionKeyRenewed(Agency.TheId, generation), actor, Can.ManageIntegrations, ct);
        await SealAsync(after: 0, (await keys.NewestAsync(ct)).Id, ct);
        return await SeeAsync(actor, ct);
    }

    public async Task<bool> HasWorkAsync(CancellationToken ct)
    {
        var newest = (await keys.NewestAsync(ct)).Id;
        await using var db = database.Open(Self, Can.KeepHouse);
        return await db.ApiSecrets.AnyAsync(s => s.KeyId != newest, ct);
    }

    /// <returns>How many were sealed anew.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (newest, total) = ((await keys.NewestAsync(ct)).Id, 0);
        var failed = 0;
        for (var after = 0L; await SealAsync(after, newest, ct) is { Last: { } last } batch; after = last)
            (total, failed) = (total + batch.Sealed, failed + batch.Failed);
        return failed == 0 ? total : throw new InvalidOperationException($"{failed} secrets do not open with this portal's keys. {total} were sealed anew.");
    }

    private async Task<Batch> SealAsync(long after, long newest, CancellationToken ct)
    {
        ct.ThrowIfCancellationRequested();
        await using var db = database.Open(Self, Can.KeepHouse);
        var rows = await db.ApiSecrets.Where(s => s.KeyId != newest && s.Id > after).OrderBy(s => s.Id).Take(AtOnce)
            .Join(db.ApiConfigurations, s => s.ConfigurationId, c => c.Id, (s, c) => new { Secret = s, c.Mark }).ToListAsync(ct);
        var isSealed = rows.Count(r => TrySeal(r.Secret, ApiSecret.Purpose(r.Mark, r.Secret.Field)));
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (Conflict)
        {
            // Somebody deleted one of them, or seals as well: none of these was done, and the next run begins with them.
            return new(0, 0, null);
        }

        return new(isSealed, rows.Count - isSealed, rows.Count == 0 ? null : rows[^1].Secret.Id);
    }

    private bool TrySeal(ApiSecret secret, string purpose)
    {
        if (box.TryOpen(secret.Sealed, purpose) is not { } plain)
            return false;
        secret.Sealed = box.Seal(plain, purpose);
        secret.KeyId = SecretBox.KeyOf(secret.Sealed);
        return true;
    }

    private sealed record Batch(int Sealed, int Failed, long? Last);
}
