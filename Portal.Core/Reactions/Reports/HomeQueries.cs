using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Reports;

/// <summary>The three Homes: what there is, from the rows there are.</summary>
public sealed class HomeQueries(Database database, TimeProvider time)
{
    private const int Latest = 8;

    public async Task<AdminHome> AdminAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeAudit);
        var (now, signIn) = (time.Now(), EventTypes.Name(typeof(SignedIn)));
        var (week, before) = (now.AddDays(-7), now.AddDays(-14));
        return new(
            await db.Clients.CountAsync(c => c.Status == ClientStatus.Active, ct),
            await db.Clients.CountAsync(c => c.Status == ClientStatus.Pending, ct),
            await db.Users.CountAsync(u => u.IsActive, ct),
            await db.Users.CountAsync(u => u.IsActive && u.Role == Role.Agent, ct),
            await db.Events.CountAsync(e => e.Type == signIn && e.At >= week, ct),
            await db.Events.CountAsync(e => e.Type == signIn && e.At >= before && e.At < week, ct),
            await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Waiting || d.Status == DeliveryStatus.Sending, ct),
            await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Dead, ct),
            await db.Events.CountAsync(e => e.NextTryAt != null, ct),
            await LatestAsync(db.Events, ct));
    }

    public async Task<AgentHome> AgentAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeHome);
        var clients = await db.Access.Where(a => a.UserId == actor.UserId)
            .Join(db.Clients, a => a.ClientId, c => c.Id, (a, c) => new AssignedClient(c.Id, c.Name, c.Status, a.Service, c.CreatedAt))
            .OrderBy(c => c.Name).Take(100).ToListAsync(ct);
        return new(clients, await LatestAsync(db.Events, ct));
    }

    public async Task<ClientHome> ClientAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeHome);
        var client = await db.Clients.AsNoTracking().OrderBy(c => c.Id).FirstOrDefaultAsync(ct) ?? throw new NotFound("client");
        var people = await db.Access.Where(a => a.ClientId == client.Id && a.Level != AccessLevel.Worker)
            .Join(db.Users, a => a.UserId, u => u.Id, (a, u) => new HomePerson(u.Id, u.FullName, a.Level, null))
            .OrderBy(p => p.Name).Take(50).ToListAsync(ct);
        var agents = await db.Access.Where(a => a.ClientId == client.Id && a.Level == AccessLevel.Worker)
            .Join(db.Users, a => a.UserId, u => u.Id, (a, u) => new HomePerson(u.Id, u.FullName, a.Level, a.Service))
            .OrderBy(p => p.Name).Take(50).ToListAsync(ct);
        return new(client.Name, client.Status, client.CreatedAt, people, agents, await LatestAsync(db.Events.Where(e => e.ClientId == client.Id), ct));
    }

    private static Task<List<HomeEvent>> LatestAsync(IQueryable<EventRow> events, CancellationToken ct) =>
        events.AsNoTracking().OrderByDescending(e => e.Id).Take(Latest)
            .Select(e => new HomeEvent(e.Id, e.At, e.Type, e.ActorName, e.SubjectKind, e.SubjectId)).ToListAsync(ct);
}
