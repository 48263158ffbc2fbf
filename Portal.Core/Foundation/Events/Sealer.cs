using System.Security.Cryptography;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>
/// Chains rows with a keyed hash: whoever has the database but not the master key cannot change, remove or slip in a sealed row, nor take
/// rows off the end, without it showing. Runs after commit and by one host at a time; the number's unique index decides if two try.
/// </summary>
public sealed class Sealer(Database database, Lane lane, SecretKeys keys, TimeProvider time)
{
    private const int Most = 1000;
    private const string HeadIsMissing = "The head of the chain is missing.";
    private static readonly Actor Self = Actor.System("sealer");

    public async Task<bool> HasWorkAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        return await db.Events.AnyAsync(e => e.SealNo == null, ct);
    }

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (count, secret) = (0, keys.Newest(SecretKey.Chain).Value);
        for (var batch = Most; batch == Most; count += batch)
            batch = await lane.RunAsync(Self, Can.KeepHouse, db => SealNextAsync(db, secret, ct), ct);
        return count;
    }

    /// <summary>Walks the whole chain; stops at the first row that is not what was sealed.</summary>
    public async Task<ChainReport> VerifyAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var secret = keys.Newest(SecretKey.Chain).Value;
        var (expected, before) = (1L, Array.Empty<byte>());
        await foreach (var row in db.Events.AsNoTracking().Where(e => e.SealNo != null).OrderBy(e => e.SealNo).AsAsyncEnumerable().WithCancellation(ct))
        {
            if (row.SealNo != expected)
                return await ReportAsync(db, expected - 1, $"Row number {expected} of the chain is missing.", ct);
            if (!CryptographicOperations.FixedTimeEquals(row.Seal, Next(secret, before, expected, row)))
                return await ReportAsync(db, expected - 1, $"Event {row.Id} is not what was sealed as number {expected}.", ct);
            (expected, before) = (expected + 1, row.Seal!);
        }

        var head = await HeadAsync(db, ct);
        return await ReportAsync(db, expected - 1, head is null ? HeadIsMissing : head.TroubleWith(secret, expected - 1, before), ct);
    }

    private static Task<ChainHead?> HeadAsync(PortalDb db, CancellationToken ct) =>
        db.Set<ChainHead>().SingleOrDefaultAsync(h => h.Name == ChainHead.Events, ct);

    private async Task<ChainReport> ReportAsync(PortalDb db, long intact, string? trouble, CancellationToken ct)
    {
        var unsealed = db.Events.Where(e => e.SealNo == null);
        return new(intact, await unsealed.CountAsync(ct), await unsealed.MinAsync(e => (DateTime?)e.At, ct), time.Now(), trouble);
    }

    private static async Task<int> SealNextAsync(PortalDb db, byte[] secret, CancellationToken ct)
    {
        var last = await db.Events.AsNoTracking().Where(e => e.SealNo != null).OrderByDescending(e => e.SealNo).FirstOrDefaultAsync(ct);
        var (number, before) = (last?.SealNo ?? 0, last?.Seal ?? []);

        // What was broken stays as it is found: sealing on would make a whole chain of what is left.
        var head = await HeadAsync(db, ct) ?? throw new InvalidOperationException(HeadIsMissing);
        if (head.TroubleWith(secret, number, before) is { } trouble)
            throw new InvalidOperationException(trouble);
        var rows = await db.Events.Where(e => e.SealNo == null).OrderBy(e => e.Id).Take(Most).ToListAsync(ct);
        foreach (ISealed row in rows)
        {
            before = Next(secret, before, ++number, row);
            row.SealAs(number, before);
        }

        head.MoveTo(secret, number, before);
        return rows.Count;
    }

    private static byte[] Next(byte[] secret, byte[] before, long number, ISealed row) =>
        HMACSHA256.HashData(secret, (byte[])[.. before, .. BitConverter.GetBytes(number), .. Encoding.UTF8.GetBytes(row.Content())]);
}

/// <summary>How far the chain is intact, what waits to be sealed, and what is wrong if anything is.</summary>
public sealed record ChainReport(long Sealed, int Unsealed, DateTime? OldestUnsealedAt, DateTime CheckedAt, string? Trouble);
