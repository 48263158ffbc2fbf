namespace Portal.Core.Domains.People;

/// <summary>Whose organisation it is about: a client's people have one, everyone else says which.</summary>
internal static class OwnClient
{
    public static long IdFor(Actor actor, long? clientId) => (clientId, actor) switch
    {
        ({ } named, _) => named,
        (_, { Role: Role.Client, Grants: [var own, ..] }) => own.ClientId,
        (_, { Role: Role.Client }) => 0, // who reaches none is refused at the door
        _ => throw new Invalid("client", "Say which client."),
    };

    /// <summary>The client, for whoever may do this there. Within the lane, which asks for the verb only.</summary>
    public static async Task<Client> FindAsync(PortalDb db, Actor actor, Can can, long clientId, CancellationToken ct)
    {
        var client = await db.Clients.SingleOrDefaultAsync(c => c.Id == clientId, ct) ?? throw new NotFound("client");
        return actor.May(can, clientId) ? client : throw new Forbidden(can);
    }
}
