using Microsoft.Playwright;
using Portal.Core.Domains.People;
using static Microsoft.Playwright.Assertions;

namespace Portal.Tests.Browser;

/// <summary>What is taken away is gone from the pages that are open: at once on the host where it was done, within half a minute on another.</summary>
[Collection<BrowserCollection>]
public sealed class RevocationTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly LocatorAssertionsToBeVisibleOptions AtOnce = new() { Timeout = 2_000 };
    private static readonly LocatorAssertionsToBeVisibleOptions Soon = new() { Timeout = 30_000 };
    private readonly TempFolder data = new();
    private PortalServer here = null!;
    private PortalServer there = null!;
    private Uri portal = null!;
    private Uri other = null!;

    public ValueTask InitializeAsync()
    {
        (here, there) = (new() { DataPath = data.Path }, new() { DataPath = data.Path });
        (portal, other) = (here.Listen(), there.Listen());
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await here.DisposeAsync();
        await there.DisposeAsync();
        data.Dispose();
    }

    [Fact]
    public async Task A_lost_assignment_takes_the_client_off_an_open_page()
    {
        await using var visitor = await OpenAsync(portal, PortalServer.MarketingAgent, "/dashboard/agent");
        await using var beside = await OpenAsync(other, PortalServer.MarketingAgent, "/dashboard/agent");
        var (kept, lost) = (visitor.Page.GetByText("Kopje Coffee Roasters").First, visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Savanna Print" }));
        await Expect(lost).ToBeVisibleAsync();

        var me = await here.UserAsync(PortalServer.MarketingAgent);
        var client = await here.ClientIdAsync("Savanna Print");
        await ChangeAsync(me.Id, db => db.Access.Where(a => a.UserId == me.Id && a.ClientId == client).ExecuteDeleteAsync(Ct));

        await Expect(lost).ToHaveCountAsync(0, new() { Timeout = 2_000 });
        await Expect(kept).ToBeVisibleAsync();
        await Expect(beside.Page.GetByRole(AriaRole.Link, new() { Name = "Savanna Print" })).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        Assert.Empty(visitor.Troubles.Concat(beside.Troubles));
    }

    [Fact]
    public async Task A_lost_role_closes_the_page_it_opened()
    {
        await using var visitor = await OpenAsync(portal, PortalServer.Admin, "/dashboard/admin/audit");
        await using var beside = await OpenAsync(other, PortalServer.Admin, "/dashboard/admin/audit");
        var me = await here.UserAsync(PortalServer.Admin);

        await ChangeAsync(me.Id, db => db.Users.Where(u => u.Id == me.Id).ExecuteUpdateAsync(u => u.SetProperty(x => x.Role, Role.Agent), Ct));

        await Expect(Refusal(visitor)).ToBeVisibleAsync(AtOnce);
        await Expect(Refusal(beside)).ToBeVisibleAsync(Soon);
        Assert.Empty(visitor.Troubles.Concat(beside.Troubles));
    }

    [Fact]
    public async Task An_ended_session_sends_its_open_pages_to_sign_in()
    {
        await using var visitor = await OpenAsync(portal, PortalServer.AcmeOwner, "/dashboard/client");
        await using var beside = await OpenAsync(other, PortalServer.AcmeOwner, "/dashboard/client");
        var me = await here.UserAsync(PortalServer.AcmeOwner);

        await ChangeAsync(me.Id, db => db.Sessions.Where(s => s.UserId == me.Id).ExecuteUpdateAsync(s => s.SetProperty(x => x.EndedAt, TimeProvider.System.Now()), Ct));

        await visitor.Page.WaitForURLAsync("**/sign-in?return=**", new() { Timeout = 2_000 });
        await beside.Page.WaitForURLAsync("**/sign-in?return=**", new() { Timeout = 30_000 });
    }

    [Fact]
    public async Task A_client_that_is_paused_turns_its_open_pages_into_how_it_stands()
    {
        await using var visitor = await OpenAsync(portal, PortalServer.GlobexOwner, "/dashboard/client");
        var me = await here.UserAsync(PortalServer.GlobexOwner);
        await ChangeAsync(me.Id, async db =>
        {
            (await db.Clients.SingleAsync(c => c.Name == "Globex Learning", Ct)).Deactivate("We need to talk first.");
            await db.SaveChangesAsync(Ct);
        });

        await Expect(visitor.Page.GetByText("We need to talk first.")).ToBeVisibleAsync(AtOnce);
        Assert.Empty(visitor.Troubles);
    }

    private static ILocator Refusal(Visitor visitor) => visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "This is not yours to open" });

    private async Task<Visitor> OpenAsync(Uri host, string person, string path)
    {
        var visitor = await chromium.VisitAsync(host);
        var cookie = await here.CookieAsync(await here.SessionAsync(person));
        await visitor.Page.Context.AddCookiesAsync([new() { Name = "portal", Value = cookie, Url = host.ToString() }]);
        Assert.Equal(200, await visitor.OpenAsync(path));
        return visitor;
    }

    private async Task ChangeAsync(long person, Func<PortalDb, Task> change)
    {
        await using (var db = here.Get<Database>().Open(Actor.System("test"), Can.KeepHouse))
            await change(db);
        here.Get<PersonDirectory>().Forget(person);
    }
}
