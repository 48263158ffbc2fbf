using System.Net;
using Portal.Core.Domains.People;
using Portal.Core.Reactions.Reports;

namespace Portal.Tests.Reactions;

public sealed class HomeTests(PortalServer server) : IClassFixture<PortalServer>
{
    [Fact]
    public async Task An_admin_is_told_all_that_waits_for_them()
    {
        var home = await server.Get<AdminHomeQueries>().GetAsync(await server.ActorAsync(PortalServer.Admin), 30, Ct);

        Assert.Equal(["Saffron Lane Catering", "Blue Crane Books", "Whitby Sailmakers"], home.Needs.Pending.Select(c => c.Name));
        Assert.Equal("Debjani Sen", home.Needs.Pending[0].Person);
        Assert.Equal("Cedar & Clay", Assert.Single(home.Needs.WithoutAgent).Name);
        Assert.Equal("Thames Cycle Works", Assert.Single(home.Needs.Closing).Name);
        Assert.Equal(("Maeve Doyle", "Harbour & Pine"), (Assert.Single(home.Needs.Late).Name, home.Needs.Late[0].ClientName));
        Assert.Equal("Grace Whitfield", Assert.Single(home.Agents, a => a.IsFull).Name);
        Assert.Equal(6, home.Agents.Count);
        Assert.Equal(18, home.Figures.ActiveClients);
    }

    [Fact]
    public async Task A_job_that_somebody_paused_is_not_forgotten()
    {
        var (admin, board, home) = (await server.ActorAsync(PortalServer.Admin), server.Get<JobBoard>(), server.Get<AdminHomeQueries>());
        await board.PauseAsync(admin, "clean-up", Ct);
        Assert.Equal(("clean-up", admin.Name), Assert.Single((await home.GetAsync(admin, 30, Ct)).Needs.Jobs) is var job ? (job.Name, job.PausedBy) : default);
        await board.ResumeAsync(admin, "clean-up", Ct);
        Assert.Empty((await home.GetAsync(admin, 30, Ct)).Needs.Jobs);
    }

    [Theory]
    [InlineData(7)]
    [InlineData(90)]
    public async Task Figures_of_a_period_are_those_of_its_days(int days)
    {
        var home = await server.Get<AdminHomeQueries>().GetAsync(await server.ActorAsync(PortalServer.Admin), days, Ct);

        var from = TimeProvider.System.Now().Date.AddDays(1 - days);
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        Assert.Equal(days, home.SignIns.Count);
        Assert.Equal(await db.Events.CountAsync(e => e.Type == "signed_in" && e.At >= from, Ct), home.SignIns.Sum(d => d.Count));
        Assert.Equal(home.Figures.SignIns, home.SignIns.Sum(d => d.Count));
        Assert.Equal(await db.Clients.CountAsync(c => c.CreatedAt >= from, Ct), home.Figures.NewClients);
    }

    [Fact]
    public async Task An_agent_sees_their_own_clients_and_who_is_new()
    {
        var home = await server.Get<AgentHomeQueries>().GetAsync(await server.ActorAsync(PortalServer.MarketingAgent), Ct);

        Assert.Equal((7, 12), (home.Load.Clients, home.Load.Capacity));
        Assert.Equal(7, home.Clients.Count);
        Assert.DoesNotContain(home.Clients, c => c.Name == "Globex Learning");
        Assert.Equal("Rift Valley Tours", Assert.Single(home.New).Name);
        Assert.All(home.Clients, c => Assert.Equal([Service.Marketing], c.Services));
    }

    [Fact]
    public async Task A_clients_person_sees_who_works_for_them_and_nothing_of_others()
    {
        var home = await server.Get<ClientHomeQueries>().GetAsync(await server.ActorAsync(PortalServer.AcmeViewer), Ct);

        Assert.Equal("Acme Jewellers", home.Name);
        Assert.Equal(["Tendai Moyo", "Farai Ncube"], home.Agents.Select(a => a.Name));
        Assert.Equal(["Anesu Banda", "Rudo Chikafu"], home.People.Select(p => p.Name));
        Assert.False(home.HasProfile);
        Assert.Equal([Service.Marketing, Service.Website], await server.Get<ClientHomeQueries>().ServicesAsync(await server.ActorAsync(PortalServer.AcmeViewer), Ct));
    }

    [Theory]
    [InlineData("george.fairfax@whitbysailmakers.example", ClientStatus.Pending, "")]
    [InlineData("jordan.pike@quickwinpromotions.example", ClientStatus.Declined, "betting")]
    [InlineData("blessing.marufu@sunbirdtelecoms.example", ClientStatus.Inactive, "unpaid")]
    public async Task Whose_organisation_is_not_open_learns_how_it_stands_and_no_more(string email, ClientStatus status, string reason)
    {
        var actor = await server.ActorAsync(email);
        var standing = await server.Get<ClientHomeQueries>().StandingAsync(actor, Ct);

        Assert.Equal(status, standing!.Status);
        Assert.Contains(reason, standing.Reason, StringComparison.Ordinal);
        Assert.False(standing.IsOpen);
        await Assert.ThrowsAsync<Forbidden>(() => server.Get<ClientHomeQueries>().GetAsync(actor, Ct));
        using var browser = await server.BrowserAsync(email);
        var page = await browser.GetStringAsync(new Uri("/dashboard/client", UriKind.Relative), Ct);
        Assert.Contains(standing.Name, page, StringComparison.Ordinal);
        Assert.Contains(reason, page, StringComparison.Ordinal);
        foreach (var path in new[] { "organisation", "team" })
        {
            using var refused = await browser.GetAsync(new Uri($"/dashboard/client/settings/{path}", UriKind.Relative), Ct);
            Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
            Assert.Contains("This is not yours to open", await refused.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_client_reads_of_itself_from_its_own_side()
    {
        const string Owner = "george.fairfax@whitbysailmakers.example";
        await using var server = new PortalServer(); // the others' organisations stay as they are
        var (admin, client) = (await server.ActorAsync(PortalServer.Admin), await server.ClientIdAsync((await server.Get<ClientHomeQueries>().StandingAsync(await server.ActorAsync(Owner), Ct))!.Name));
        await server.Get<ClientService>().ApproveAsync(admin, new() { ClientId = client }, Ct);
        await server.Get<AssignmentService>().AssignAsync(admin, new() { ClientId = client, Agent = (await server.ActorAsync(PortalServer.WebsiteAgent)).UserId, EvenIfFull = true }, Ct);
        using var browser = await server.BrowserAsync(Owner);

        var home = await browser.GetStringAsync(new Uri("/dashboard/client", UriKind.Relative), Ct);

        Assert.Contains("Your organisation was approved", home, StringComparison.Ordinal);
        Assert.Contains("<b>Farai Ncube</b> works for you now", home, StringComparison.Ordinal);
        Assert.DoesNotContain("approved a client", home, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PortalServer.Admin, "GR", "Grace Whitfield")]
    [InlineData(PortalServer.Admin, "acme", "Acme Jewellers")]
    [InlineData(PortalServer.MarketingAgent, "acme", "Acme Jewellers")]
    [InlineData(PortalServer.MarketingAgent, "globex", null)] // another agent's client
    [InlineData(PortalServer.MarketingAgent, "grace", null)] // people are the admins' business
    [InlineData(PortalServer.AcmeOwner, "acme", null)]
    [InlineData(PortalServer.Admin, "jewellers", null)] // by its beginning
    [InlineData(PortalServer.Admin, "%", null)]
    public async Task The_palette_finds_what_one_reaches_by_its_beginning(string email, string text, string? found)
    {
        var things = await server.Get<PaletteQueries>().FindAsync(await server.ActorAsync(email), text, Ct);
        Assert.Equal(found is null ? [] : [found], things.Clients.Select(c => c.Name).Concat(things.People.Select(p => p.Name)));
    }
}
