using Microsoft.AspNetCore.Identity;

namespace Portal.Core.Domains.People;

/// <summary>The demo agency's people and clients, in Development only. Seeding again changes nothing.</summary>
public sealed class PeopleDemo(UserManager<PortalUser> users, Database database, TimeProvider time)
{
    public const string Password = "Portal!demo1";

    public async Task SeedAsync(CancellationToken ct = default)
    {
        if (database.Read("SELECT COUNT(*) FROM Users", row => row.GetInt32(0)).Single() > 0)
            return;
        await using var db = database.Open(Actor.System("demo"), Can.KeepHouse);
        var (acme, globex) = (NewClient("Acme Jewellers", "Africa/Harare"), NewClient("Globex Learning", "Asia/Kolkata"));
        db.AddRange(acme, globex);
        await db.SaveChangesAsync(ct);

        await AddAsync("admin@portal.local", "Nomsa Dube", Role.Admin);
        var marketing = await AddAsync("marketing@portal.local", "Tendai Moyo", Role.Agent, Service.Marketing);
        var website = await AddAsync("website@portal.local", "Farai Ncube", Role.Agent, Service.Website);
        var owner = await AddAsync("owner@acme.local", "Rudo Chikafu", Role.Client, zone: acme.ZoneId);
        var viewer = await AddAsync("viewer@acme.local", "Anesu Banda", Role.Client, zone: acme.ZoneId);
        var other = await AddAsync("owner@globex.local", "Meera Iyer", Role.Client, zone: globex.ZoneId);

        db.AddRange(
            new Access { UserId = marketing, ClientId = acme.Id, Service = Service.Marketing, Level = AccessLevel.Worker },
            new Access { UserId = website, ClientId = acme.Id, Service = Service.Website, Level = AccessLevel.Worker },
            new Access { UserId = website, ClientId = globex.Id, Service = Service.Website, Level = AccessLevel.Worker },
            new Access { UserId = owner, ClientId = acme.Id, Level = AccessLevel.Owner },
            new Access { UserId = viewer, ClientId = acme.Id, Level = AccessLevel.Viewer },
            new Access { UserId = other, ClientId = globex.Id, Level = AccessLevel.Owner });
        foreach (var client in new[] { acme, globex })
            db.Record(new ClientOpened(client.Id, client.Name));
        await db.SaveChangesAsync(ct);
    }

    private Client NewClient(string name, string zone) => new() { Name = name, ZoneId = zone, Status = ClientStatus.Active, CreatedAt = time.Now() };

    private async Task<long> AddAsync(string email, string name, Role role, Service? department = null, string zone = "Africa/Harare")
    {
        var user = new PortalUser
        {
            UserName = email,
            Email = email,
            EmailConfirmed = true,
            FullName = name,
            Role = role,
            Department = department,
            ZoneId = zone,
            CreatedAt = time.Now(),
        };
        var result = await users.CreateAsync(user, Password);
        return result.Succeeded ? user.Id : throw new InvalidOperationException(result.ToString());
    }
}
