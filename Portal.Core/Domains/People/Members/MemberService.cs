namespace Portal.Core.Domains.People;

/// <summary>Who may do what in a client's team, and who is no longer in it. A client always has an owner.</summary>
public sealed class MemberService(Lane lane, PersonDirectory people, TimeProvider time)
{
    public async Task ChangeLevelAsync(Actor actor, ChangeLevel input, CancellationToken ct = default)
    {
        Input.Check(input);
        var clientId = OwnClient.IdFor(actor, Can.ManageMembers, input.ClientId);
        await lane.RunAsync(actor, Can.ManageMembers, async db =>
        {
            var (access, person) = await FindAsync(db, actor, clientId, input.UserId, ct);
            var (before, after) = (access.Level, input.Level!.Value);
            if (before == after)
                return;
            await KeepAnOwnerAsync(db, access, ct);
            access.Level = after;
            db.Record(new MemberLevelChanged(clientId, person.Id, person.FullName, before, after));
        }, ct);
        people.Forget(input.UserId);
    }

    /// <summary>Their account belongs to this one team, so it is closed with it.</summary>
    public async Task RemoveAsync(Actor actor, long? ofClient, long userId, CancellationToken ct = default)
    {
        var clientId = OwnClient.IdFor(actor, Can.ManageMembers, ofClient);
        await lane.RunAsync(actor, Can.ManageMembers, async db =>
        {
            var (access, person) = await FindAsync(db, actor, clientId, userId, ct);
            await KeepAnOwnerAsync(db, access, ct);
            db.Remove(access);
            person.IsActive = await db.Access.AnyAsync(a => a.UserId == userId && a.ClientId != clientId, ct);
            if (!person.IsActive)
                person.ErasesAt = time.Now() + Client.Grace;
            person.Touch();
            await Departure.EndSessionsAsync(db, userId, time.Now(), ct);
            db.Record(new MemberRemoved(clientId, person.Id, person.FullName));
        }, ct);
        people.Forget(userId);
    }

    private static async Task<(Access Access, PortalUser Person)> FindAsync(PortalDb db, Actor actor, long clientId, long userId, CancellationToken ct)
    {
        await OwnClient.FindAsync(db, actor, Can.ManageMembers, clientId, ct);
        var access = await db.Access.SingleOrDefaultAsync(a => a.ClientId == clientId && a.UserId == userId && a.Level != AccessLevel.Worker, ct) ?? throw new NotFound("person");
        return (access, await db.Users.SingleAsync(u => u.Id == userId, ct));
    }

    private static async Task KeepAnOwnerAsync(PortalDb db, Access access, CancellationToken ct)
    {
        if (access.Level is not AccessLevel.Owner)
            return;
        Departure.Hold(db, await db.Clients.SingleAsync(c => c.Id == access.ClientId, ct));
        var others = db.Access.Where(a => a.ClientId == access.ClientId && a.UserId != access.UserId && a.Level == AccessLevel.Owner);
        if (!await others.Join(db.Users.Where(u => u.IsActive), a => a.UserId, u => u.Id, (a, u) => u).AnyAsync(ct))
            throw new RuleBroken("last_owner", "A team needs an owner. Make someone else an owner first.");
    }
}
