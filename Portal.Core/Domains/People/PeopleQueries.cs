namespace Portal.Core.Domains.People;

public sealed class PeopleQueries(Database database)
{
    public async Task<Me> MeAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeSelf);
        var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == actor.UserId, ct) ?? throw new NotFound("user");
        var clients = await db.Access.Where(a => a.UserId == actor.UserId)
            .Join(db.Clients, a => a.ClientId, c => c.Id, (a, c) => new MyClient(c.Id, c.Name, c.Status, a.Level, a.Service))
            .OrderBy(c => c.Name).Take(1000).ToListAsync(ct);
        return new(user.Id, user.Email!, user.FullName, user.Role, user.Department, user.ZoneId, clients);
    }
}
