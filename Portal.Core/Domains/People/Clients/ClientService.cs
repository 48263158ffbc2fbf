namespace Portal.Core.Domains.People;

/// <summary>Opens clients for the agency and takes them through their states.</summary>
public sealed class ClientService(Database database, Lane lane, OwnerInvitations invitations, PersonDirectory directory, TimeProvider time)
{
    public Task<long> CreateAsync(Actor actor, OpenClient input, CancellationToken ct = default)
    {
        Input.Check(input);
        return lane.RunAsync(actor, Can.ManageClients, async db =>
        {
            await RefuseKnownAsync(db, input, ct);
            var client = new Client { Name = input.Name.Trim(), CurrencyCode = Currency.Of(input.Currency).Code, ZoneId = input.Zone, CreatedAt = time.Now() };
            client.Approve(time.Now());
            db.Add(client);
            await db.SaveChangesAsync(ct); // The invitation and the events name it.
            db.Record(new ClientOpened(client.Id, client.Name));
            if (input.OwnerEmail.Length > 0)
                await invitations.AddAsync(db, client, input.OwnerName.Trim(), input.OwnerEmail, actor, send: true, ct);
            return client.Id;
        }, ct);
    }

    public Task ApproveAsync(Actor actor, ClientStep input, CancellationToken ct = default) => ChangeAsync(actor, input, client =>
    {
        client.Approve(time.Now());
        return new ClientApproved(client.Id, client.Name);
    }, ct);

    public Task DeclineAsync(Actor actor, ClientStepWithReason input, CancellationToken ct = default) => ChangeAsync(actor, input, client =>
    {
        client.Decline(input.Reason);
        return new ClientDeclined(client.Id, client.Name, input.Reason);
    }, ct);

    public Task ActivateAsync(Actor actor, ClientStep input, CancellationToken ct = default) => ChangeAsync(actor, input, client =>
    {
        client.Activate();
        return new ClientActivated(client.Id, client.Name);
    }, ct);

    public Task DeactivateAsync(Actor actor, ClientStepWithReason input, CancellationToken ct = default) => ChangeAsync(actor, input, client =>
    {
        client.Deactivate(input.Reason);
        return new ClientDeactivated(client.Id, client.Name, input.Reason);
    }, ct);

    public Task SetStatusAsync(Actor actor, ClientStatusChange input, CancellationToken ct = default)
    {
        Input.Check(input);
        return input.Status switch
        {
            ClientStatus.Active => ActivateAsync(actor, input, ct),
            ClientStatus.Inactive => DeactivateAsync(actor, new() { ClientId = input.ClientId, Version = input.Version, Reason = input.Reason }, ct),
            _ => throw new Invalid("status", "Say active or inactive."),
        };
    }

    public async Task EditAsync(Actor actor, EditClient input, CancellationToken ct = default)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.ManageClients);
        var client = await FindAsync(db, input.ClientId, input.Version, ct);
        var noted = input.Note is { } note && note != client.AgencyNote;
        client.AgencyNote = input.Note ?? client.AgencyNote;
        var before = (client.Name, client.CurrencyCode, client.ZoneId);
        client.Name = input.Name?.Trim() ?? client.Name;
        client.CurrencyCode = input.Currency is { } code ? Currency.Of(code).Code : client.CurrencyCode;
        client.ZoneId = input.Zone ?? client.ZoneId;
        var changed = new[] { (before.Name != client.Name, "name"), (before.CurrencyCode != client.CurrencyCode, "currency"), (before.ZoneId != client.ZoneId, "zone") }.Where(f => f.Item1).Select(f => f.Item2).ToList();
        if (changed.Count > 0)
            db.Record(new ClientProfileChanged(client.Id, string.Join(", ", changed)));
        if (noted)
            db.Record(new ClientNoteChanged(client.Id));
        await db.SaveChangesAsync(ct);
    }

    private async Task ChangeAsync(Actor actor, ClientStep input, Func<Client, ClientEvent> change, CancellationToken ct)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.ManageClients);
        var client = await FindAsync(db, input.ClientId, input.Version, ct);
        db.Record(change(client));
        await db.SaveChangesAsync(ct);
        foreach (var person in await db.Access.Where(a => a.ClientId == client.Id).Select(a => a.UserId).Distinct().ToListAsync(ct))
            directory.Forget(person);
    }

    private static async Task<Client> FindAsync(PortalDb db, long id, long? version, CancellationToken ct)
    {
        var client = await db.Clients.SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound("client");
        return version is null || version == client.Version ? client : throw new Conflict("changed", "Someone else changed this in the meantime. Load it again.");
    }

    /// <summary>So that asking twice opens one client, and nobody is invited to two.</summary>
    private static async Task RefuseKnownAsync(PortalDb db, OpenClient input, CancellationToken ct)
    {
        var name = Search.Normal(input.Name);
        if (await Registrations.SettledClients(db).AnyAsync(c => c.SearchName == name, ct))
            throw new Invalid("name", "There is a client of this name already.");
        if (input.OwnerEmail.Length > 0 && (await OwnerInvitations.KnownAsync(db, [input.OwnerEmail], ct)).Count > 0)
            throw new Invalid("owner_email", "Someone with this address is here already, or was invited.");
    }
}
