namespace Portal.Core.Domains.People;

/// <summary>An agent's own clients and figures. What was closed for good is no work any more.</summary>
public sealed class AgentClientQueries(Database database, ICreditStanding credits, TimeProvider time)
{
    private static readonly Sorts<Client> Orders = new Sorts<Client>("name", c => c.Id).By("created", c => c.Id).By("name", c => c.SearchName);

    public async Task<Paged<AgentClientRow>> ListAsync(Actor actor, PageRequest page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeOwnWork);
        var (name, me) = (Search.Normal(page.Q), actor.UserId);
        var mine = name.Length == 0 ? Mine(db, me) : Mine(db, me).Where(c => Search.Begins(c.SearchName, name));
        return await mine.ToPagedAsync(page, Orders, c => new AgentClientRow(
            c.Id, c.Name, c.Status,
            db.Access.Where(a => a.ClientId == c.Id && a.UserId == me).Select(a => a.Service).FirstOrDefault(),
            db.Access.Where(a => a.ClientId == c.Id && a.Level == AccessLevel.Owner).OrderBy(a => a.Id).Select(a => db.Users.First(u => u.Id == a.UserId).FullName).FirstOrDefault(),
            db.Access.Where(a => a.ClientId == c.Id && a.Level == AccessLevel.Owner).OrderBy(a => a.Id).Select(a => db.Users.First(u => u.Id == a.UserId).Email).FirstOrDefault(),
            c.CreatedAt), ct);
    }

    public async Task<AgentClientDetail> GetAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeOwnWork);
        var client = await Mine(db, actor.UserId).SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound("client");
        return new(
            client.Id, client.Name, client.Status, client.StatusReason, client.CurrencyCode, client.ZoneId, client.Phone, client.Website,
            (await credits.OfAsync(db, [id], ct))[id], client.AgencyNote, client.CreatedAt, client.ClosesAt,
            await ClientTeam.PeopleAsync(db, id, ct), await ClientTeam.AgentsAsync(db, id, ct));
    }

    public async Task<AgentStats> StatsAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeOwnWork);
        var me = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == actor.UserId, ct) ?? throw new NotFound("agent");
        var mine = Assignments.Counted(db).Where(a => a.UserId == me.Id);
        var clients = db.Clients.Where(c => mine.Any(a => a.ClientId == c.Id));
        var (current, month) = (await clients.CountAsync(ct), MonthBegan(Zone.OfOrUtc(me.ZoneId)));
        var byService = await mine.Where(a => a.Service != null).GroupBy(a => a.Service!.Value).Select(g => new { g.Key, Count = g.Count() }).ToListAsync(ct);
        return new(
            current, me.Capacity, me.Capacity == 0 ? 100 : current * 100 / me.Capacity,
            await clients.CountAsync(c => c.CreatedAt >= month, ct),
            await clients.CountAsync(c => c.Status == ClientStatus.Pending, ct),
            await clients.CountAsync(c => c.Status == ClientStatus.Inactive, ct),
            [.. byService.OrderBy(s => s.Key).Select(s => new ServiceCount(s.Key, s.Count))]);
    }

    // The fence lets through no other; the own assignment is named for those who have several roles over time.
    private static IQueryable<Client> Mine(PortalDb db, long me) =>
        db.Clients.AsNoTracking().Where(c => c.Status != ClientStatus.Closed && db.Access.Any(a => a.ClientId == c.Id && a.UserId == me && a.Level == AccessLevel.Worker));

    private DateTime MonthBegan(Zone zone)
    {
        var today = time.Today(zone);
        return zone.ToUtc(new(today.Year, today.Month, 1), TimeOnly.MinValue);
    }
}
