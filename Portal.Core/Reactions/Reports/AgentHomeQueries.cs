using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Reports;

public sealed record AgentHome(AgentLoad Load, IReadOnlyList<HomeClient> Clients, IReadOnlyList<NewClient> New, int People, int Joined, IReadOnlyList<HomeEvent> Latest);

/// <summary>One of an agent's clients, with all services they work on for it.</summary>
public sealed record HomeClient(long Id, string Name, ClientStatus Status, string Reason, DateTime? ClosesAt, IReadOnlyList<Service> Services);

public sealed record NewClient(long Id, string Name, Service Service, string By, DateTime At);

/// <summary>An agent's Home: their clients, and what has changed with them.</summary>
public sealed class AgentHomeQueries(Database database, TimeProvider time)
{
    private const int MostClients = 200;
    private static readonly TimeSpan IsNew = TimeSpan.FromDays(7);
    private static readonly TimeSpan Lately = TimeSpan.FromDays(30);

    public async Task<AgentHome> GetAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeOwnWork);
        var now = time.Now();
        var me = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == actor.UserId, ct) ?? throw new NotFound("user");
        var clients = await ClientsAsync(db, me.Id, ct);
        var reached = await db.Access.Where(a => a.UserId == me.Id).Select(a => a.ClientId).Distinct().ToListAsync(ct);
        var theirs = db.Access.Where(a => a.Level != AccessLevel.Worker && reached.Contains(a.ClientId));
        var joined = EventTypes.Name(typeof(MemberJoined));
        return new(
            new(me.Id, me.FullName, me.Department, await Assignments.Counted(db).Where(a => a.UserId == me.Id).Select(a => a.ClientId).Distinct().CountAsync(ct), me.Capacity),
            clients,
            await NewAsync(db, me.Id, now - IsNew, ct),
            await theirs.Select(a => a.UserId).Distinct().CountAsync(ct),
            await db.Events.CountAsync(e => e.Type == joined && e.At >= now - Lately, ct),
            await db.LatestAsync(db.Events.Where(e => reached.Contains(e.ClientId!.Value)).Select(e => e.Id), ct));
    }

    private static async Task<List<HomeClient>> ClientsAsync(PortalDb db, long me, CancellationToken ct)
    {
        var rows = await db.Access.Where(a => a.UserId == me).Join(db.Clients.Where(c => c.Status != ClientStatus.Closed), a => a.ClientId, c => c.Id, (a, c) => new { a.Service, Client = c })
            .OrderBy(x => x.Client.SearchName).Take(MostClients)
            .Select(x => new { x.Service, x.Client.Id, x.Client.Name, x.Client.Status, x.Client.StatusReason, x.Client.ClosesAt }).ToListAsync(ct);
        return [.. rows.GroupBy(r => r.Id).Select(g => new HomeClient(
            g.Key, g.First().Name, g.First().Status, g.First().StatusReason, g.First().ClosesAt, [.. g.Select(r => r.Service).OfType<Service>().Order()]))];
    }

    /// <summary>Who came to this agent lately: the assignments, as they are in the log.</summary>
    private static async Task<List<NewClient>> NewAsync(PortalDb db, long me, DateTime from, CancellationToken ct)
    {
        var type = EventTypes.Name(typeof(AgentAssigned));
        var rows = await db.Events.Where(e => e.Type == type && e.At >= from).OrderByDescending(e => e.Id).Take(MostClients).Select(e => new { e.At, e.ActorName, e.Data }).ToListAsync(ct);
        return [.. rows.Select(r => (r.At, r.ActorName, What: EventTypes.Read(type, r.Data) as AgentAssigned)).Where(r => r.What?.AgentId == me)
            .DistinctBy(r => r.What!.ClientId).Select(r => new NewClient(r.What!.ClientId, r.What.ClientName, r.What.Service, r.ActorName, r.At))];
    }
}
