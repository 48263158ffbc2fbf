namespace Portal.Core.Domains.People;

/// <summary>The clients that an agent looks after: those that count against their capacity, with each service.</summary>
internal static class AgentClients
{
    public static IQueryable<AssignedRow> Of(PortalDb db, long agentId) =>
        Assignments.Counted(db).Where(a => a.UserId == agentId).Join(db.Clients, a => a.ClientId, c => c.Id, (a, c) => new AssignedRow { Access = a, Client = c });

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
