using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Reports;

/// <summary>The three Homes: what there is, from the rows there are.</summary>
public sealed class HomeQueries(Database database, PeopleQueries people, TimeProvider time)
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
            await db.Events.CountAsync(e => e.NextTryAt == null && e.DoneAt == null, ct),
            await LatestAsync(db, db.Events, ct));
    }

    public async Task<AgentHome> AgentAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeHome);
        return new(await people.AssignedAsync(actor, ct), await LatestAsync(db, db.Events, ct));
    }

    public async Task<ClientHome> ClientAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeHome);
        var client = await db.Clients.AsNoTracking().OrderBy(c => c.Id).FirstOrDefaultAsync(ct) ?? throw new NotFound("client");
        var team = (await people.TeamAsync(actor, client.Id, ct)).ToLookup(p => p.Level is AccessLevel.Worker);
        return new(client.Name, client.Status, client.CreatedAt, [.. team[false]], [.. team[true]], await LatestAsync(db, db.Events.Where(e => e.ClientId == client.Id), ct));
    }

    internal static Task<List<HomeEvent>> LatestAsync(PortalDb db, IQueryable<EventRow> events, CancellationToken ct) =>
        events.AsNoTracking().OrderByDescending(e => e.Id).Take(Latest).Select(e => new HomeEvent(
            e.Id, e.At, e.Type, e.ActorId, e.ActorName, e.SubjectKind, e.SubjectId,
            e.SubjectKind == "user" ? db.Users.Where(u => u.Id == e.SubjectId).Select(u => u.FullName).FirstOrDefault()
                : e.SubjectKind == "client" ? db.Clients.Where(c => c.Id == e.SubjectId).Select(c => c.Name).FirstOrDefault() : null)).ToListAsync(ct);
}
