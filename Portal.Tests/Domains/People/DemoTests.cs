using Microsoft.Extensions.DependencyInjection;
using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public class DemoTests
{
    [Fact]
    public async Task The_demo_is_an_agency_with_clients_in_every_state()
    {
        await using var server = new PortalServer();
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);

        var clients = await db.Clients.ToListAsync(Ct);
        Assert.Equal(25, clients.Count);
        Assert.Equal(
            [(ClientStatus.Active, 18), (ClientStatus.Closing, 1), (ClientStatus.Declined, 1), (ClientStatus.Inactive, 2), (ClientStatus.Pending, 3)],
            clients.GroupBy(c => c.Status).Select(g => (g.Key, g.Count())).OrderBy(g => g.Key.ToString()));
        Assert.All(clients.Where(c => c.Status is ClientStatus.Inactive or ClientStatus.Declined), c => Assert.NotEmpty(c.StatusReason));
        Assert.All(clients, c => Assert.True(Zone.IsKnown(c.ZoneId) && Currency.Find(c.CurrencyCode) is not null, c.Name));
        Assert.True(clients.Select(c => c.CurrencyCode).Distinct().Count() >= 6);
        var staff = await db.Users.Where(u => u.Role != Role.Client).ToListAsync(Ct);
        Assert.Equal([(Role.Admin, null, 2), (Role.Agent, Service.Marketing, 3), (Role.Agent, (Service?)Service.Website, 3)], staff.GroupBy(u => (u.Role, u.Department)).Select(g => (g.Key.Role, g.Key.Department, g.Count())).Order());
        foreach (var client in clients)
        {
            var levels = await db.Access.Where(a => a.ClientId == client.Id && a.Level != AccessLevel.Worker).Select(a => a.Level).ToListAsync(Ct);
            Assert.InRange(levels.Count, 1, 4);
            Assert.Single(levels, l => l is AccessLevel.Owner);
        }
    }

    [Fact]
    public async Task The_six_accounts_reach_what_they_always_reached()
    {
        await using var server = new PortalServer();
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        var reach = await (from access in db.Access
                           join user in db.Users on access.UserId equals user.Id
                           join client in db.Clients on access.ClientId equals client.Id
                           where client.Name == "Acme Jewellers" || client.Name == "Globex Learning"
                           orderby client.Name, user.Email
                           select new { client.Name, user.Email, access.Level, access.Service }).ToListAsync(Ct);

        Assert.Equal(
            [
                ("Acme Jewellers", PortalServer.MarketingAgent, AccessLevel.Worker, Service.Marketing), ("Acme Jewellers", PortalServer.AcmeOwner, AccessLevel.Owner, null),
                ("Acme Jewellers", PortalServer.AcmeViewer, AccessLevel.Viewer, null), ("Acme Jewellers", "website@portal.local", AccessLevel.Worker, Service.Website),
                ("Globex Learning", PortalServer.GlobexOwner, AccessLevel.Owner, null), ("Globex Learning", "website@portal.local", AccessLevel.Worker, (Service?)Service.Website),
            ],
            reach.Select(r => (r.Name, r.Email!, r.Level, r.Service)));
    }

    [Fact]
    public async Task Its_past_is_told_in_order_is_sealed_and_reaches_nobodys_mailbox()
    {
        await using var server = new PortalServer();
        await server.Get<EventRelay>().RunAsync(Ct);
        await server.Get<Sealer>().RunAsync(Ct);

        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        var events = await db.Events.OrderBy(e => e.Id).ToListAsync(Ct);
        Assert.Equal(events.OrderBy(e => e.At).Select(e => e.Id), events.Select(e => e.Id));
        Assert.All(events, e => Assert.True(e.SealNo is not null && e.DoneAt is not null && e.At <= TimeProvider.System.Now()));
        Assert.True(events.Count(e => e.At > TimeProvider.System.Now().AddDays(-90)) > 300);
        Assert.Equal(0, await db.NewDeliveries().CountAsync(Ct));
        Assert.Equal(await db.Events.CountAsync(e => e.Type == "signed_in", Ct), await db.Sessions.CountAsync(Ct));
        Assert.All(await db.Sessions.ToListAsync(Ct), s => Assert.False(s.IsAlive(TimeProvider.System.Now())));
    }

    [Fact]
    public async Task It_is_the_same_in_every_portal()
    {
        await using var one = new PortalServer();
        await using var two = new PortalServer();
        Assert.Equal(await TellAsync(one), await TellAsync(two));
    }

    [Fact]
    public async Task Seeding_it_again_changes_nothing()
    {
        await using var server = new PortalServer();
        var before = await TellAsync(server);
        await using var scope = server.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<PeopleDemo>().SeedAsync(Ct);
        Assert.Equal(before, await TellAsync(server));
    }

    [Theory]
    [InlineData(true, 25)]
    [InlineData(false, 0)]
    public async Task Where_it_runs_for_real_there_is_a_demo_only_by_the_flag(bool isAsked, int clients)
    {
        var settings = new Dictionary<string, string> { ["Portal:MasterKey"] = MasterKey.New() };
        foreach (var flag in isAsked ? Portal.Startup.Server.Flags(["--seed-demo"]) : [])
            settings[flag.Split('=')[0][2..]] = flag.Split('=')[1];
        await using var server = new PortalServer { Environment = "Production", Settings = settings };
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        Assert.Equal(clients, await db.Clients.CountAsync(Ct));
    }

    private static async Task<List<string>> TellAsync(PortalServer server)
    {
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        return await db.Events.OrderBy(e => e.Id).Select(e => $"{e.Type} {e.ActorName} {e.SubjectKind} {e.SubjectId}").ToListAsync(Ct);
    }
}
