namespace Portal.Core.Domains.People;

/// <summary>What holds when someone leaves. The last owner of an organisation and the last administrator cannot.</summary>
internal static class Departure
{
    /// <summary>Holds what the answer rests on, so that it is still right when it is saved.</summary>
    public static async Task<RuleBroken?> RefusalAsync(PortalDb db, PortalUser user, CancellationToken ct)
    {
        if (user.Role is Role.Admin)
        {
            await HoldAgencyAsync(db, ct);
            if (!await db.Users.AnyAsync(u => u.Id != user.Id && u.Role == Role.Admin && u.IsActive && u.ErasesAt == null, ct))
                return new("last_admin", "You are the last administrator. Make someone else one first.");
        }

        foreach (var client in await OwnedAsync(db, user.Id, ct))
        {
            Hold(db, client);
            if (!await HasAnotherOwnerAsync(db, client.Id, user.Id, ct))
                return new("last_owner", $"You are the last owner of {client.Name}. Make someone else an owner first, or close the organisation.");
        }

        return null;
    }

    /// <summary>
    /// Two hosts may each let one of the last two owners go, and both be right by what they have read. So whoever lets one go changes
    /// the row of the client as well: of two at once, one is refused. To be read before the others are counted.
    /// </summary>
    public static void Hold(PortalDb db, Client client) => db.Entry(client).Property(c => c.Version).IsModified = true;

    /// <summary>The same for administrators, and the row that is there once.</summary>
    public static async Task HoldAgencyAsync(PortalDb db, CancellationToken ct)
    {
        if (await db.Agency.SingleOrDefaultAsync(ct) is { } agency)
            db.Entry(agency).Property(a => a.Version).IsModified = true;
        else
            db.Add(new Agency());
    }

    /// <summary>Whoever leaves is out everywhere.</summary>
    public static async Task EndSessionsAsync(PortalDb db, long userId, DateTime now, CancellationToken ct)
    {
        foreach (var session in await db.Sessions.Where(s => s.UserId == userId && s.EndedAt == null).ToListAsync(ct))
            session.End(now);
    }

    /// <returns>The organisations that need an owner: one that is closing needs none.</returns>
    private static Task<List<Client>> OwnedAsync(PortalDb db, long userId, CancellationToken ct) => db.Clients.Where(c =>
        (c.Status == ClientStatus.Pending || c.Status == ClientStatus.Active || c.Status == ClientStatus.Inactive)
        && db.Access.Any(mine => mine.ClientId == c.Id && mine.UserId == userId && mine.Level == AccessLevel.Owner)).ToListAsync(ct);

    private static Task<bool> HasAnotherOwnerAsync(PortalDb db, long clientId, long userId, CancellationToken ct) => db.Access.AnyAsync(
        other => other.ClientId == clientId && other.UserId != userId && other.Level == AccessLevel.Owner
            && db.Users.Any(u => u.Id == other.UserId && u.IsActive && u.ErasesAt == null), ct);
}
