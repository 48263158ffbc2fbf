namespace Portal.Core.Domains.People;

/// <summary>The demo agency's people and clients with their last ninety days, all in one unit of work. Seeding again changes nothing.</summary>
public sealed class PeopleDemo(Accounts accounts, Database database, Lane lane, TimeProvider time)
{
    public const string Password = "Portal!demo1";

    /// <returns>Whether there was nobody yet.</returns>
    public async Task<bool> SeedAsync(CancellationToken ct = default)
    {
        if (database.Read("SELECT COUNT(*) FROM Users", row => row.GetInt32(0)).Single() > 0)
            return false;
        var first = await accounts.NewAsync(DemoCast.Staff[0].Email, DemoCast.Staff[0].Name, Role.Admin, Password, ct);
        try
        {
            await lane.RunAsync(Actor.System("demo"), Can.KeepHouse, async db =>
            {
                if (!await db.Users.AnyAsync(ct))
                    await AddAsync(db, first, ct);
            }, ct);
            return true;
        }
        catch (Conflict)
        {
            // Another host has just done it.
            return false;
        }
    }

    private async Task AddAsync(PortalDb db, PortalUser first, CancellationToken ct)
    {
        var now = time.Now();
        var (people, story) = (new DemoPeople(first, now), new DemoStory(now));
        people.AddStaff();
        var clients = DemoCast.Clients.Select((cast, number) => DemoLives.Client(cast, number, story.Ago(cast.Days, number), now)).ToList();
        foreach (var (cast, client) in DemoCast.Clients.Zip(clients))
            people.AddPeopleOf(cast, client.ZoneId, client.CreatedAt);
        db.AddRange(people.All);
        db.AddRange(clients);
        await db.SaveChangesAsync(ct);

        var (lives, days) = (new DemoLives(db, people, story, now), new DemoDays(db, people, story));
        foreach (var (cast, number) in DemoCast.Clients.Select((cast, number) => (cast, number)))
            lives.Live(cast, clients[number], number);
        days.AddSessions();
        var invitations = days.Invite(clients);
        await db.SaveChangesAsync(ct);

        days.TellSessions();
        days.TellInvitations(invitations, clients);
        story.WriteDown(db);
    }
}
