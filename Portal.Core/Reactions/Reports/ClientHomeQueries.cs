using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Reports;

/// <summary>How a person's organisation stands with the agency. Null: they belong to none any more. Nobody is written to where an admin looks at one that has no owner yet.</summary>
public sealed record ClientStanding(string Name, ClientStatus Status, string Reason, DateTime Since, DateTime? ClosesAt, string? Email, bool IsVerified)
{
    public bool IsOpen => Status is ClientStatus.Active or ClientStatus.Closing;
}

public sealed record ClientHome(
    string Name, ClientStatus Status, DateTime? ApprovedAt, DateTime? ClosesAt, bool HasProfile, bool IsVerified, int Invited, int InvitedTooLong,
    IReadOnlyList<TeamMember> People, IReadOnlyList<ServiceAgent> Agents, IReadOnlyList<OurEvent> Latest);

/// <summary>Who works for a client, on what, and how to reach them.</summary>
public sealed record ServiceAgent(long UserId, string Name, string Email, string Specialisation, Service? Service);

/// <summary>The Home of a client's people.</summary>
public sealed class ClientHomeQueries(Database database, PeopleQueries people, TimeProvider time)
{
    /// <summary>For those too whose organisation is not open, and who therefore reach nothing else.</summary>
    public async Task<ClientStanding?> StandingAsync(Actor actor, CancellationToken ct = default)
    {
        if (!actor.May(Can.SeeSelf))
            throw new Forbidden(Can.SeeSelf);
        await using var db = database.Open(Actor.InNameOf(actor), Can.SeeSelf);
        var mine = actor.Viewing is { ClientId: var viewed }
            ? db.Clients.Where(c => c.Id == viewed)
            : db.Clients.Where(c => db.Access.Where(a => a.UserId == actor.UserId).Select(a => a.ClientId).Contains(c.Id));
        var client = await mine.AsNoTracking().OrderBy(c => c.Id).FirstOrDefaultAsync(ct);
        if (client is null)
            return null;
        var reader = await Reader(db, actor, client.Id).FirstOrDefaultAsync(ct);
        return new(client.Name, client.Status, client.StatusReason, client.CreatedAt, client.ClosesAt, reader?.Email, reader is { EmailConfirmed: true });
    }

    public async Task<ClientHome> GetAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeOrganisation);
        var now = time.Now();
        var client = await Own(db, actor).AsNoTracking().OrderBy(c => c.Id).FirstOrDefaultAsync(ct) ?? throw new NotFound("client");
        var invited = db.Invitations.Where(i => i.ClientId == client.Id && i.AcceptedAt == null && i.WithdrawnAt == null);
        return new(
            client.Name, client.Status, client.ApprovedAt, client.ClosesAt,
            client is { Phone.Length: > 0, BillingAddress: { Line1.Length: > 0, Country.Length: > 0 } },
            await Reader(db, actor, client.Id).AnyAsync(u => u.EmailConfirmed, ct),
            await invited.CountAsync(i => i.ExpiresAt > now, ct),
            await invited.CountAsync(i => i.ExpiresAt <= now, ct),
            [.. (await people.TeamAsync(actor, client.Id, ct)).Where(p => p.Level is not AccessLevel.Worker)],
            await AgentsOf(db, client.Id).ToListAsync(ct),
            await db.Events.Where(e => e.ClientId == client.Id).OursAsync(ct));
    }

    /// <summary>The services that somebody works on for the client whose people these are.</summary>
    public async Task<IReadOnlyList<Service>> ServicesAsync(Actor actor, CancellationToken ct = default)
    {
        if (!actor.May(Can.SeeOrganisation))
            return [];
        await using var db = database.Open(actor, Can.SeeOrganisation);
        var services = await Own(db, actor).Join(db.Access.Where(a => a.Level == AccessLevel.Worker && a.Service != null), c => c.Id, a => a.ClientId, (c, a) => a.Service!.Value).Distinct().ToListAsync(ct);
        return [.. services.Order()];
    }

    // The fence says the same of every client there is; by their own list only these are looked at.
    private static IQueryable<Client> Own(PortalDb db, Actor actor)
    {
        var own = actor.Grants.Select(g => g.ClientId).ToList();
        return db.Clients.Where(c => own.Contains(c.Id));
    }

    /// <summary>Whose Home it is: theirs who asks, or, when an admin looks at it, the owner's.</summary>
    private static IQueryable<PortalUser> Reader(PortalDb db, Actor actor, long clientId) => actor.Viewing is null
        ? db.Users.AsNoTracking().Where(u => u.Id == actor.UserId)
        : db.Users.AsNoTracking().Where(u => u.Id == db.Access.Where(a => a.ClientId == clientId && a.Level == AccessLevel.Owner).OrderBy(a => a.UserId).Select(a => a.UserId).FirstOrDefault());

    private static IQueryable<ServiceAgent> AgentsOf(PortalDb db, long clientId) =>
        from access in db.Access
        join user in db.Users on access.UserId equals user.Id
        where access.ClientId == clientId && access.Level == AccessLevel.Worker && user.IsActive
        orderby access.Service, user.FullName
        select new ServiceAgent(user.Id, user.FullName, user.Email!, user.Specialisation, access.Service);
}
