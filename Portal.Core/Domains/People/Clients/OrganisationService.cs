using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Domains.People;

/// <summary>What a client's own people do with their organisation: its profile, and whether it stays.</summary>
public sealed class OrganisationService(Database database, TimeProvider time)
{
    public async Task<OrganisationProfile> GetAsync(Actor actor, long? ofClient = null, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeOrganisation);
        return OrganisationProfile.Of(await FindAsync(db, OwnClient.IdFor(actor, Can.SeeOrganisation, ofClient), ct));
    }

    public async Task SaveAsync(Actor actor, long? ofClient, OrganisationProfile input, CancellationToken ct = default)
    {
        Input.Check(input);
        var clientId = OwnClient.IdFor(actor, Can.ManageOrganisation, ofClient);
        await using var db = database.Open(actor, Can.ManageOrganisation, clientId);
        var client = await FindAsync(db, clientId, ct);
        input.WriteTo(client);
        if (ProfileChange.Of(db, client, input.Version) is not { Length: > 0 } fields)
            return;
        db.Record(new ClientProfileChanged(client.Id, fields));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Whether the organisation is about to be closed, and when.</summary>
    public async Task<OrganisationState> StateAsync(Actor actor, long? ofClient = null, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeOrganisation);
        var client = await FindAsync(db, OwnClient.IdFor(actor, Can.SeeOrganisation, ofClient), ct);
        return new(client.Id, client.Name, client.Status, client.Status is ClientStatus.Closing ? client.ClosesAt : null);
    }

    /// <summary>For two weeks an owner can think better of it.</summary>
    public async Task CloseAsync(Actor actor, long? ofClient, CloseOrganisation input, CancellationToken ct = default)
    {
        Input.Check(input);
        var clientId = OwnClient.IdFor(actor, Can.CloseOrganisation, ofClient);
        await using var db = database.Open(actor, Can.CloseOrganisation, clientId);
        var client = await FindAsync(db, clientId, ct);
        if (Search.Normal(input.Name) != client.SearchName)
            throw new Invalid("name", $"Write the name as it stands here: {client.Name}");
        if (client.Status is ClientStatus.Closing)
            return;
        client.BeginClosing(time.Now());
        db.Record(new ClientClosing(client.Id, client.Name, client.ClosesAt!.Value));
        await db.SaveChangesAsync(ct);
    }

    public async Task KeepAsync(Actor actor, long? ofClient = null, CancellationToken ct = default)
    {
        var clientId = OwnClient.IdFor(actor, Can.CloseOrganisation, ofClient);
        await using var db = database.Open(actor, Can.CloseOrganisation, clientId);
        var client = await FindAsync(db, clientId, ct);
        if (client.Status is ClientStatus.Active)
            return;
        client.Keep();
        db.Record(new ClientKept(client.Id, client.Name));
        await db.SaveChangesAsync(ct);
    }

    private static async Task<Client> FindAsync(PortalDb db, long id, CancellationToken ct) =>
        await db.Clients.SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound("client");
}

/// <summary>Whoever closes an organisation writes its name, so that it is no slip.</summary>
public sealed class CloseOrganisation
{
    [Required(ErrorMessage = "Write the organisation's name."), MaxLength(200)]
    public string Name { get; set; } = "";
}

public sealed record OrganisationState(long ClientId, string Name, ClientStatus Status, DateTime? ClosesAt);
