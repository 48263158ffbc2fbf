namespace Portal.Core.Domains.People;

/// <summary>Whose organisation it is about: a client's people have one, everyone else says which.</summary>
internal static class OwnClient
{
    public static long IdFor(Actor actor, Can can, long? clientId) => (clientId, actor) switch
    {
        _ when !actor.May(can) => throw new Forbidden(can),
        ({ } named, _) => named,
        (_, { Role: Role.Client, Grants: [var own, ..] }) => own.ClientId,
        (_, { Role: Role.Client }) => throw new Forbidden(can),
        _ => throw new Invalid("client", "Say which client."),
    };

    /// <summary>The client, for whoever may do this there. Within the lane, which asks for the verb only.</summary>
    public static async Task<Client> FindAsync(PortalDb db, Actor actor, Can can, long clientId, CancellationToken ct)
    {
        var client = await db.Clients.SingleOrDefaultAsync(c => c.Id == clientId, ct) ?? throw new NotFound("client");
        return actor.May(can, clientId) ? client : throw new Forbidden(can);
    }
}
