namespace Portal.Core.Reactions.Reports;

public sealed record FoundThings(IReadOnlyList<FoundClient> Clients, IReadOnlyList<FoundPerson> People)
{
    public static FoundThings Nothing { get; } = new([], []);
}

public sealed record FoundClient(long Id, string Name, ClientStatus Status);

/// <param name="Id">The person.</param>
/// <param name="Name">Their name.</param>
/// <param name="Role">Whose page they are found on: the agency's team, or their client's.</param>
/// <param name="ClientId">The client they belong to, for a client's people.</param>
/// <param name="ClientName">Its name.</param>
public sealed record FoundPerson(long Id, string Name, Role Role, long? ClientId, string? ClientName);

/// <summary>What the command palette finds, by the beginning of a name, within what a person reaches.</summary>
public sealed class PaletteQueries(Database database)
{
    private const int Most = 6;

    public async Task<FoundThings> FindAsync(Actor actor, string text, CancellationToken ct = default)
    {
        var begins = Search.Normal(text);
        if (begins.Length is 0 or > 200 || !actor.May(Can.SeeClients))
            return FoundThings.Nothing;
        await using var db = database.Open(actor, Can.SeeClients);
        var clients = await db.Clients.Where(c => Search.Begins(c.SearchName, begins)).OrderBy(c => c.SearchName).ThenBy(c => c.Id).Take(Most)
            .Select(c => new FoundClient(c.Id, c.Name, c.Status)).ToListAsync(ct);
        return new(clients, actor.May(Can.SeeStaff) ? await PeopleAsync(db, begins, ct) : []);
    }

    private static Task<List<FoundPerson>> PeopleAsync(PortalDb db, string begins, CancellationToken ct) =>
        db.Users.Where(u => Search.Begins(u.SearchName, begins)).OrderBy(u => u.SearchName).ThenBy(u => u.Id).Take(Most).Select(u => new FoundPerson(
            u.Id, u.FullName, u.Role,
            u.Role == Role.Client ? db.Access.Where(a => a.UserId == u.Id).Min(a => (long?)a.ClientId) : null,
            u.Role == Role.Client ? db.Access.Where(a => a.UserId == u.Id).OrderBy(a => a.ClientId).Select(a => db.Clients.First(c => c.Id == a.ClientId).Name).FirstOrDefault() : null)).ToListAsync(ct);
}
