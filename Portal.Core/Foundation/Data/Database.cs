namespace Portal.Core.Foundation;

/// <summary>The one door to the data. It refuses the verb, fences what is read and guards what is written.</summary>
public sealed class Database(IProvider provider, TimeProvider time)
{
    private readonly WriteGate gate = provider.MakeGate();

    internal IProvider Provider { get; } = provider;

    internal WriteGate Gate => gate;

    public PortalDb Open(Actor actor, Can can) =>
        actor.May(can) ? Provider.Create(Provider.Options, new(actor, can, time, gate)) : throw new Forbidden(can, actor);

    /// <summary>For set-based changes of one client's rows: refuses unless the actor's level for that client carries the verb.</summary>
    public PortalDb Open(Actor actor, Can can, long clientId)
    {
        if (!actor.May(can))
            throw new Forbidden(can, actor);
        if (actor.SeesAll || actor.May(can, clientId))
            return Open(actor, can);
        throw actor.Grants.Any(g => g.ClientId == clientId) ? new Forbidden(can, actor) : new NotFound("client");
    }

    /// <summary>For the lane, which has the turn to write already.</summary>
    internal DbScope LaneScope(Actor actor, Can can) => new(actor, can, time, WriteGate.Open);
}

/// <summary>On whose behalf a <see cref="PortalDb"/> is open, and for which verb.</summary>
public sealed record DbScope(Actor Actor, Can Can, TimeProvider Time, WriteGate Gate);
