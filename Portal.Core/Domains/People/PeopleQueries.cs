namespace Portal.Core.Domains.People;

public sealed class PeopleQueries(Database database)
{
    /// <summary>Everyone who reaches a client that the actor reaches: its own people, and the agents who work for it.</summary>
    public async Task<IReadOnlyList<TeamMember>> TeamAsync(Actor actor, long clientId, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeHome);
        return await db.Clients.Where(c => c.Id == clientId).Join(db.Access, c => c.Id, a => a.ClientId, (c, a) => a)
            .Join(db.Users, a => a.UserId, u => u.Id, (a, u) => new { Access = a, User = u }).OrderBy(x => x.User.FullName).Take(100)
            .Select(x => new TeamMember(x.User.Id, x.User.FullName, x.Access.Level, x.Access.Service)).ToListAsync(ct);
    }

    public async Task<Me> MeAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeSelf);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == actor.UserId, ct) ?? throw new NotFound("user");
        var clients = await db.Access.Where(a => a.UserId == actor.UserId)
            .Join(db.Clients, a => a.ClientId, c => c.Id, (a, c) => new { Access = a, Client = c }).OrderBy(x => x.Client.Name).Take(1000)
            .Select(x => new MyClient(x.Client.Id, x.Client.Name, x.Client.Status, x.Access.Level, x.Access.Service)).ToListAsync(ct);
        return new(user.Id, user.Email!, user.FullName, user.Role, user.Department, user.ZoneId, clients);
    }

    /// <summary>Read by access and not by grant: whoever waits for approval has no grant yet, and may see what they wait for.</summary>
    public async Task<MyOrganisation> MyClientAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeSelf);
        var mine = actor.Viewing is { Grant: var viewed }
            ? db.Clients.Where(c => c.Id == viewed.ClientId).Select(c => new { Client = c, viewed.Level })
            : db.Access.Where(a => a.UserId == actor.UserId && a.Level != AccessLevel.Worker).Join(db.Clients, a => a.ClientId, c => c.Id, (a, c) => new { Client = c, a.Level });
        var found = actor.Role is Role.Client ? await mine.AsNoTracking().FirstOrDefaultAsync(ct) : null;
        return found is { Client: var c, Level: var level }
            ? new(c.Id, c.Name, c.Status, c.StatusReason, level, c.LegalName, c.TaxId, c.BillingAddress, c.Phone, c.Website, c.CurrencyCode, c.ZoneId, c.CreatedAt)
            : throw new NotFound("organisation: only a client's people belong to one");
    }
}
