namespace Portal.Core.Reactions.Notifications;

/// <summary>Which news people may still know of: those whose account is in use, of the clients that they reach.</summary>
internal static class StillTheirs
{
    public static async Task<HashSet<(long UserId, long? ClientId)>> OfAsync(PortalDb db, IReadOnlyCollection<(long UserId, long? ClientId)> news, CancellationToken ct)
    {
        var (people, clients) = (news.Select(n => n.UserId).Distinct().ToList(), news.Select(n => n.ClientId).OfType<long>().Distinct().ToList());
        var roles = await db.Users.Where(u => people.Contains(u.Id) && u.IsActive).Select(u => new { u.Id, u.Role }).ToDictionaryAsync(u => u.Id, u => u.Role, ct);
        var access = await db.Access.Where(a => people.Contains(a.UserId) && clients.Contains(a.ClientId)).Select(a => new { a.UserId, a.ClientId }).ToListAsync(ct);
        var reached = access.Select(a => (a.UserId, a.ClientId)).ToHashSet();
        return [.. news.Where(n => roles.TryGetValue(n.UserId, out var role) && (n.ClientId is not { } client || role is Role.Admin || reached.Contains((n.UserId, client))))];
    }
}
