using System.Net;
using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public sealed class ViewTests : IAsyncLifetime
{
    private readonly PortalServer server = new();
    private Session session = null!;
    private long acme;

    public async ValueTask InitializeAsync() =>
        (session, acme) = (await server.SessionAsync(PortalServer.Admin), await server.ClientIdAsync("Acme Jewellers"));

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Whoever_looks_as_a_client_sees_that_client_alone()
    {
        var viewing = await ViewAsync();

        Assert.Equal((Role.Client, Role.Admin, acme), (viewing.Role, viewing.TrueRole, viewing.Viewing!.ClientId));
        await using var db = server.Get<Database>().Open(viewing, Can.SeeOrganisation);
        Assert.Equal("Acme Jewellers", Assert.Single(await db.Clients.ToListAsync(Ct)).Name);
        Assert.All(await db.Events.ToListAsync(Ct), e => Assert.Equal(acme, e.ClientId));
        Assert.All(await db.Invitations.ToListAsync(Ct), i => Assert.Equal(acme, i.ClientId));
        Assert.Throws<Forbidden>(() => server.Get<Database>().Open(viewing, Can.SeeAudit));
    }

    [Fact]
    public async Task Looking_changes_nothing_and_the_refusal_says_why()
    {
        var viewing = await ViewAsync();

        foreach (var can in new[] { Can.ManageOrganisation, Can.ManageMembers, Can.CloseOrganisation })
        {
            Assert.Contains("not saved", Assert.Throws<Forbidden>(() => server.Get<Database>().Open(viewing, can)).Message, StringComparison.Ordinal);
            Assert.Throws<Forbidden>(() => server.Get<Database>().Open(viewing, can, acme));
            await Assert.ThrowsAsync<Forbidden>(() => server.Get<Lane>().RunAsync(viewing, can, _ => Task.CompletedTask, Ct));
        }

        Assert.Throws<Forbidden>(() => server.Get<Database>().Open(viewing, Can.ManageClients));
    }

    [Fact]
    public async Task Changes_taken_on_purpose_are_made_in_the_admins_name()
    {
        var views = server.Get<ViewService>();
        await views.TakeChangesAsync(await ViewAsync(), session.Id, Ct);
        var viewing = await server.ActorAsync(session);

        await using (var db = server.Get<Database>().Open(viewing, Can.ManageOrganisation))
        {
            (await db.Clients.SingleAsync(Ct)).Phone = "+263 4 555 0100";
            db.Record(new ClientProfileChanged(acme, "phone"));
            await db.SaveChangesAsync(Ct);
        }

        await using var all = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        var last = await all.Events.OrderByDescending(e => e.Id).FirstAsync(Ct);
        Assert.Equal(("Nomsa Dube, viewing as Acme Jewellers", session.UserId, Role.Admin), (last.ActorName, last.ActorId, last.ActorRole));
        Assert.Equal("+263 4 555 0100", (await all.Clients.SingleAsync(c => c.Id == acme, Ct)).Phone);
    }

    [Fact]
    public async Task Every_step_is_written_down_once_however_often_its_button_is_pressed()
    {
        var views = server.Get<ViewService>();
        var viewing = await ViewAsync();
        await views.BeginAsync(viewing, session.Id, acme, Ct);
        await views.SawAsync(viewing, "/dashboard/client", Ct);
        await views.TakeChangesAsync(viewing, session.Id, Ct);
        await views.TakeChangesAsync(await server.ActorAsync(session), session.Id, Ct);
        await views.EndAsync(await server.ActorAsync(session), session.Id, Ct);
        var after = await server.ActorAsync(session);
        await views.EndAsync(after, session.Id, Ct);
        await views.SawAsync(after, "/dashboard/admin", Ct);

        Assert.Equal((Role.Admin, null), (after.Role, after.Viewing));
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        var first = await db.Events.Where(e => e.Type == "signed_in").MaxAsync(e => e.Id, Ct);
        Assert.Equal(["client_viewed", "client_page_viewed", "client_changes_taken", "client_view_ended"], await db.Events.Where(e => e.Id > first).OrderBy(e => e.Id).Select(e => e.Type).ToListAsync(Ct));
        Assert.Null(await db.Events.Where(e => e.Type == "client_page_viewed").Select(e => e.ClientId).SingleAsync(Ct)); // the client's own feed stays readable
    }

    [Theory]
    [InlineData(PortalServer.MarketingAgent)]
    [InlineData(PortalServer.AcmeOwner)]
    public async Task Only_admins_look(string email)
    {
        var own = await server.SessionAsync(email);
        await Assert.ThrowsAsync<Forbidden>(async () => await server.Get<ViewService>().BeginAsync(await server.ActorAsync(own), own.Id, acme, Ct));
        var refused = await Assert.ThrowsAsync<RuleBroken>(async () => await server.Get<ViewService>().TakeChangesAsync(await server.ActorAsync(own), own.Id, Ct));
        Assert.Equal("not_viewing", refused.Code);
    }

    [Fact]
    public async Task Nobody_looks_in_another_ones_session_or_at_a_client_that_is_not_there()
    {
        var (admin, other) = (await server.ActorAsync(session), await server.SessionAsync(PortalServer.MarketingAgent));
        await Assert.ThrowsAsync<NotFound>(() => server.Get<ViewService>().BeginAsync(admin, other.Id, acme, Ct));
        await Assert.ThrowsAsync<NotFound>(() => server.Get<ViewService>().BeginAsync(admin, session.Id, 999_999, Ct));
    }

    [Fact]
    public async Task The_buttons_need_a_form_of_ours()
    {
        using var browser = await server.BrowserAsync(session);
        using var forged = await browser.PostAsync(new Uri($"/view-as/{acme}", UriKind.Relative), null, Ct);
        Assert.Equal("/", forged.Headers.Location!.ToString());
        Assert.Null((await server.ActorAsync(session)).Viewing);

        using var pressed = await browser.PressAsync($"/view-as/{acme}", "/dashboard/admin");
        Assert.Equal((HttpStatusCode.Redirect, "/dashboard/client"), (pressed.StatusCode, pressed.Headers.Location!.ToString()));
        Assert.Equal(acme, (await server.ActorAsync(session)).Viewing?.ClientId);
        using var home = await browser.GetAsync(new Uri("/dashboard/client", UriKind.Relative), Ct);
        Assert.Contains("Back to admin", await home.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
        using var agency = await browser.GetAsync(new Uri("/dashboard/admin", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Forbidden, agency.StatusCode);
    }

    [Fact]
    public async Task Whoever_goes_on_to_another_client_leaves_the_first()
    {
        var globex = await server.ClientIdAsync("Globex Learning");
        await server.Get<ViewService>().TakeChangesAsync(await ViewAsync(), session.Id, Ct);
        using var browser = await server.BrowserAsync(session);

        using var pressed = await browser.PressAsync($"/view-as/{globex}", "/dashboard/client");

        Assert.Equal((HttpStatusCode.Redirect, "/dashboard/client"), (pressed.StatusCode, pressed.Headers.Location!.ToString()));
        Assert.Equal(new Viewing(globex, "Globex Learning", TakesChanges: false), (await server.ActorAsync(session)).Viewing);
        await using var db = server.Open();
        var last = await db.Events.OrderByDescending(e => e.Id).Where(e => e.Type != "client_page_viewed").Take(2).OrderBy(e => e.Id).ToListAsync(Ct);
        Assert.Equal([("client_view_ended", acme, "Nomsa Dube"), ("client_viewed", globex, "Nomsa Dube")], last.Select(e => (e.Type, e.ClientId!.Value, e.ActorName)));
        await Assert.ThrowsAsync<NotFound>(async () => await server.Get<ViewService>().BeginAsync(await server.ActorAsync(session), session.Id, 999_999, Ct));
        Assert.Equal(globex, (await server.ActorAsync(session)).Viewing?.ClientId); // who cannot go on stays
    }

    [Fact]
    public async Task An_admins_page_says_that_they_look_as_a_client_and_how_to_go_on_or_back()
    {
        await ViewAsync();
        using var browser = await server.BrowserAsync(session);

        using var refused = await browser.GetAsync(new Uri("/dashboard/admin/team?page=2", UriKind.Relative), Ct);

        var page = await refused.Content.ReadAsStringAsync(Ct);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        foreach (var words in new[] { "You are looking at Acme Jewellers as a client", "Go on as Acme Jewellers", "Back to the admin’s view" })
            Assert.Contains(words, WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        browser.DefaultRequestHeaders.Referrer = new("http://localhost/dashboard/admin/team?page=2");
        using var back = await browser.PressAsync("/view-as/end", "/dashboard/admin/team");
        Assert.Equal("/dashboard/admin/team?page=2", back.Headers.Location!.ToString());
    }

    // The question was about the client of the page that asked it.
    [Fact]
    public async Task Changes_are_taken_of_the_client_that_was_asked_about_and_of_no_other()
    {
        await ViewAsync();
        using var browser = await server.BrowserAsync(session);
        using var shown = await browser.GetAsync(new Uri("/dashboard/client", UriKind.Relative), Ct);

        (await browser.PostFormAsync("/view-as/changes", shown, ("client", $"{await server.ClientIdAsync("Globex Learning")}"))).Dispose();
        Assert.False((await server.ActorAsync(session)).Viewing!.TakesChanges);

        (await browser.PostFormAsync("/view-as/changes", shown, ("client", $"{acme}"))).Dispose();
        Assert.True((await server.ActorAsync(session)).Viewing!.TakesChanges);
    }

    [Theory]
    [InlineData("/view-as/changes", PortalServer.Admin, "/dashboard/admin")]
    [InlineData("/view-as/end", PortalServer.Admin, "/dashboard/admin")]
    [InlineData("/view-as/changes", PortalServer.AcmeOwner, "/dashboard/client")]
    [InlineData("/view-as/end", PortalServer.MarketingAgent, "/dashboard/agent")]
    public async Task A_button_of_a_view_that_has_ended_leads_home(string button, string person, string home)
    {
        using var browser = await server.BrowserAsync(person);
        using var pressed = await browser.PressAsync(button, home);
        Assert.Equal((HttpStatusCode.Redirect, home), (pressed.StatusCode, pressed.Headers.Location!.ToString()));
    }

    [Theory]
    [InlineData(ClientStatus.Pending, "We are looking at your registration")]
    [InlineData(ClientStatus.Declined, "We cannot open an account for you")]
    [InlineData(ClientStatus.Inactive, "This account is paused")]
    public async Task A_client_that_is_not_open_looks_as_it_does_to_its_people(ClientStatus status, string title)
    {
        await using (var db = server.Open())
            acme = await db.Clients.Where(c => c.Status == status).Select(c => c.Id).FirstAsync(Ct);

        var viewing = await ViewAsync();

        using var browser = await server.BrowserAsync(session);
        var home = await browser.GetStringAsync(new Uri("/dashboard/client", UriKind.Relative), Ct);
        Assert.Contains(title, home, StringComparison.Ordinal);
        Assert.DoesNotContain("Make changes", home, StringComparison.Ordinal);
        Assert.DoesNotContain("/settings/team", await browser.GetStringAsync(new Uri("/dashboard/client/settings", UriKind.Relative), Ct), StringComparison.Ordinal);
        Assert.Empty(viewing.Grants);
        Assert.Throws<Forbidden>(() => server.Get<Database>().Open(viewing, Can.SeeOrganisation));
    }

    private async Task<Actor> ViewAsync()
    {
        await server.Get<ViewService>().BeginAsync(await server.ActorAsync(session), session.Id, acme, Ct);
        return await server.ActorAsync(session);
    }
}
