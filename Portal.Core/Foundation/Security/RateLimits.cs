using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>How often something was done lately, counted in the database for all hosts together.</summary>
public sealed class RateWindow
{
    public required string Key { get; init; }

    public required DateTime EndsAt { get; set; }

    public required int Count { get; set; }
}

/// <summary>What may be done how often: so many times in a window that begins with the first.</summary>
public sealed record RateLimit(string Name, int Times, TimeSpan Window);

/// <summary>Whether it may be done, how many permits were taken of those asked for, how many are left, and when to come back.</summary>
public sealed record RateVerdict(bool Allowed, int Taken, int Left, TimeSpan RetryAfter);

public sealed class RateLimits(Database database, Lane lane, TimeProvider time)
{
    private const int MostTries = 10;
    private static readonly Actor Self = Actor.System("limits");

    /// <summary>Counts so many more, or as many as there are left; none left is a refusal.</summary>
    public async Task<RateVerdict> TakeAsync(RateLimit limit, string who, int permits = 1, CancellationToken ct = default)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await CountAsync(limit, who, permits, ct);
            }
            catch (Conflict) when (tries < MostTries)
            {
                // Another host counted in the same moment: count on from there.
            }
        }
    }

    private Task<RateVerdict> CountAsync(RateLimit limit, string who, int permits, CancellationToken ct) =>
        lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            var (key, now) = (Key(limit, who), time.Now());
            var row = await db.Set<RateWindow>().SingleOrDefaultAsync(w => w.Key == key, ct);
            if (row is null)
                db.Add(row = new() { Key = key, EndsAt = now + limit.Window, Count = 0 });
            else if (row.EndsAt <= now)
                (row.EndsAt, row.Count) = (now + limit.Window, 0);
            if (row.Count >= limit.Times)
                return new RateVerdict(false, 0, 0, row.EndsAt - now);
            var taken = Math.Min(permits, limit.Times - row.Count);
            row.Count += taken;
            return new RateVerdict(true, taken, limit.Times - row.Count, row.EndsAt - now);
        }, ct);

    public async Task<RateVerdict> LookAsync(RateLimit limit, string who, CancellationToken ct = default)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var (key, now) = (Key(limit, who), time.Now());
        var row = await db.Set<RateWindow>().AsNoTracking().SingleOrDefaultAsync(w => w.Key == key && w.EndsAt > now, ct);
        return new(row is null || row.Count < limit.Times, 0, limit.Times - (row?.Count ?? 0), (row?.EndsAt ?? now) - now);
    }

    public Task ForgetAsync(RateLimit limit, string who, CancellationToken ct = default) => lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        var key = Key(limit, who);
        await db.Set<RateWindow>().Where(w => w.Key == key).ExecuteDeleteAsync(ct);
    }, ct);

    public Task<int> CleanUpAsync(CancellationToken ct) => lane.RunAsync(Self, Can.KeepHouse, db =>
    {
        var now = time.Now();
        return db.Set<RateWindow>().Where(w => w.EndsAt <= now).ExecuteDeleteAsync(ct);
    }, ct);

    // Hashed: an address or an e-mail is nobody's business here, and the key has one length.
    private static string Key(RateLimit limit, string who) => $"{limit.Name}:{Convert.ToHexStringLower(Tokens.Hash(who)[..16])}";
}

internal sealed class RateWindowTable : IEntityTypeConfiguration<RateWindow>
{
    public void Configure(EntityTypeBuilder<RateWindow> builder)
    {
        builder.ToTable("RateWindows").HasKey(w => w.Key);
        builder.Property(w => w.Key).HasMaxLength(120);
        builder.Property(w => w.Count).IsConcurrencyToken();
        builder.HasIndex(w => w.EndsAt);
    }
}
