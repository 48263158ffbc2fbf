namespace Portal.Core.Domains.People;

/// <summary>An admin looks at a client's portal as its people see it. Every step of it is written down.</summary>
public sealed class ViewService(Database database, PersonDirectory people)
{
    private const int LongestPage = 200;

    /// <summary>Whoever looks at another client already leaves that one for it.</summary>
    public async Task BeginAsync(Actor actor, long sessionId, long clientId, CancellationToken ct = default)
    {
        await using var db = database.Open(actor.Self, Can.ViewAsClient);
        var client = await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == clientId, ct) ?? throw new NotFound("client");
        var session = await OwnAsync(db, actor, sessionId, ct);
        if (session.ViewedClientId == client.Id)
            return;
        if (session.ViewedClientId is { } before)
            db.Record(new ClientViewEnded(before, await db.Clients.Where(c => c.Id == before).Select(c => c.Name).SingleAsync(ct)));
        session.View(client.Id);
        db.Record(new ClientViewed(client.Id, client.Name));
        await db.SaveChangesAsync(ct);
        people.Forget(actor.UserId);
    }

    /// <summary>From here on what they do there is done, in their name.</summary>
    public async Task TakeChangesAsync(Actor actor, long sessionId, CancellationToken ct = default)
    {
        if (actor.Viewing is { TakesChanges: true })
            return;
        if (actor.Viewing is not null && actor.Grants.Count == 0)
            throw new RuleBroken("client_not_active", "Nobody changes anything in an organisation that is not open.");
        await using var db = database.Open(actor.Self, Can.SeeSelf);
        (await OwnAsync(db, actor, sessionId, ct)).TakeChanges();
        db.Record(new ClientChangesTaken(actor.Viewing!.ClientId, actor.Viewing.ClientName));
        await db.SaveChangesAsync(ct);
        people.Forget(actor.UserId);
    }

    public async Task EndAsync(Actor actor, long sessionId, CancellationToken ct = default)
    {
        if (actor.Viewing is not { } viewing)
            return;
        await using var db = database.Open(actor.Self, Can.SeeSelf);
        (await OwnAsync(db, actor, sessionId, ct)).EndView();
        db.Record(new ClientViewEnded(viewing.ClientId, viewing.ClientName));
        await db.SaveChangesAsync(ct);
        people.Forget(actor.UserId);
    }

    /// <summary>A page that they opened while looking; of anyone else nothing is kept.</summary>
    public async Task SawAsync(Actor actor, string page, CancellationToken ct = default)
    {
        if (actor.Viewing is not { } viewing)
            return;
        await using var db = database.Open(actor, Can.SeeSelf);
        db.Record(new ClientPageViewed(viewing.ClientId, page.Length <= LongestPage ? page : page[..LongestPage]));
        await db.SaveChangesAsync(ct);
    }

    private static async Task<Session> OwnAsync(PortalDb db, Actor actor, long sessionId, CancellationToken ct) =>
        await db.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.UserId == actor.UserId && s.EndedAt == null, ct) ?? throw new NotFound("session");
}
