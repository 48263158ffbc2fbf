using System.Buffers.Text;
using System.Security.Cryptography;

namespace Portal.Core.Foundation;

/// <summary>The keys of the access tokens: shared by all hosts, rotated monthly, public halves at /.well-known/jwks.json.</summary>
public sealed class SigningKeys(Database database, SecretBox box, TimeProvider time)
{
    private const string Purpose = "signing-key";
    private static readonly TimeSpan Lifetime = TimeSpan.FromDays(30);
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(1);
    private static readonly TimeSpan LoadAgain = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(5);
    private static readonly Actor Self = Actor.System("keys");
    private readonly SemaphoreSlim loading = new(1, 1);
    private volatile Ring ring = new([], DateTime.MinValue);

    /// <summary>Makes the first key, or the next one when the last is a month old, and forgets those that have retired.</summary>
    public async Task<bool> RotateAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var (now, rows) = (time.Now(), await db.Set<SigningKey>().OrderBy(k => k.UsableFromAt).ToListAsync(ct));
        db.RemoveRange(rows.Where(k => k.RetiresAt <= now));
        var newest = rows.LastOrDefault();
        if (newest is not null && newest.UsableFromAt + Lifetime > now)
            return await db.SaveChangesAsync(ct) > 0;

        var usableFrom = newest is null ? now : now + Ahead;
        newest?.RetiresAt = usableFrom + Ahead;
        db.Add(Make(usableFrom, (newest?.Generation ?? 0) + 1));
        try
        {
            await db.SaveChangesAsync(ct);
            return true;
        }
        catch (Conflict)
        {
            // Another host has just done it.
            return false;
        }
        finally
        {
            ring = new([], DateTime.MinValue);
        }
    }

    public async Task<Key> CurrentAsync(CancellationToken ct = default)
    {
        var now = time.Now();
        return (await LoadAsync(LoadAgain, ct)).LastOrDefault(k => k.UsableFromAt <= now) ?? throw new InvalidOperationException("There is no signing key.");
    }

    public async Task<IReadOnlyList<Key>> PublishedAsync(CancellationToken ct = default) => await LoadAsync(LoadAgain, ct);

    /// <summary>A key that another host has just made is looked for too, but not at every stranger's word.</summary>
    public async Task<Key?> FindAsync(string kid, CancellationToken ct = default) =>
        (await LoadAsync(LoadAgain, ct)).FirstOrDefault(k => k.Kid == kid) ?? (await LoadAsync(LookAgain, ct)).FirstOrDefault(k => k.Kid == kid);

    private async Task<IReadOnlyList<Key>> LoadAsync(TimeSpan atMost, CancellationToken ct)
    {
        if (ring.LoadedAt + atMost > time.Now())
            return ring.Keys;
        await loading.WaitAsync(ct);
        try
        {
            if (ring.LoadedAt + atMost > time.Now())
                return ring.Keys;
            await using var db = database.Open(Self, Can.KeepHouse);
            var now = time.Now();
            var rows = await db.Set<SigningKey>().AsNoTracking().Where(k => k.RetiresAt == null || k.RetiresAt > now).OrderBy(k => k.UsableFromAt).ToListAsync(ct);
            ring = new([.. rows.Select(Open)], now);
            return ring.Keys;
        }
        finally
        {
            loading.Release();
        }
    }

    private SigningKey Make(DateTime usableFrom, int generation)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return new()
        {
            Generation = generation,
            Kid = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(12)),
            X = Base64Url.EncodeToString(point.X),
            Y = Base64Url.EncodeToString(point.Y),
            SealedPrivateKey = box.Seal(Convert.ToBase64String(key.ExportPkcs8PrivateKey()), Purpose),
            UsableFromAt = usableFrom,
        };
    }

    private Key Open(SigningKey row)
    {
        var key = ECDsa.Create();
        key.ImportPkcs8PrivateKey(Convert.FromBase64String(box.Open(row.SealedPrivateKey, Purpose)), out _);
        return new(row.Kid, row.X, row.Y, row.UsableFromAt, key);
    }

    public sealed record Key(string Kid, string X, string Y, DateTime UsableFromAt, ECDsa Pair);

    private sealed record Ring(IReadOnlyList<Key> Keys, DateTime LoadedAt);
}
