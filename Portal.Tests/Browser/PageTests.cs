using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Routing;
using Microsoft.Playwright;
using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Browser;

/// <summary>Every page of every role in both themes, wide and on a phone.</summary>
[Collection<BrowserCollection>]
public sealed class PageTests(Chromium chromium, LivePortal live) : IClassFixture<LivePortal>
{
    private readonly Uri portal = live.Address;

    public static TheoryData<string, string> Pages => new()
    {
        { PortalServer.Admin, "/dashboard/admin" },
        { PortalServer.Admin, "/dashboard/admin?days=90" },
        { PortalServer.Admin, "/dashboard/admin/audit" },
        { PortalServer.Admin, "/dashboard/admin/audit?type=signed_in" },
        { PortalServer.Admin, "/dashboard/admin/audit?q=nobody-of-this-name" },
        { PortalServer.Admin, "/dashboard/admin/audit/1" },
        { PortalServer.Admin, "/dashboard/admin/notifications" },
        { PortalServer.Admin, "/dashboard/admin/sent" },
        { PortalServer.Admin, "/dashboard/admin/sent?status=failed" },
        { PortalServer.MarketingAgent, "/dashboard/agent/sent" },
        { PortalServer.AcmeOwner, "/dashboard/client/sent" },
        { PortalServer.AcmeViewer, "/dashboard/client/sent?channel=sms" },
        { PortalServer.Admin, "/dashboard/admin/deliveries" },
        { PortalServer.Admin, "/dashboard/admin/deliveries?status=dead" },
        { PortalServer.Admin, "/dashboard/admin/deliveries?tab=suppressed" },
        { PortalServer.Admin, "/dashboard/admin/jobs" },
        { PortalServer.Admin, "/dashboard/admin/jobs/clean-up" },
        { PortalServer.Admin, "/dashboard/admin/settings/retention" },
        { PortalServer.MarketingAgent, "/dashboard/agent/notifications?tab=tasks" },
        { PortalServer.AcmeOwner, "/dashboard/client/notifications" },
        { PortalServer.AcmeOwner, "/dashboard/client/notifications?tab=archived" },
        { PortalServer.AcmeViewer, "/dev/notifications" },
        { PortalServer.Admin, "/dashboard/admin/clients" },
        { PortalServer.Admin, "/dashboard/admin/clients?status=declined&without_agent=true" },
        { PortalServer.Admin, "/dashboard/admin/clients/1" },
        { PortalServer.Admin, "/dashboard/admin/clients/1?tab=profile" },
        { PortalServer.Admin, "/dashboard/admin/clients/1?tab=people" },
        { PortalServer.Admin, "/dashboard/admin/clients/1?tab=activity" },
        { PortalServer.Admin, "/dashboard/admin/clients/import" },
        { PortalServer.MarketingAgent, "/dashboard/agent/clients" },
        { PortalServer.MarketingAgent, "/dashboard/agent/clients/1" },
        { PortalServer.MarketingAgent, "/dashboard/agent" },
        { PortalServer.AcmeOwner, "/dashboard/client" },
        { PortalServer.AcmeOwner, "/dashboard/client?service=website" },
        { PortalServer.AcmeViewer, "/dashboard/client" },
        { PortalServer.Admin, "/dashboard/admin/settings" },
        { PortalServer.Admin, "/dashboard/admin/settings/security" },
        { PortalServer.MarketingAgent, "/dashboard/agent/settings" },
        { PortalServer.MarketingAgent, "/dashboard/agent/settings/security" },
        { PortalServer.AcmeViewer, "/dashboard/client/settings" },
        { PortalServer.AcmeViewer, "/dashboard/client/settings/security" },
        { PortalServer.Admin, "/dashboard/admin/team" },
        { PortalServer.Admin, "/dashboard/admin/team?workload=over" },
        { PortalServer.Admin, "/dashboard/admin/team?tab=admins" },
        { PortalServer.Admin, "/dashboard/admin/team?tab=invitations" },
        { PortalServer.Admin, "/dashboard/admin/team/1" },
        { PortalServer.Admin, "/dashboard/admin/team/3" },
        { PortalServer.Admin, "/dashboard/admin/settings/agency" },
        { PortalServer.Admin, "/dashboard/admin/settings/email" },
        { PortalServer.Admin, "/dashboard/admin/settings/templates" },
        { PortalServer.Admin, "/dashboard/admin/settings/templates?category=payments&changed=true" },
        { PortalServer.Admin, "/dashboard/admin/settings/templates/invoice_reminder" },
        { PortalServer.Admin, "/dashboard/admin/settings/webhooks" },
        { PortalServer.Admin, "/dashboard/admin/settings/webhooks?provider=stripe&state=kept" },
        { PortalServer.Admin, "/dashboard/admin/settings/integrations" },
        { PortalServer.Admin, "/dashboard/admin/settings/integrations?provider=stripe&active=true" },
        { PortalServer.Admin, "/dashboard/admin/settings/integrations/new" },
        { PortalServer.Admin, "/dashboard/admin/settings/integrations/new?provider=whatsapp" },
        { PortalServer.Admin, "/dashboard/admin/settings/integrations/1" },
        { PortalServer.Admin, "/dashboard/admin/settings/simulators" },
        { PortalServer.Admin, "/dashboard/admin/settings/simulators?provider=stripe&tab=calls" },
        { PortalServer.Admin, "/dashboard/admin/settings/simulators?provider=twilio&tab=callbacks" },
        { PortalServer.Admin, "/dashboard/admin/settings/isolation" },
        { PortalServer.Admin, "/dashboard/admin/settings/notifications" },
        { PortalServer.Admin, "/dashboard/admin/settings/notification-defaults" },
        { PortalServer.MarketingAgent, "/dashboard/agent/settings/notifications" },
        { PortalServer.AcmeOwner, "/dashboard/client/settings/notifications" },
        { PortalServer.AcmeOwner, "/dashboard/client/settings/team" },
        { PortalServer.AcmeOwner, "/dashboard/client/settings/organisation" },
        { PortalServer.AcmeViewer, "/dashboard/client/settings/team" },
        { PortalServer.AcmeViewer, "/dashboard/client/settings/organisation" },
        { "george.fairfax@whitbysailmakers.example", "/dashboard/client" }, // pending
        { "jordan.pike@quickwinpromotions.example", "/dashboard/client" }, // declined
        { "blessing.marufu@sunbirdtelecoms.example", "/dashboard/client" }, // inactive
        { "oliver.grant@thamescycleworks.example", "/dashboard/client" }, // closing
        { "grace@portal.local", "/dashboard/agent" },
    };

    public static TheoryData<string, int> Entrances => new()
    {
        { "/sign-in", 200 },
        { "/sign-in?after=reset", 200 },
        { "/sign-in/code", 200 },
        { "/sign-in/code/enter", 200 },
        { "/sign-in/second-step", 200 },
        { "/register", 200 },
        { "/verify-email?after=register", 200 },
        { "/forgot-password", 200 },
        { "/reset-password", 200 },
        { "/set-up?token=guess", 404 },
        { "/terms", 200 },
        { "/mailbox", 200 },
        { "/invited?token=guess", 410 },
        { "/unsubscribe?token=guess", 404 },
        { "/nothing-here", 404 },
        { "/bench", 404 },
    };

    [Fact]
    public void Every_page_of_the_portal_is_looked_at()
    {
        var seen = Pages.Select(p => p.Data.Item2).Concat(Entrances.Select(e => e.Data.Item1)).Select(path => path.Split('?')[0]).ToList();
        var pages = live.Server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<ComponentTypeMetadata>() is not null)
            .Select(e => "/" + e.RoutePattern.RawText!.Trim('/'))
            .Where(pattern => !pattern.StartsWith("/problem/", StringComparison.Ordinal))
            .Except(["/error", "/forbidden", "/not-found"]); // shown in place of another page
        Assert.DoesNotContain(pages, pattern => !seen.Any(path => Regex.IsMatch(path, $"^{Regex.Replace(pattern, @"\{\w+(:\w+)?\}", "[^/]+")}$")));
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public async Task A_page_has_no_barrier_and_no_trouble_in_either_theme_at_any_width(string person, string path)
    {
        await using var visitor = await live.VisitAsync(chromium, person);

        Assert.Equal(200, await visitor.OpenAsync(path));

        await HasNoBarrierAsync(visitor);
    }

    [Theory]
    [MemberData(nameof(Entrances))]
    public async Task A_page_for_strangers_has_no_barrier_either(string path, int status)
    {
        await using var visitor = await chromium.VisitAsync(portal);

        var answer = await visitor.Page.GotoAsync(path);

        Assert.Equal(status, answer!.Status);
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);
        await HasNoBarrierAsync(visitor);
    }

    [Fact]
    public async Task The_page_that_ends_a_kind_of_mail_has_no_barrier()
    {
        var owner = await live.Server.ActorAsync(PortalServer.AcmeOwner);
        var link = live.Server.Get<MailLinks>().Unsubscribe(owner.UserId, "task_overdue");
        await using var visitor = await chromium.VisitAsync(portal);

        await visitor.Page.GotoAsync(new Uri(link).PathAndQuery);

        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToBeVisibleAsync();
        await HasNoBarrierAsync(visitor);
    }

    [Fact]
    public async Task A_stranger_is_sent_to_sign_in_and_comes_back_to_where_they_wanted()
    {
        await using var visitor = await chromium.VisitAsync(portal);
        await visitor.Page.GotoAsync("/dashboard/admin/audit?type=client_opened");
        Assert.Contains("/sign-in", visitor.Page.Url);

        await visitor.Page.GetByLabel("E-mail").FillAsync(PortalServer.Admin);
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(PortalServer.Password);
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await visitor.Page.WaitForURLAsync("**/dashboard/admin/audit?type=client_opened");
    }

    [Fact]
    public async Task A_wrong_password_is_said_beside_the_field_and_signs_nobody_in()
    {
        await using var visitor = await chromium.VisitAsync(portal);
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.Page.GetByLabel("E-mail").FillAsync(PortalServer.AcmeOwner);
        await visitor.Page.GetByLabel("Password", new() { Exact = true }).FillAsync("not-the-password");
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();

        await Assertions.Expect(visitor.Page.GetByText("do not match")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.GetByLabel("Password", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await Assertions.Expect(visitor.Page.GetByLabel("E-mail")).ToHaveValueAsync(PortalServer.AcmeOwner);
    }

    [Theory]
    [InlineData(PortalServer.AcmeOwner, "/dashboard/admin/audit")]
    [InlineData(PortalServer.AcmeOwner, "/dashboard/agent")]
    [InlineData(PortalServer.MarketingAgent, "/dashboard/admin")]
    [InlineData(PortalServer.MarketingAgent, "/dashboard/client")]
    [InlineData(PortalServer.Admin, "/dashboard/client")]
    public async Task A_page_of_another_role_is_a_real_403(string person, string path)
    {
        await using var visitor = await live.VisitAsync(chromium, person);

        var answer = await visitor.Page.GotoAsync(path);

        Assert.Equal(403, answer!.Status);
        await Assertions.Expect(visitor.Page.GetByRole(AriaRole.Heading, new() { Name = "This is not yours to open" })).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_audit_log_filters_sorts_and_opens_by_its_address()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = visitor.Page;
        await visitor.OpenAsync("/dashboard/admin/audit");

        await page.GetByRole(AriaRole.Searchbox).FillAsync("nom");
        await page.WaitForURLAsync(new Regex("q=nom"));
        await Assertions.Expect(page.Locator("tbody tr").Filter(new() { HasNotText = "Nomsa Dube" })).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "When" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("sort=at"));
        await page.GetByRole(AriaRole.Link, new() { Name = "Clear" }).ClickAsync();
        await Assertions.Expect(page.Locator("tbody tr").Filter(new() { HasText = "Globex Learning" })).Not.ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Opened a client" }).First.ClickAsync();

        await page.WaitForURLAsync(new Regex("/audit/\\d+$"));
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Opened a client" })).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Signing_out_closes_the_portal()
    {
        await using var visitor = await chromium.VisitAsync(portal);
        await visitor.SignInAsync(PortalServer.AcmeOwner);
        await visitor.OpenAsync("/dashboard/client");

        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "menu of" }).ClickAsync();
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/sign-in");
        await visitor.Page.GotoAsync("/dashboard/client");

        Assert.Contains("/sign-in", visitor.Page.Url);
    }

    [Fact]
    public async Task A_page_goes_straight_for_a_web_socket()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin);
        var negotiations = 0;
        visitor.Page.Request += (_, request) => negotiations += request.Url.Contains("/negotiate", StringComparison.Ordinal) ? 1 : 0;

        Assert.Equal(200, await visitor.OpenAsync("/dashboard/admin/audit"));
        await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Check the chain" }).ClickAsync();

        await Assertions.Expect(visitor.Page.GetByText("The chain is whole")).ToBeVisibleAsync();
        Assert.Equal(0, negotiations);
    }

    [Fact]
    public async Task The_portal_works_where_web_sockets_do_not_get_through()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin);
        await visitor.Page.AddInitScriptAsync("window.WebSocket = class extends EventTarget { constructor() { super(); setTimeout(() => { const e = new Event('error'); this.onerror?.(e); this.dispatchEvent(e); this.onclose?.({}); }); } close() {} };");
        await visitor.Page.RunAndWaitForRequestAsync(() => visitor.Page.GotoAsync("/dashboard/admin/audit"), request => request.Url.Contains("/_blazor/negotiate", StringComparison.Ordinal));

        var answer = visitor.Page.GetByText("The chain is whole");
        for (var tries = 0; tries < 30 && !await answer.IsVisibleAsync(); tries++)
        {
            await visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Check the chain" }).ClickAsync();
            await Task.Delay(300, Ct);
        }

        await Assertions.Expect(answer).ToBeVisibleAsync();
    }

    [Fact]
    public async Task The_portal_works_without_a_mouse()
    {
        await using var visitor = await chromium.VisitAsync(portal);
        await visitor.Page.GotoAsync("/sign-in");
        await visitor.Page.Keyboard.TypeAsync(PortalServer.Admin);
        await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.TypeAsync(PortalServer.Password);
        var live = visitor.Page.WaitForWebSocketAsync();
        await visitor.Page.Keyboard.PressAsync("Enter");
        await visitor.Page.WaitForURLAsync("**/dashboard/admin");

        // The live page takes the place of the first one, and what had the focus there.
        await live;
        await visitor.Page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        for (var i = 0; i < 60 && await visitor.Page.EvaluateAsync<string>("document.activeElement.textContent.trim()") != "Audit log"; i++)
            await visitor.Page.Keyboard.PressAsync("Tab");
        await visitor.Page.Keyboard.PressAsync("Enter");

        await visitor.Page.WaitForURLAsync("**/dashboard/admin/audit");
    }

    /// <summary>Wide in the light, then on a phone in the dark; and by the keyboard alone.</summary>
    private static async Task HasNoBarrierAsync(Visitor visitor)
    {
        await LookAsync();
        Nothing(await visitor.OutOfReachAsync());
        await visitor.Page.SetViewportSizeAsync(360, 900);
        await visitor.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        await visitor.Page.EvaluateAsync("new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))");
        await LookAsync();
        Assert.Empty(visitor.Troubles);

        async Task LookAsync()
        {
            Nothing(await visitor.BarriersAsync());
            Assert.False(await visitor.ScrollsSidewaysAsync(), $"{visitor.Page.Url} scrolls sideways");
        }
    }

    private static void Nothing(IReadOnlyList<string> found) => Assert.True(found.Count == 0, string.Join('\n', found));
}
