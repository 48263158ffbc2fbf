namespace Portal.Core.Domains.People;

/// <summary>The two kinds of people around one client, for whoever has found the client within their fence.</summary>
internal static class ClientTeam
{
    private const int Most = 200;

    public static Task<List<ClientPerson>> PeopleAsync(PortalDb db, long clientId, CancellationToken ct) => (
        from access in db.Access
        join user in db.Users on access.UserId equals user.Id
        where access.ClientId == clientId && access.Level != AccessLevel.Worker
        orderby user.SearchName, user.Id
        select new ClientPerson(user.Id, user.FullName, user.Email!, user.EmailConfirmed, access.Level, user.LastSignInAt)).Take(Most).ToListAsync(ct);

    public static Task<List<ClientAgent>> AgentsAsync(PortalDb db, long clientId, CancellationToken ct) => (
        from access in db.Access
        join user in db.Users on access.UserId equals user.Id
        where access.ClientId == clientId && access.Level == AccessLevel.Worker
        orderby user.SearchName, access.Id
        select new ClientAgent(user.Id, user.FullName, access.Service)).Take(Most).ToListAsync(ct);
}
