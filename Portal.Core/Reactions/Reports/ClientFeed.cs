namespace Portal.Core.Reactions.Reports;

/// <summary>What happened to one client, newest first, for the agency's people who reach it.</summary>
public sealed class ClientFeed(Database database)
{
    private static readonly Sorts<EventRow> Orders = new Sorts<EventRow>("-id", e => e.Id).By("id", e => e.Id);

    public async Task<Paged<HomeEvent>> ListAsync(Actor actor, long clientId, PageRequest page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeClients);
        if (!await db.Clients.AnyAsync(c => c.Id == clientId, ct))
            throw new NotFound("client");
        return await db.Events.AsNoTracking().Where(e => e.ClientId == clientId).ToPagedAsync(page, Orders, e => new HomeEvent(
            e.Id, e.At, e.Type, e.ActorId, e.ActorName, e.SubjectKind, e.SubjectId,
            e.SubjectKind == "client" ? db.Clients.Where(c => c.Id == e.SubjectId).Select(c => c.Name).FirstOrDefault() : null), ct);
    }
}
