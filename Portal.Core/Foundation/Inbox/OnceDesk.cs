using System.Security.Cryptography;

namespace Portal.Core.Foundation;

/// <summary>An answer as it is kept and given again.</summary>
public sealed record KeptAnswer(int Status, string? ContentType, string? Location, byte[] Body);

/// <summary>Makes a request with an Idempotency-Key happen once: the second waits for the first and gets its answer.</summary>
public sealed class OnceDesk(Database database, Lane lane, SecretBox box, TimeProvider time)
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private const string Purpose = "answered-request";
    private static readonly TimeSpan Work = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Actor Self = Actor.System("idempotency");

    /// <returns>The answer the first one got; null when this is the first and must now be answered.</returns>
    public async Task<KeptAnswer?> BeginAsync(string door, byte[] body, CancellationToken ct)
    {
        var hash = SHA256.HashData(body);
        var began = time.GetTimestamp();
        while (true)
        {
            var row = await TakeAsync(door, hash, ct);
            if (row is null)
                return null;
            if (!CryptographicOperations.FixedTimeEquals(row.BodyHash, hash))
                throw new Invalid(new Dictionary<string, string[]> { ["idempotency_key"] = ["This key was used for another request."] }, "idempotency_mismatch");
            if (row.Status is { } status)
                return new(status, row.ContentType, row.Location, Convert.FromBase64String(box.Open(row.SealedBody!, Purpose)));
            if (time.GetElapsedTime(began) > Patience)
                throw new Conflict("still_working", "The first request with this key is still being worked on.");
            await Task.Delay(Look, time, ct);
        }
    }

    public Task AnswerAsync(string door, KeptAnswer answer) => lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        var row = await db.Set<AnsweredRequest>().SingleAsync(r => r.Door == door);
        (row.Status, row.ContentType, row.Location) = (answer.Status, answer.ContentType, answer.Location);
        row.SealedBody = box.Seal(Convert.ToBase64String(answer.Body), Purpose);
    });

    /// <summary>Nothing was done: the next one with this key is a first again.</summary>
    public Task ForgetAsync(string door) => lane.RunAsync(Self, Can.KeepHouse, db =>
        db.Set<AnsweredRequest>().Where(r => r.Door == door && r.Status == null).ExecuteDeleteAsync());

    public Task<int> CleanUpAsync(CancellationToken ct) => lane.RunAsync(Self, Can.KeepHouse, db =>
    {
        var old = time.Now() - Kept;
        return db.Set<AnsweredRequest>().Where(r => r.CreatedAt < old).ExecuteDeleteAsync(ct);
    }, ct);

    /// <returns>Who has it already; null when it is ours now.</returns>
    private async Task<AnsweredRequest?> TakeAsync(string door, byte[] hash, CancellationToken ct)
    {
        try
        {
            return await lane.RunAsync(Self, Can.KeepHouse, db => TakeAsync(db, door, hash, ct), ct);
        }
        catch (Conflict)
        {
            await using var db = database.Open(Self, Can.KeepHouse);
            return await db.Set<AnsweredRequest>().AsNoTracking().SingleAsync(r => r.Door == door, ct);
        }
    }

    private async Task<AnsweredRequest?> TakeAsync(PortalDb db, string door, byte[] hash, CancellationToken ct)
    {
        var now = time.Now();
        var row = await db.Set<AnsweredRequest>().SingleOrDefaultAsync(r => r.Door == door, ct);
        if (row is null || row.CreatedAt < now - Kept)
        {
            if (row is not null)
                db.Remove(row);
            await db.SaveChangesAsync(ct);
            db.Add(new AnsweredRequest { Door = door, BodyHash = hash, CreatedAt = now, WorkingUntil = now + Work });
            return null;
        }

        // A host that died at work leaves the request to the next who asks.
        if (row.Status is not null || row.WorkingUntil > now || !row.BodyHash.AsSpan().SequenceEqual(hash))
            return row;
        row.WorkingUntil = now + Work;
        return null;
    }
}
