namespace Portal.Core.Domains.People;

/// <summary>The agency's people: agents with their load, and administrators.</summary>
public sealed class StaffQueries(Database database)
{
    private const int MostClients = 500;
    private static readonly DateTime Never = DateTime.UnixEpoch;

    private static readonly Sorts<Row> Orders = new Sorts<Row>("name", r => r.User.Id)
        .By("name", r => r.User.SearchName).By("clients", r => r.Clients).By("capacity", r => r.User.Capacity)
        .By("workload", r => r.Clients * 100 / r.User.Capacity).By("last_sign_in", r => r.User.LastSignInAt ?? Never);

    private static readonly Sorts<PortalUser> AdminOrders = new Sorts<PortalUser>("name", u => u.Id)
        .By("name", u => u.SearchName).By("last_sign_in", u => u.LastSignInAt ?? Never);

    public async Task<Paged<AgentLine>> AgentsAsync(Actor actor, AgentPage page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeStaff);
        return await Found(db, page).ToPagedAsync(page, Orders, r => new AgentLine(
            r.User.Id, r.User.FullName, r.User.Email!, r.User.Department, r.User.Specialisation, r.Clients, r.User.Capacity, r.User.IsActive, r.User.LastSignInAt), ct);
    }

    public async Task<Paged<AdminLine>> AdminsAsync(Actor actor, PageRequest page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeStaff);
        var name = Search.Normal(page.Q);
        var admins = db.Users.AsNoTracking().Where(u => u.Role == Role.Admin);
        if (name.Length > 0)
            admins = admins.Where(u => Search.Begins(u.SearchName, name));
        return await admins.ToPagedAsync(page, AdminOrders, u => new AdminLine(u.Id, u.FullName, u.Email!, u.IsActive, u.TwoFactorEnabled, u.LastSignInAt), ct);
    }

    /// <param name="role">When it has to be an agent, or an admin.</param>
    public async Task<StaffMember> GetAsync(Actor actor, long id, Role? role = null, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeStaff);
        var u = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.Role != Role.Client && (role == null || u.Role == role), ct) ?? throw new NotFound("person");
        var clients = await AgentClients.Of(db, id).OrderBy(x => x.Client.SearchName).ThenBy(x => x.Access.Id).Take(MostClients)
            .Select(x => new AgentClient(x.Client.Id, x.Client.Name, x.Client.Status, x.Access.Service)).ToListAsync(ct);
        return new(u.Id, u.FullName, u.Email!, u.Role, u.Department, u.Specialisation, u.Capacity, u.IsActive, u.TwoFactorEnabled, u.LastSignInAt, u.CreatedAt, clients);
    }

    public async Task<TeamFigures> FiguresAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeStaff);
        var agents = await Found(db, new() { Active = true }).Select(r => new { r.Clients, r.User.Capacity }).ToListAsync(ct);
        var (clients, places) = (agents.Sum(a => a.Clients), agents.Sum(a => a.Capacity));
        return new(
            agents.Count,
            clients * 100 / Math.Max(1, places),
            agents.Sum(a => Math.Max(0, a.Capacity - a.Clients)),
            agents.Count(a => a.Clients > a.Capacity),
            await db.Users.CountAsync(u => u.Role == Role.Admin, ct),
            await db.Invitations.CountAsync(i => i.ClientId == null && i.AcceptedAt == null && i.WithdrawnAt == null, ct));
    }

    private static IQueryable<Row> Found(PortalDb db, AgentPage page)
    {
        var agents = db.Users.AsNoTracking().Where(u => u.Role == Role.Agent);
        var name = Search.Normal(page.Q);
        if (name.Length > 0)
            agents = agents.Where(u => Search.Begins(u.SearchName, name));
        if (page.Department is { Value: var department })
            agents = agents.Where(u => u.Department == department);
        if (page.Active is { } active)
            agents = agents.Where(u => u.IsActive == active);
        var rows = agents.Select(u => new Row
        {
            User = u,
            Clients = Assignments.Counted(db).Where(a => a.UserId == u.Id).Select(a => a.ClientId).Distinct().Count(),
        });
        return page.Workload?.Value switch
        {
            WorkloadLevel.Free => rows.Where(r => r.Clients < r.User.Capacity),
            WorkloadLevel.Full => rows.Where(r => r.Clients == r.User.Capacity),
            WorkloadLevel.Over => rows.Where(r => r.Clients > r.User.Capacity),
            _ => rows,
        };
    }

    private sealed class Row
    {
        public required PortalUser User { get; init; }

        public required int Clients { get; init; }
    }
}
