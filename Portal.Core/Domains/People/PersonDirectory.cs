using System.Collections.Concurrent;

namespace Portal.Core.Domains.People;

/// <summary>Who is signed in and what they may reach, read from the database at most every half minute per session. What is taken away is gone within that time on every host.</summary>
public sealed class PersonDirectory(Database database, TimeProvider time)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);
    private const int Most = 50_000;
    private static readonly Actor Self = Actor.System("directory");
    private readonly ConcurrentDictionary<(long User, long Session), (Person? Person, DateTime At)> known = new();

    public async Task<Person?> FindAsync(long userId, long sessionId, CancellationToken ct = default)
    {
        var now = time.Now();
        if (known.TryGetValue((userId, sessionId), out var entry) && now - entry.At < Fresh)
            return entry.Person;
        var person = await LoadAsync(userId, sessionId, now, ct);
        if (known.Count >= Most)
            known.Clear();
        known[(userId, sessionId)] = (person, now);
        return person;
    }

    /// <summary>On this host at once; elsewhere within the half minute.</summary>
    public void Forget(long userId)
    {
        foreach (var key in known.Keys.Where(k => k.User == userId))
            known.TryRemove(key, out _);
    }

    private async Task<Person?> LoadAsync(long userId, long sessionId, DateTime now, CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        if (!await db.Sessions.AnyAsync(s => s.Id == sessionId && s.UserId == userId && s.EndedAt == null && s.ExpiresAt > now, ct))
            return null;
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId && u.IsActive, ct);
        if (user is null)
            return null;
        var grants = await db.Access.Where(a => a.UserId == userId).Select(a => new Grant(a.ClientId, a.Service, a.Level)).ToListAsync(ct);
        return new(user.Id, user.FullName, user.Email!, user.Role, user.Department, user.ZoneId, sessionId, grants);
    }
}
