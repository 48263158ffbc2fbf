namespace Portal.Core.Domains.People;

/// <summary>The clients that an agent looks after; one that was declined or is closed for good needs nobody.</summary>
internal static class AgentClients
{
    public static IQueryable<AssignedRow> Of(PortalDb db, long agentId) =>
        db.Access.Where(a => a.UserId == agentId).Join(db.Clients.Where(c => c.Status != ClientStatus.Declined && c.Status != ClientStatus.Closed), a => a.ClientId, c => c.Id, (a, c) => new AssignedRow { Access = a, Client = c });

    public static async Task RefuseAsync(PortalDb db, long agentId, string message, CancellationToken ct, Service? service = null)
    {
        if (await Of(db, agentId).AnyAsync(x => service == null || x.Access.Service == service, ct))
            throw new RuleBroken("agent_has_clients", message);
    }
}

internal sealed class AssignedRow
{
    public required Access Access { get; init; }

    public required Client Client { get; init; }
}
