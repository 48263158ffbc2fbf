namespace Portal.Core.Domains.People;

/// <summary>Who of the agency may come in. There is always an administrator, and nobody shuts themselves out.</summary>
public sealed class StaffService(Lane lane, PersonDirectory people, TimeProvider time)
{
    public async Task DeactivateAsync(Actor actor, long id, CancellationToken ct = default)
    {
        RefuseSelf(actor, id, "You cannot deactivate yourself. Ask another administrator.");
        await lane.RunAsync(actor, Can.ManageStaff, async db =>
        {
            var person = await FindAsync(db, id, ct);
            if (!person.IsActive)
                return;
            await AgentClients.RefuseAsync(db, id, "They still look after clients. Hand those over first.", ct);
            if (person.Role is Role.Admin)
                await KeepAnAdminAsync(db, id, ct);
            person.IsActive = false;
            person.Touch();
            await Departure.EndSessionsAsync(db, id, time.Now(), ct);
            db.Record(new PersonDeactivated(id));
        }, ct);
        people.Forget(id);
    }

    public async Task ActivateAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await lane.RunAsync(actor, Can.ManageStaff, async db =>
        {
            var person = await FindAsync(db, id, ct);
            if (person.IsActive)
                return;
            person.IsActive = true;
            person.Touch();
            db.Record(new PersonActivated(id));
        }, ct);
        people.Forget(id);
    }

    /// <summary>For someone who has lost both their phone and their recovery codes, whoever they are. Their own one turns off in their settings.</summary>
    public async Task TurnOffSecondFactorAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await lane.RunAsync(actor, Can.ManageStaff, async db =>
        {
            RefuseSelf(actor, id, "Turn off your own second factor in your settings.");
            var person = await db.Users.SingleOrDefaultAsync(u => u.Id == id, ct) ?? throw new NotFound("person");
            if (!person.TwoFactorEnabled)
                return;
            (person.TwoFactorEnabled, person.AuthenticatorSecret, person.LastTotpStep) = (false, null, 0);
            person.Touch();
            db.RemoveRange(await db.RecoveryCodes.Where(c => c.UserId == id).ToListAsync(ct));
            db.Record(new SecondFactorTurnedOff(id));
        }, ct);
        people.Forget(id);
    }

    private static void RefuseSelf(Actor actor, long id, string message)
    {
        if (actor.UserId == id)
            throw new RuleBroken("not_yourself", message);
    }

    private static async Task KeepAnAdminAsync(PortalDb db, long id, CancellationToken ct)
    {
        await Departure.HoldAgencyAsync(db, ct);
        if (!await db.Users.AnyAsync(u => u.Role == Role.Admin && u.IsActive && u.Id != id, ct))
            throw new RuleBroken("last_admin", "The agency needs an administrator. Invite another one first.");
    }

    private static async Task<PortalUser> FindAsync(PortalDb db, long id, CancellationToken ct) =>
        await db.Users.SingleOrDefaultAsync(u => u.Id == id && u.Role != Role.Client, ct) ?? throw new NotFound("person");
}
