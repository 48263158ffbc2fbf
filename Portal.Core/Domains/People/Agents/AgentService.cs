namespace Portal.Core.Domains.People;

/// <summary>What an agent does, how much they can take, and who takes their clients over.</summary>
public sealed class AgentService(Database database, Lane lane, PersonDirectory people)
{
    public async Task ChangeAsync(Actor actor, ChangeAgent input, CancellationToken ct = default)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.ManageStaff);
        var agent = await FindAsync(db, input.AgentId, ct);
        var isMoving = input.Department is { } department && department != agent.Department;
        if (isMoving)
            await AgentClients.RefuseAsync(db, agent.Id, "Hand over their clients of this department first.", ct, agent.Department);
        agent.Department = input.Department ?? agent.Department;
        agent.Specialisation = input.Specialisation?.Trim() ?? agent.Specialisation;
        agent.Capacity = input.Capacity ?? agent.Capacity;
        var fields = db.Entry(agent).Properties.Where(p => p.IsModified).Select(p => Input.Name(p.Metadata.Name)).ToList();
        if (fields.Count == 0)
            return;
        agent.Touch();
        db.Record(new AgentProfileChanged(agent.Id, string.Join(", ", fields)));
        await db.SaveChangesAsync(ct);
        people.Forget(agent.Id);
    }

    /// <summary>What the other has already is not given twice, but taken from the leaving one all the same.</summary>
    /// <returns>How many clients the other looks after now who did not before.</returns>
    public async Task<int> HandOverAsync(Actor actor, HandOver input, CancellationToken ct = default)
    {
        Input.Check(input);
        var to = input.To!.Value;
        if (to == input.AgentId)
            throw new Invalid("to", "Choose another agent.");
        var count = await lane.RunAsync(actor, Can.ManageStaff, async db =>
        {
            var (from, other) = (await FindAsync(db, input.AgentId, ct), await FindAsync(db, to, ct));
            if (!other.IsActive || other.Department != from.Department)
                throw new Invalid("to", "Choose an active agent of the same department.");
            var going = await AgentClients.Of(db, from.Id).Where(x => input.Clients == null || input.Clients.Contains(x.Access.ClientId)).ToListAsync(ct);
            var theirs = await AgentClients.Of(db, other.Id).ToListAsync(ct);
            var grows = Growth(going, theirs, other, input.EvenIfFull);
            foreach (var row in going)
                Move(db, row, from, other, isThere: theirs.Any(x => x.Client.Id == row.Client.Id && x.Access.Service == row.Access.Service));
            if (going.Count > 0)
                db.Record(new ClientsHandedOver(from.Id, from.FullName, other.Id, other.FullName, going.Select(x => x.Client.Id).Distinct().Count()));
            return grows;
        }, ct);
        people.Forget(input.AgentId);
        people.Forget(to);
        return count;
    }

    private static async Task<PortalUser> FindAsync(PortalDb db, long id, CancellationToken ct) =>
        await db.Users.SingleOrDefaultAsync(u => u.Id == id && u.Role == Role.Agent, ct) ?? throw new NotFound("agent");

    private static int Growth(List<AssignedRow> going, List<AssignedRow> theirs, PortalUser agent, bool evenIfFull)
    {
        var clients = theirs.Select(x => x.Client.Id).Distinct().ToList();
        var grows = going.Select(x => x.Client.Id).Except(clients).Count();
        return grows == 0 || evenIfFull || clients.Count + grows <= agent.Capacity
            ? grows
            : throw new RuleBroken("agent_at_capacity", $"{agent.FullName} looks after {clients.Count} of at most {agent.Capacity} clients and would get {grows} more.");
    }

    private static void Move(PortalDb db, AssignedRow row, PortalUser from, PortalUser to, bool isThere)
    {
        var (access, client) = (row.Access, row.Client);
        var service = access.Service ?? to.Department ?? Service.Marketing;
        db.Remove(access);
        db.Record(new AgentUnassigned(client.Id, client.Name, from.Id, from.FullName, service));
        if (isThere)
            return;
        db.Add(new Access { UserId = to.Id, ClientId = client.Id, Service = access.Service, Level = AccessLevel.Worker });
        db.Record(new AgentAssigned(client.Id, client.Name, to.Id, to.FullName, service));
    }
}
