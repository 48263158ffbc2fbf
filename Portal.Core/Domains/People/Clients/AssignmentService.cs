namespace Portal.Core.Domains.People;

/// <summary>Who works for which client. In the lane, so that two who assign at once do not both take the last place.</summary>
public sealed class AssignmentService(Lane lane, PersonDirectory directory)
{
    /// <summary>Assigning again changes nothing.</summary>
    public async Task AssignAsync(Actor actor, AgentAssignment input, CancellationToken ct = default)
    {
        Input.Check(input);
        await lane.RunAsync(actor, Can.ManageClients, async db =>
        {
            var client = await db.Clients.SingleOrDefaultAsync(c => c.Id == input.ClientId, ct) ?? throw new NotFound("client");
            var agent = await AgentAsync(db, input.Agent!.Value, ct);
            var service = Department(agent, input.Service);
            if (await db.Access.AnyAsync(a => a.UserId == agent.Id && a.ClientId == client.Id && a.Service == service, ct))
                return;
            if (client.Status is ClientStatus.Declined or ClientStatus.Closed)
                throw new RuleBroken("client_closed", $"{client.Name} is {client.Status.ToString().ToLowerInvariant()}; nobody can be assigned to it.");
            if (!agent.IsActive)
                throw new RuleBroken("agent_inactive", $"{agent.FullName} no longer works here.");
            if (!input.EvenIfFull)
                await RefuseFullAsync(db, agent, client.Id, ct);
            db.Add(new Access { UserId = agent.Id, ClientId = client.Id, Service = service, Level = AccessLevel.Worker });
            db.Record(new AgentAssigned(client.Id, client.Name, agent.Id, agent.FullName, service));
        }, ct);
        directory.Forget(input.Agent!.Value);
    }

    /// <summary>Taking off someone who is not on changes nothing.</summary>
    public async Task UnassignAsync(Actor actor, AgentAssignment input, CancellationToken ct = default)
    {
        Input.Check(input);
        await lane.RunAsync(actor, Can.ManageClients, async db =>
        {
            var client = await db.Clients.SingleOrDefaultAsync(c => c.Id == input.ClientId, ct) ?? throw new NotFound("client");
            var agent = await AgentAsync(db, input.Agent!.Value, ct);
            var rows = await db.Access.Where(a => a.UserId == agent.Id && a.ClientId == client.Id && a.Level == AccessLevel.Worker && (input.Service == null || a.Service == input.Service)).ToListAsync(ct);
            db.RemoveRange(rows);
            foreach (var row in rows)
                db.Record(new AgentUnassigned(client.Id, client.Name, agent.Id, agent.FullName, row.Service ?? agent.Department ?? Service.Marketing));
        }, ct);
        directory.Forget(input.Agent!.Value);
    }

    private static async Task<PortalUser> AgentAsync(PortalDb db, long id, CancellationToken ct) =>
        await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.Role == Role.Agent, ct) ?? throw new NotFound("agent");

    private static Service Department(PortalUser agent, Service? wanted) => agent.Department is { } department && (wanted ?? department) == department
        ? department
        : throw new RuleBroken("wrong_department", $"{agent.FullName} works in {agent.Department?.ToString().ToLowerInvariant() ?? "no department"}.");

    private static async Task RefuseFullAsync(PortalDb db, PortalUser agent, long clientId, CancellationToken ct)
    {
        var others = await Assignments.Counted(db).Where(a => a.UserId == agent.Id && a.ClientId != clientId).Select(a => a.ClientId).Distinct().CountAsync(ct);
        if (others >= agent.Capacity)
            throw new RuleBroken("agent_at_capacity", $"{agent.FullName} looks after {others} clients already and can look after {agent.Capacity}.");
    }
}
