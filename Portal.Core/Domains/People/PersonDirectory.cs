using System.Collections.Concurrent;

namespace Portal.Core.Domains.People;

/// <summary>Who is signed in and what they may reach, read from the database at most every few seconds per session. What is taken away is gone within that time on every host, and at once on this one.</summary>
public sealed class PersonDirectory(Database database, Lane lane, TimeProvider time)
{
    public static readonly TimeSpan Fresh = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan SeenEvery = TimeSpan.FromMinutes(15);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private const int Most = 50_000;
    private static readonly Actor Self = Actor.System("directory");
    private readonly ConcurrentDictionary<(long User, long Session), (Person? Person, DateTime At)> known = new();

    /// <summary>Someone's role, access or session has just changed here: whoever keeps an open page for them asks again.</summary>
    public event Action<long>? Forgotten;

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
        Forgotten?.Invoke(userId);
    }

    private async Task<Person?> LoadAsync(long userId, long sessionId, DateTime now, CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        if (await db.Sessions.AsNoTracking().SingleOrDefaultAsync(s => s.Id == sessionId && s.UserId == userId && s.EndedAt == null && s.ExpiresAt > now, ct) is not { } session)
            return null;
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == userId && u.IsActive, ct);
        if (user is null)
            return null;
        if (now - session.SeenAt >= SeenEvery)
            await SeeAsync(sessionId, now, ct);
        var viewing = user.Role is Role.Admin && session.ViewedClientId is { } viewed ? await ViewingAsync(db, viewed, session.ViewTakesChanges, ct) : default;
        var person = viewing.As is null
            ? new Person(user.Id, user.FullName, user.Email!, user.Role, user.Department, user.ZoneId, user.Culture, sessionId, await GrantsAsync(db, user, ct), null)
            : new(user.Id, user.FullName, user.Email!, Role.Client, null, user.ZoneId, user.Culture, sessionId, viewing.IsOpen ? [viewing.As.Grant] : [], viewing.As);
        return person with { Theme = user.Theme, PhotoId = user.PhotoId };
    }

    private async Task SeeAsync(long sessionId, DateTime now, CancellationToken ct)
    {
        try
        {
            await lane.RunAsync(Self, Can.KeepHouse, db => db.Sessions.Where(s => s.Id == sessionId).ExecuteUpdateAsync(s => s.SetProperty(x => x.SeenAt, now), ct), ct).WaitAsync(Patience, time, ct);
        }
        catch (Exception e) when (e is StoreUnavailable or TimeoutException)
        {
            // Reading goes on while nothing can be saved, and does not wait for it; then they are seen later.
        }
    }

    private static async Task<(Viewing? As, bool IsOpen)> ViewingAsync(PortalDb db, long clientId, bool takesChanges, CancellationToken ct) =>
        await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == clientId, ct) is { } client ? (new(clientId, client.Name, takesChanges), client.IsOpen) : default;

    /// <summary>A client's people reach it while it is open; its agents reach it until it is closed for good.</summary>
    private static Task<List<Grant>> GrantsAsync(PortalDb db, PortalUser user, CancellationToken ct) => (
        from access in db.Access
        join client in db.Clients on access.ClientId equals client.Id
        where access.UserId == user.Id && client.Status != ClientStatus.Closed
            && (user.Role == Role.Agent || client.Status == ClientStatus.Active || client.Status == ClientStatus.Closing)
        select new Grant(access.ClientId, access.Service, access.Level)).ToListAsync(ct);
}
