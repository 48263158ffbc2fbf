namespace Portal.Core.Domains.People;

/// <summary>Where a person is signed in, and how they end it.</summary>
public sealed class OwnSessions(Database database, PersonDirectory people, TimeProvider time)
{
    private static readonly Sorts<Session> Orders = new Sorts<Session>("-id", s => s.Id).By("id", s => s.Id).By("seen_at", s => s.SeenAt);

    /// <param name="sessionId">The session that asks.</param>
    public async Task<Paged<OwnSession>> ListAsync(Actor actor, long sessionId, PageRequest page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeSelf);
        var found = await Alive(db, actor.UserId, time.Now()).AsNoTracking().ToPagedAsync(
            page, Orders, s => new OwnSession(s.Id, s.Kind, s.Method, s.Device, s.Address, s.CreatedAt, s.SeenAt, s.ExpiresAt, s.Id == sessionId), ct);
        return found with { Items = [.. found.Items.Select(s => s with { Device = Devices.Name(s.Device) })] };
    }

    /// <summary>Ending one that has ended is fine.</summary>
    public async Task EndAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeSelf);
        var session = await db.Sessions.SingleOrDefaultAsync(s => s.Id == id && s.UserId == actor.UserId, ct) ?? throw new NotFound("session");
        if (!session.IsAlive(time.Now()))
            return;
        session.End(time.Now());
        db.Record(new SignedOut(actor.UserId, session.Id));
        await db.SaveChangesAsync(ct);
        people.Forget(actor.UserId);
    }

    /// <returns>How many there were.</returns>
    public async Task<int> EndOthersAsync(Actor actor, long sessionId, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeSelf);
        var others = await AliveAsync(db, actor.UserId, time.Now(), except: sessionId, ct);
        if (others.Count == 0)
            return 0;
        foreach (var session in others)
            session.End(time.Now());
        db.Record(new SessionsEnded(actor.UserId, others.Count));
        await db.SaveChangesAsync(ct);
        people.Forget(actor.UserId);
        return others.Count;
    }

    internal static Task<List<Session>> AliveAsync(PortalDb db, long userId, DateTime now, long except, CancellationToken ct) =>
        Alive(db, userId, now).Where(s => s.Id != except).ToListAsync(ct);

    private static IQueryable<Session> Alive(PortalDb db, long userId, DateTime now) =>
        db.Sessions.Where(s => s.UserId == userId && s.EndedAt == null && s.ExpiresAt > now);
}
