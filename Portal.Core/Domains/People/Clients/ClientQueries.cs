using System.Runtime.CompilerServices;

namespace Portal.Core.Domains.People;

/// <summary>The agency's clients as its administrators see them: all of them.</summary>
public sealed class ClientQueries(Database database, ICreditStanding credits)
{
    private const int ExportedAtOnce = 500;

    // Clients are written down in the order they come, so their ids are sorted by when they came.
    private static readonly Sorts<Client> Orders = new Sorts<Client>("-created", c => c.Id).By("created", c => c.CreatedAt).By("name", c => c.SearchName);

    public async Task<Paged<ClientRow>> ListAsync(Actor actor, ClientPage page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageClients);
        var clients = await Found(db, page).ToPagedAsync(page, Orders, c => new ClientRow(c.Id, c.Name, c.Status, null, Array.Empty<ClientAgent>(), 0, CreditStatus.None, c.CreatedAt, null), ct);
        return clients with { Items = await WithPeopleAsync(db, clients.Items, ct) };
    }

    /// <summary>Exactly what the filter shows, newest first, read while it is written.</summary>
    public Sheet Export(Actor actor, ClientPage page, CancellationToken ct = default)
    {
        Input.Check(page);
        if (!actor.May(Can.ManageClients))
            throw new Forbidden(Can.ManageClients);
        return new("Clients", ["Id", "Name", "Status", "Owner's e-mail", "Agents", "People", "Created (UTC)", "Last activity (UTC)"], RowsAsync(actor, page, ct));
    }

    public async Task<ClientCounts> CountsAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageClients);
        var counts = await db.Clients.GroupBy(c => c.Status).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var alone = await WithoutAgent(db, db.Clients).CountAsync(c => c.Status == ClientStatus.Active, ct);
        return new(
            counts.Values.Sum(), Of(ClientStatus.Active), Of(ClientStatus.Pending), Of(ClientStatus.Inactive), Of(ClientStatus.Declined), Of(ClientStatus.Closing), Of(ClientStatus.Closed), alone);

        int Of(ClientStatus status) => counts.GetValueOrDefault(status);
    }

    public async Task<ClientDetail> GetAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageClients);
        var client = await db.Clients.AsNoTracking().SingleOrDefaultAsync(c => c.Id == id, ct) ?? throw new NotFound("client");
        var invitations = await db.Invitations.Where(i => i.ClientId == id && i.AcceptedAt == null && i.WithdrawnAt == null).OrderByDescending(i => i.Id).Take(100)
            .Select(i => new ClientInvitation(i.Id, i.FullName, i.Email, i.Level, i.ExpiresAt)).ToListAsync(ct);
        return new(
            client.Id, client.Name, client.Status, client.StatusReason, client.CurrencyCode, client.ZoneId, client.LegalName, client.TaxId, client.BillingAddress, client.Phone, client.Website,
            (await credits.OfAsync(db, [id], ct))[id], client.AgencyNote, client.CreatedAt, client.ApprovedAt, client.ClosesAt, client.Version,
            await ClientTeam.PeopleAsync(db, id, ct), await ClientTeam.AgentsAsync(db, id, ct), invitations);
    }

    /// <summary>A new client as it begins: with the agency's currency and zone.</summary>
    public async Task<OpenClient> BeginAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageClients);
        var agency = await db.Agency.AsNoTracking().SingleOrDefaultAsync(ct) ?? new Agency();
        return new() { Currency = agency.CurrencyCode, Zone = agency.ZoneId };
    }

    /// <summary>Who works for it.</summary>
    public async Task<IReadOnlyList<ClientAgent>> AgentsAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageClients);
        return await db.Clients.AnyAsync(c => c.Id == id, ct) ? await ClientTeam.AgentsAsync(db, id, ct) : throw new NotFound("client");
    }

    /// <summary>Who could work for a client.</summary>
    public async Task<IReadOnlyList<AgentChoice>> AgentChoicesAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageClients);
        return await db.Users.Where(u => u.Role == Role.Agent && u.IsActive && u.Department != null).OrderBy(u => u.SearchName).Take(500)
            .Select(u => new AgentChoice(u.Id, u.FullName, u.Department!.Value, Assignments.Counted(db).Where(a => a.UserId == u.Id).Select(a => a.ClientId).Distinct().Count(), u.Capacity)).ToListAsync(ct);
    }

    /// <summary>What these are called.</summary>
    public async Task<Dictionary<long, string>> NamesAsync(Actor actor, IReadOnlyCollection<long> ids, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageClients);
        return await db.Clients.Where(c => ids.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
    }

    private async IAsyncEnumerable<object?[]> RowsAsync(Actor actor, ClientPage page, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = database.Open(actor, Can.ManageClients);
        for (var last = long.MaxValue; ;)
        {
            var below = last;
            var rows = await Found(db, page).Where(c => c.Id < below).OrderByDescending(c => c.Id).Take(ExportedAtOnce)
                .Select(c => new ClientRow(c.Id, c.Name, c.Status, null, Array.Empty<ClientAgent>(), 0, CreditStatus.None, c.CreatedAt, null)).ToListAsync(ct);
            foreach (var c in await WithPeopleAsync(db, rows, ct))
                yield return [c.Id, c.Name, c.Status, c.OwnerEmail, string.Join(", ", c.Agents.Select(a => a.Name)), c.People, c.CreatedAt, c.LastActivityAt];
            if (rows.Count < ExportedAtOnce)
                yield break;
            last = rows[^1].Id;
        }
    }

    /// <summary>What a row shows of other tables, asked for the rows of one page only.</summary>
    private async Task<IReadOnlyList<ClientRow>> WithPeopleAsync(PortalDb db, IReadOnlyList<ClientRow> rows, CancellationToken ct)
    {
        var ids = rows.Select(r => r.Id).ToList();
        var people = (await (
            from access in db.Access
            join user in db.Users on access.UserId equals user.Id
            where ids.Contains(access.ClientId)
            orderby user.SearchName, access.Id
            select new { access.ClientId, access.Level, access.Service, user.Id, user.FullName, user.Email }).ToListAsync(ct)).ToLookup(p => p.ClientId);
        var asked = (await db.Invitations.Where(i => ids.Contains(i.ClientId!.Value) && i.Level == AccessLevel.Owner && i.AcceptedAt == null && i.WithdrawnAt == null)
            .Select(i => new { i.ClientId, i.Email }).ToListAsync(ct)).ToLookup(i => i.ClientId);
        var latest = await db.Clients.Where(c => ids.Contains(c.Id))
            .Select(c => new { c.Id, At = db.Events.Where(e => e.ClientId == c.Id).OrderByDescending(e => e.Id).Select(e => (DateTime?)e.At).FirstOrDefault() })
            .ToDictionaryAsync(c => c.Id, c => c.At, ct);
        var standing = await credits.OfAsync(db, ids, ct);
        return [.. rows.Select(r => r with
        {
            CreditStatus = standing[r.Id],
            Agents = [.. people[r.Id].Where(p => p.Level is AccessLevel.Worker).Select(p => new ClientAgent(p.Id, p.FullName, p.Service))],
            People = people[r.Id].Count(p => p.Level is not AccessLevel.Worker),
            OwnerEmail = people[r.Id].FirstOrDefault(p => p.Level is AccessLevel.Owner)?.Email ?? asked[r.Id].FirstOrDefault()?.Email,
            LastActivityAt = latest.GetValueOrDefault(r.Id),
        })];
    }

    private static IQueryable<Client> Found(PortalDb db, ClientPage page)
    {
        var clients = ByName(db, db.Clients.AsNoTracking(), page.Q);
        if (page.Status is { Value: var status })
            clients = clients.Where(c => c.Status == status);
        if ((page.Service?.Value, page.Agent) is var (service, agent) && (service is not null || agent is not null))
        {
            clients = clients.Where(c => db.Access.Any(a =>
                a.ClientId == c.Id && a.Level == AccessLevel.Worker && (service == null || a.Service == service) && (agent == null || a.UserId == agent)));
        }

        if (page.WithoutAgent is true)
            clients = WithoutAgent(db, clients);
        return Joined(clients, page);
    }

    private static IQueryable<Client> Joined(IQueryable<Client> clients, ClientPage page)
    {
        var (begin, end) = (page.Zone is null ? Zone.Utc : Zone.Of(page.Zone)).Span(page.From, page.To);
        if (begin is not null)
            clients = clients.Where(c => c.CreatedAt >= begin);
        if (end is not null)
            clients = clients.Where(c => c.CreatedAt < end);
        return clients;
    }

    private static IQueryable<Client> WithoutAgent(PortalDb db, IQueryable<Client> clients) =>
        clients.Where(c => !db.Access.Any(a => a.ClientId == c.Id && a.Level == AccessLevel.Worker));

    private static IQueryable<Client> ByName(PortalDb db, IQueryable<Client> clients, string? q)
    {
        var name = Search.Normal(q);
        if (name.Length == 0)
            return clients;
        if (!name.Contains('@', StringComparison.Ordinal))
            return clients.Where(c => Search.Begins(c.SearchName, name));
        var address = name.ToUpperInvariant();
        return clients.Where(c => db.Access.Where(a => db.Users.Where(u => Search.Begins(u.NormalizedEmail!, address)).Select(u => u.Id).Contains(a.UserId)).Select(a => a.ClientId).Contains(c.Id));
    }
}
