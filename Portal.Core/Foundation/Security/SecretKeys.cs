using System.Security.Cryptography;

namespace Portal.Core.Foundation;

/// <summary>The data keys of this database, unwrapped. Hosts share them through the database; a key never changes, so knowing it is enough.</summary>
public sealed class SecretKeys(Database database, MasterKey master, TimeProvider time)
{
    /// <summary>How long the box seals with one key.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(90);
    private static readonly Actor Self = Actor.System("keys");
    private static readonly string[] Purposes = [SecretKey.Box, SecretKey.Chain];
    private readonly Lock loading = new();
    private volatile IReadOnlyList<OpenKey> known = [];

    /// <summary>Makes the first keys, and wraps anew what an earlier master key has wrapped. Runs at start, before anything needs a key.</summary>
    public async Task PrepareAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var rows = await db.Set<SecretKey>().ToListAsync(ct);
        foreach (var row in rows)
        {
            if (master.Unwrap(row.Wrapped) is (var key, Outdated: true))
                row.Wrapped = master.Wrap(key);
        }

        foreach (var purpose in Purposes.Except(rows.Select(r => r.Purpose)))
            Add(db, purpose, generation: 1);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (Conflict)
        {
            // A second host started in the same moment and has made the keys.
        }

        Load();
    }

    internal bool AreInOrder()
    {
        var wrapped = Rows();
        return wrapped.All(k => !master.Unwrap(k.Wrapped).Outdated) && !Purposes.Except(wrapped.Select(k => k.Purpose)).Any();
    }

    /// <summary>When the newest key has served its time, the box seals with a new one; what older keys sealed still opens.</summary>
    public async Task<bool> RotateAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var newest = await db.Set<SecretKey>().Where(k => k.Purpose == SecretKey.Box).OrderByDescending(k => k.Generation).FirstAsync(ct);
        if (time.Now() - newest.CreatedAt < Lifetime)
            return false;
        await AddNextAsync(db, newest, ct);
        return true;
    }

    /// <summary>A new key for the box at once, whatever the age of the last.</summary>
    /// <param name="happened">What the audit log is told, by the key's generation.</param>
    public async Task RenewAsync(Func<int, DomainEvent> happened, Actor actor, Can can, CancellationToken ct)
    {
        await using var db = database.Open(actor, can);
        var newest = await db.Set<SecretKey>().Where(k => k.Purpose == SecretKey.Box).OrderByDescending(k => k.Generation).FirstAsync(ct);
        db.Record(happened(newest.Generation + 1));
        await AddNextAsync(db, newest, ct);
    }

    /// <summary>The key that seals now, as the database has it: another host may have made a newer one.</summary>
    public async Task<BoxKey> NewestAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var newest = await db.Set<SecretKey>().AsNoTracking().Where(k => k.Purpose == SecretKey.Box).OrderByDescending(k => k.Generation)
            .Select(k => new BoxKey(k.Id, k.Generation, k.CreatedAt)).FirstAsync(ct);
        if (Newest(SecretKey.Box).Id != newest.Id)
            Load();
        return newest;
    }

    private async Task AddNextAsync(PortalDb db, SecretKey newest, CancellationToken ct)
    {
        Add(db, SecretKey.Box, newest.Generation + 1);
        try
        {
            await db.SaveChangesAsync(ct);
        }
        catch (Conflict)
        {
            // Another host has just made the next one.
        }

        Load();
    }

    internal OpenKey Newest(string purpose) =>
        Known().LastOrDefault(k => k.Purpose == purpose) ?? throw new InvalidOperationException($"There is no key for {purpose}.");

    internal OpenKey? Find(long id) => Known().FirstOrDefault(k => k.Id == id) ?? Load().FirstOrDefault(k => k.Id == id);

    private IReadOnlyList<OpenKey> Known() => known.Count > 0 ? known : Load();

    private IReadOnlyList<OpenKey> Load()
    {
        lock (loading)
        {
            return known = [.. Rows().Select(k => new OpenKey(k.Id, k.Purpose, master.Unwrap(k.Wrapped).Key))];
        }
    }

    private IReadOnlyList<(long Id, string Purpose, byte[] Wrapped)> Rows() => database.Read(
        "SELECT Id, Purpose, Wrapped FROM SecretKeys ORDER BY Id", row => (row.GetInt64(0), row.GetString(1), (byte[])row.GetValue(2)));

    private void Add(PortalDb db, string purpose, int generation)
    {
        var key = RandomNumberGenerator.GetBytes(32);
        db.Add(new SecretKey { Purpose = purpose, Generation = generation, Wrapped = master.Wrap(key), CreatedAt = time.Now() });
        if (purpose == SecretKey.Chain)
            db.Add(ChainHead.Begin(key));
    }

    internal sealed record OpenKey(long Id, string Purpose, byte[] Value);
}

/// <summary>A key of the box, without itself.</summary>
public sealed record BoxKey(long Id, int Generation, DateTime CreatedAt);
