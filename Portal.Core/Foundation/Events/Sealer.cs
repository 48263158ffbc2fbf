using System.Security.Cryptography;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>
/// Chains rows with a keyed hash, so that a change, a removal or an insertion shows, even to someone who finds nothing but the database.
/// Runs after commit and by one host at a time; the number's unique index decides if two try.
/// </summary>
public sealed class Sealer(Database database, Lane lane, SecretKeys keys, TimeProvider time)
{
    private const int Most = 1000;
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

        return await ReportAsync(db, expected - 1, await HeadTroubleAsync(db, secret, expected, ct), ct);
    }

    /// <summary>Rows taken off the end leave a whole chain; the head remembers how long it was.</summary>
    private static async Task<string?> HeadTroubleAsync(PortalDb db, byte[] secret, long expected, CancellationToken ct)
    {
        var head = await db.Set<ChainHead>().AsNoTracking().SingleOrDefaultAsync(h => h.Name == ChainHead.Events, ct);
        if ((head?.Number ?? 0) != expected - 1)
            return $"The chain ends at number {expected - 1}, and its head says {head?.Number ?? 0}.";
        return head is null || CryptographicOperations.FixedTimeEquals(head.Mac, Mac(secret, head.Number)) ? null : "The head of the chain was changed.";
    }

    private async Task<ChainReport> ReportAsync(PortalDb db, long intact, string? trouble, CancellationToken ct)
    {
        var unsealed = db.Events.Where(e => e.SealNo == null);
        return new(intact, await unsealed.CountAsync(ct), await unsealed.MinAsync(e => (DateTime?)e.At, ct), time.Now(), trouble);
    }

    private static async Task<int> SealNextAsync(PortalDb db, byte[] secret, CancellationToken ct)
    {
        var last = await db.Events.AsNoTracking().Where(e => e.SealNo != null).OrderByDescending(e => e.SealNo).FirstOrDefaultAsync(ct);
        var rows = await db.Events.Where(e => e.SealNo == null).OrderBy(e => e.Id).Take(Most).ToListAsync(ct);
        var head = await db.Set<ChainHead>().SingleOrDefaultAsync(h => h.Name == ChainHead.Events, ct);

        // The head counts on, so that what was taken off the end stays missing.
        var (number, before) = (Math.Max(head?.Number ?? 0, last?.SealNo ?? 0), last?.Seal ?? []);
        foreach (ISealed row in rows)
        {
            before = Next(secret, before, ++number, row);
            row.SealAs(number, before);
        }

        if (rows.Count > 0)
        {
            head ??= db.Add(new ChainHead { Name = ChainHead.Events }).Entity;
            (head.Number, head.Mac) = (number, Mac(secret, number));
        }

        return rows.Count;
    }

    private static byte[] Mac(byte[] secret, long number) =>
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{ChainHead.Events} {number}"));

    private static byte[] Next(byte[] secret, byte[] before, long number, ISealed row) =>
        HMACSHA256.HashData(secret, (byte[])[.. before, .. BitConverter.GetBytes(number), .. Encoding.UTF8.GetBytes(row.Content())]);
}

/// <summary>How far the chain is intact, what waits to be sealed, and what is wrong if anything is.</summary>
public sealed record ChainReport(long Sealed, int Unsealed, DateTime? OldestUnsealedAt, DateTime CheckedAt, string? Trouble);
