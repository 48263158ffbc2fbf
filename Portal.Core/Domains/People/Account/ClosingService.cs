using Microsoft.Extensions.Logging;

namespace Portal.Core.Domains.People;

/// <summary>Ends what has had its two weeks: erases people, closes clients.</summary>
public sealed class ClosingService(Database database, Lane lane, IFileStore store, PersonDirectory people, TimeProvider time, ILogger<ClosingService> log)
{
    private const int Batch = 100;
    private static readonly Actor Self = Actor.System("closing");

    public async Task<bool> HasWorkAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        return await DuePeople(db).AnyAsync(ct) || await DueClients(db).AnyAsync(ct);
    }

    /// <returns>How many people were erased and clients closed.</returns>
    public async Task<(int People, int Clients)> RunAsync(CancellationToken ct)
    {
        var each = new OneByOne(log);
        var erased = await each.DoAsync("Erasing a person", after => DueAsync(DuePeople, after, ct), id => EraseAsync(id, ct));
        var closed = await each.DoAsync("Closing a client", after => DueAsync(DueClients, after, ct), id => CloseAsync(id, ct));
        each.End();
        return (erased, closed);
    }

    private IQueryable<long> DuePeople(PortalDb db)
    {
        var now = time.Now();
        return db.Users.Where(u => u.ErasesAt <= now).Select(u => u.Id);
    }

    private IQueryable<long> DueClients(PortalDb db)
    {
        var now = time.Now();
        return db.Clients.Where(c => c.Status == ClientStatus.Closing && c.ClosesAt <= now).Select(c => c.Id);
    }

    private async Task<List<long>> DueAsync(Func<PortalDb, IQueryable<long>> due, long after, CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        return await due(db).Where(id => id > after).OrderBy(id => id).Take(Batch).ToListAsync(ct);
    }

    /// <summary>Frees the address of someone who was taken off a team, when they are asked to join one again: their earlier account goes at once.</summary>
    internal async Task MakeRoomAsync(string email, CancellationToken ct)
    {
        var userId = await lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            var earlier = await db.Users.SingleOrDefaultAsync(u => u.Email == email && !u.IsActive && u.ErasesAt != null, ct);
            earlier?.ErasesAt = time.Now();
            earlier?.Touch();
            return earlier?.Id;
        }, ct);
        if (userId is { } id)
            await EraseAsync(id, ct);
    }

    private async Task<bool> EraseAsync(long userId, CancellationToken ct)
    {
        var (isErased, photo) = await lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            if (await db.Users.SingleOrDefaultAsync(u => u.Id == userId, ct) is not { } user || !(user.ErasesAt <= time.Now()))
                return (false, null);
            if (await Departure.RefusalAsync(db, user, ct) is not null)
            {
                // Whoever has become the last owner or admin since then stays until someone else is one. They are looked at again tomorrow.
                user.ErasesAt = time.Now().AddDays(1);
                user.Touch();
                return (false, null);
            }

            return (true, await Erasure.EraseAsync(db, user, time.Now(), ct));
        }, ct);
        if (photo is not null)
            store.Delete(photo);
        people.Forget(userId);
        return isErased;
    }

    private async Task<bool> CloseAsync(long clientId, CancellationToken ct)
    {
        var itsPeople = await lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            if (await db.Clients.SingleOrDefaultAsync(c => c.Id == clientId && c.Status == ClientStatus.Closing, ct) is not { } client)
                return null;
            client.Close(time.Now());
            db.Record(new ClientClosed(client.Id, client.Name));
            return await db.Access.Where(a => a.ClientId == clientId).Select(a => a.UserId).ToListAsync(ct);
        }, ct);
        foreach (var person in itsPeople ?? [])
            people.Forget(person);
        return itsPeople is not null;
    }
}
