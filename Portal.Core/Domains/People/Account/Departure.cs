namespace Portal.Core.Domains.People;

/// <summary>What holds when someone leaves. The last owner of an organisation and the last administrator cannot.</summary>
internal static class Departure
{
    public static async Task<RuleBroken?> RefusalAsync(PortalDb db, PortalUser user, CancellationToken ct)
    {
        if (user.Role is Role.Admin && !await db.Users.AnyAsync(u => u.Id != user.Id && u.Role == Role.Admin && u.IsActive && u.ErasesAt == null, ct))
            return new("last_admin", "You are the last administrator. Make someone else one first.");
        return await OrphanAsync(db, user.Id, ct) is { } name
            ? new("last_owner", $"You are the last owner of {name}. Make someone else an owner first, or close the organisation.")
            : null;
    }

    /// <summary>Whoever leaves is out everywhere.</summary>
    public static async Task EndSessionsAsync(PortalDb db, long userId, DateTime now, CancellationToken ct)
    {
        foreach (var session in await db.Sessions.Where(s => s.UserId == userId && s.EndedAt == null).ToListAsync(ct))
            session.End(now);
    }

    /// <returns>An organisation that would have no owner without them. One that is closing needs none.</returns>
    private static Task<string?> OrphanAsync(PortalDb db, long userId, CancellationToken ct) => (
        from mine in db.Access
        join client in db.Clients on mine.ClientId equals client.Id
        where mine.UserId == userId && mine.Level == AccessLevel.Owner
            && (client.Status == ClientStatus.Pending || client.Status == ClientStatus.Active || client.Status == ClientStatus.Inactive)
            && !db.Access.Any(other => other.ClientId == client.Id && other.UserId != userId && other.Level == AccessLevel.Owner
                && db.Users.Any(u => u.Id == other.UserId && u.IsActive && u.ErasesAt == null))
        select client.Name).FirstOrDefaultAsync(ct);
}
