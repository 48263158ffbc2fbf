using Microsoft.Extensions.Logging;

namespace Portal.Core.Domains.People;

/// <summary>
/// Registrations whose address nobody has confirmed. Anyone can type any name and address, so these hold neither: they make way for
/// an invitation to the address, and go by themselves after a week.
/// </summary>
public sealed class Registrations(Database database, Lane lane, TimeProvider time, ILogger<Registrations> log)
{
    public static readonly TimeSpan Patience = TimeSpan.FromDays(7);
    private const int Batch = 100;
    private static readonly Actor Self = Actor.System("registrations");

    public async Task<bool> HasWorkAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        return await Due(db).AnyAsync(ct);
    }

    /// <returns>How many were let go.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var each = new OneByOne(log);
        var gone = await each.DoAsync("Letting a registration go", after => DueAsync(after, ct), id =>
            lane.RunAsync(Self, Can.KeepHouse, db => LetGoAsync(db, Due(db).Where(u => u.Id == id), time.Now(), ct), ct));
        each.End();
        return gone;
    }

    /// <summary>Whoever registered, has not confirmed the address, and was not approved all the same.</summary>
    internal static IQueryable<PortalUser> Unconfirmed(PortalDb db) => db.Users.Where(u => !u.EmailConfirmed && u.IsActive
        && db.Access.Any(a => a.UserId == u.Id && a.Level != AccessLevel.Worker && db.Clients.Any(c => c.Id == a.ClientId && c.ApprovedAt == null)));

    /// <summary>Whose address is taken: everyone else's.</summary>
    internal static IQueryable<PortalUser> Settled(PortalDb db)
    {
        var unconfirmed = Unconfirmed(db);
        return db.Users.Where(u => !unconfirmed.Any(r => r.Id == u.Id));
    }

    /// <summary>Whose name is taken: by someone who confirmed their address, or by a client the agency opened or approved and still has.</summary>
    internal static IQueryable<Client> SettledClients(PortalDb db) => db.Clients.Where(c =>
        (c.ApprovedAt != null && c.Status != ClientStatus.Declined && c.Status != ClientStatus.Closed)
        || db.Access.Any(a => a.ClientId == c.Id && a.Level != AccessLevel.Worker && db.Users.Any(u => u.Id == a.UserId && u.EmailConfirmed)));

    /// <summary>For whoever has just proved that this address is theirs: what a stranger did with it goes, in the same unit.</summary>
    internal static async Task MakeWayAsync(PortalDb db, string normalizedEmail, DateTime now, CancellationToken ct)
    {
        // The address is free only once that is written.
        if (await LetGoAsync(db, Unconfirmed(db).Where(u => u.NormalizedEmail == normalizedEmail), now, ct))
            await db.SaveChangesAsync(ct);
    }

    private static async Task<bool> LetGoAsync(PortalDb db, IQueryable<PortalUser> whom, DateTime now, CancellationToken ct)
    {
        if (await whom.SingleOrDefaultAsync(ct) is not { } user)
            return false;
        foreach (var client in await db.Clients.Where(c => c.Status == ClientStatus.Pending && db.Access.Any(a => a.UserId == user.Id && a.ClientId == c.Id)).ToListAsync(ct))
        {
            client.Decline("The e-mail address it was registered with was not confirmed.");
            db.Record(new ClientDeclined(client.Id, client.Name, client.StatusReason));
        }

        await Erasure.EraseAsync(db, user, now, ct);
        return true;
    }

    // An address that was invited meanwhile waits for its invitation, whose mail would be erased with it.
    private IQueryable<PortalUser> Due(PortalDb db)
    {
        var (now, before) = (time.Now(), time.Now() - Patience);
#pragma warning disable CA1304, CA1311, CA1862 // The database does it.
        return Unconfirmed(db).Where(u => u.CreatedAt <= before
            && !db.Invitations.Any(i => i.AcceptedAt == null && i.WithdrawnAt == null && i.ExpiresAt > now && i.Email.ToUpper() == u.NormalizedEmail));
#pragma warning restore CA1304, CA1311, CA1862
    }

    private async Task<List<long>> DueAsync(long after, CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        return await Due(db).Where(u => u.Id > after).OrderBy(u => u.Id).Select(u => u.Id).Take(Batch).ToListAsync(ct);
    }
}
