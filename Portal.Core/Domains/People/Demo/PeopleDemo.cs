namespace Portal.Core.Domains.People;

/// <summary>The demo agency's people and clients, in Development only, all in one unit of work. Seeding again changes nothing.</summary>
public sealed class PeopleDemo(Accounts accounts, Database database, Lane lane, TimeProvider time)
{
    public const string Password = "Portal!demo1";
    private const string Harare = "Africa/Harare";
    private const string Kolkata = "Asia/Kolkata";

    public async Task SeedAsync(CancellationToken ct = default)
    {
        if (database.Read("SELECT COUNT(*) FROM Users", row => row.GetInt32(0)).Single() > 0)
            return;
        var people = await PeopleAsync();
        try
        {
            await lane.RunAsync(Actor.System("demo"), Can.KeepHouse, async db =>
            {
                if (!await db.Users.AnyAsync(ct))
                    await AddAsync(db, people, ct);
            }, ct);
        }
        catch (Conflict)
        {
            // Another host has just done it.
        }
    }

    private async Task<PortalUser[]> PeopleAsync() =>
    [
        await PersonAsync("admin@portal.local", "Nomsa Dube", Role.Admin, Harare),
        await PersonAsync("marketing@portal.local", "Tendai Moyo", Role.Agent, Harare, Service.Marketing),
        await PersonAsync("website@portal.local", "Farai Ncube", Role.Agent, Harare, Service.Website),
        await PersonAsync("owner@acme.local", "Rudo Chikafu", Role.Client, Harare),
        await PersonAsync("viewer@acme.local", "Anesu Banda", Role.Client, Harare),
        await PersonAsync("owner@globex.local", "Meera Iyer", Role.Client, Kolkata),
    ];

    private async Task AddAsync(PortalDb db, PortalUser[] people, CancellationToken ct)
    {
        var (acme, globex) = (NewClient("Acme Jewellers", Harare), NewClient("Globex Learning", Kolkata));
        db.AddRange(people);
        db.AddRange(acme, globex);
        await db.SaveChangesAsync(ct);

        var (marketing, website, owner, viewer, other) = (people[1].Id, people[2].Id, people[3].Id, people[4].Id, people[5].Id);
        db.AddRange(
            new Access { UserId = marketing, ClientId = acme.Id, Service = Service.Marketing, Level = AccessLevel.Worker },
            new Access { UserId = website, ClientId = acme.Id, Service = Service.Website, Level = AccessLevel.Worker },
            new Access { UserId = website, ClientId = globex.Id, Service = Service.Website, Level = AccessLevel.Worker },
            new Access { UserId = owner, ClientId = acme.Id, Level = AccessLevel.Owner },
            new Access { UserId = viewer, ClientId = acme.Id, Level = AccessLevel.Viewer },
            new Access { UserId = other, ClientId = globex.Id, Level = AccessLevel.Owner });
        foreach (var client in new[] { acme, globex })
            db.Record(new ClientOpened(client.Id, client.Name));
    }

    private async Task<PortalUser> PersonAsync(string email, string name, Role role, string zone, Service? department = null)
    {
        var person = await accounts.NewAsync(email, name, role, Password);
        (person.ZoneId, person.Department) = (zone, department);
        return person;
    }

    private Client NewClient(string name, string zone)
    {
        var client = new Client { Name = name, ZoneId = zone, CreatedAt = time.Now() };
        client.Approve(time.Now());
        return client;
    }
}
