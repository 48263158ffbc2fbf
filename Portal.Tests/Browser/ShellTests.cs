using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.Tests.Browser;

/// <summary>What surrounds every page: palette, switcher, navigation, and the bar of whoever looks as a client.</summary>
[Collection<BrowserCollection>]
public sealed class ShellTests(Chromium chromium, LivePortal live) : IClassFixture<LivePortal>
{
    [Fact]
    public async Task The_palette_opens_by_its_keys_finds_and_leads_on_without_a_mouse()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = visitor.Page;
        await visitor.OpenAsync("/dashboard/admin");
        await page.Keyboard.PressAsync("Control+k");
        var palette = page.Locator("#palette");
        await Expect(palette).ToBeVisibleAsync();
        await page.Keyboard.TypeAsync("gra");
        await Expect(palette.GetByRole(AriaRole.Link, new() { Name = "Grace Whitfield" })).ToBeVisibleAsync();
        await Expect(palette.GetByRole(AriaRole.Link)).ToHaveCountAsync(1);
        Assert.Empty(await visitor.BarriersAsync());

        await page.Keyboard.PressAsync("Control+a");
        await page.Keyboard.TypeAsync("audit");
        await Expect(palette.GetByRole(AriaRole.Link)).ToHaveTextAsync(["Audit log"]);
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(palette.GetByRole(AriaRole.Link, new() { Name = "Audit log" })).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("ArrowUp");
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync("**/dashboard/admin/audit");
        await Expect(palette).ToBeHiddenAsync();
        await page.Keyboard.PressAsync("Control+k");
        await Expect(palette.GetByRole(AriaRole.Textbox)).ToHaveValueAsync("");
        await Expect(palette.GetByRole(AriaRole.Link, new() { Name = "Settings" })).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task On_a_phone_the_palette_and_the_navigation_are_a_tap_away()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.AcmeOwner, 360, ColorScheme.Dark);
        var page = visitor.Page;
        await visitor.OpenAsync("/dashboard/client");
        await page.GetByRole(AriaRole.Button, new() { Name = "Search or jump to" }).ClickAsync();
        await page.Locator("#palette").GetByRole(AriaRole.Button, new() { Name = "light theme" }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
        await Expect(page.Locator("#palette")).ToBeHiddenAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Open navigation" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "All services" }).ClickAsync();
        await page.Locator("#services-menu").GetByRole(AriaRole.Link, new() { Name = "Website" }).ClickAsync();
        await page.WaitForURLAsync("**/dashboard/client?service=website");
        Assert.False(await visitor.ScrollsSidewaysAsync());
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task On_a_phone_the_open_tab_is_in_sight()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin, 360);
        await visitor.OpenAsync("/dashboard/admin/settings/notification-defaults");
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Notification defaults" })).ToBeInViewportAsync(new() { Ratio = 1 });
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Keeping" }).ClickAsync();
        await visitor.Page.WaitForURLAsync(url => !url.EndsWith("defaults", StringComparison.Ordinal));
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Keeping" })).ToBeInViewportAsync(new() { Ratio = 1 });
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task The_chosen_service_is_in_the_address_and_tints_the_shell()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.AcmeOwner);
        var page = visitor.Page;
        await visitor.OpenAsync("/dashboard/client");
        await Expect(page.Locator(".app")).ToHaveAttributeAsync("data-service", "admin");
        await page.GetByRole(AriaRole.Button, new() { Name = "All services" }).ClickAsync();
        await page.Locator("#services-menu").GetByRole(AriaRole.Link, new() { Name = "Marketing" }).ClickAsync();

        await page.WaitForURLAsync("**/dashboard/client?service=marketing");
        await Expect(page.Locator(".app")).ToHaveAttributeAsync("data-service", "marketing");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Marketing" })).ToBeVisibleAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Website" })).ToHaveCountAsync(0);
        await visitor.OpenAsync("/dashboard/client?service=courses"); // nobody works on it for them
        await Expect(page.Locator(".app")).ToHaveAttributeAsync("data-service", "admin");
    }

    [Fact]
    public async Task A_group_of_the_navigation_stays_as_it_was_left()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = visitor.Page;
        await visitor.OpenAsync("/dashboard/admin");
        await page.Locator("summary", new() { HasText = "Insight" }).ClickAsync();
        await visitor.OpenAsync("/dashboard/admin");
        await Expect(page.Locator("details", new() { HasText = "Insight" })).Not.ToHaveAttributeAsync("open", "");
        await Expect(page.Locator("details", new() { HasText = "House" })).ToHaveAttributeAsync("open", "");
        await page.Locator("summary", new() { HasText = "Insight" }).ClickAsync();
        await visitor.OpenAsync("/dashboard/admin");
        await Expect(page.Locator("details", new() { HasText = "Insight" })).ToHaveAttributeAsync("open", "");
    }

    [Fact]
    public async Task The_period_of_an_admins_home_is_in_the_address()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin);
        await visitor.OpenAsync("/dashboard/admin");
        await visitor.Page.GetByRole(AriaRole.Link, new() { Name = "7 days", Exact = true }).ClickAsync();
        await visitor.Page.WaitForURLAsync("**/dashboard/admin?days=7");
        await Expect(visitor.Page.Locator(".hits li")).ToHaveCountAsync(7);
        await Expect(visitor.Page.GetByRole(AriaRole.Link, new() { Name = "7 days", Exact = true })).ToHaveAttributeAsync("aria-current", "true");
    }

    [Fact]
    public async Task An_admin_looks_as_a_client_under_a_bar_takes_changes_on_purpose_and_comes_back()
    {
        await using var visitor = await chromium.VisitAsync(live.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(PortalServer.Admin);
        await visitor.LookAsAsync(1);
        var bar = page.Locator(".banner.viewing");
        await Expect(bar).ToContainTextAsync("You are looking at Acme Jewellers’s portal as its people see it.");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Acme Jewellers" })).ToBeVisibleAsync();
        Assert.Empty(await visitor.BarriersAsync());
        await visitor.OpenAsync("/dashboard/client?service=website");

        await bar.GetByRole(AriaRole.Button, new() { Name = "Make changes" }).ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Make changes" }).ClickAsync();
        await Expect(bar).ToHaveClassAsync(new Regex("is-danger"));
        await Expect(bar).ToContainTextAsync("in your name");
        Assert.Empty(await visitor.BarriersAsync());
        await bar.GetByRole(AriaRole.Button, new() { Name = "Back to admin" }).ClickAsync();

        await page.WaitForURLAsync("**/dashboard/admin");
        await Expect(bar).ToHaveCountAsync(0);
        await visitor.OpenAsync("/dashboard/admin/audit?q=nomsa dube, viewing");
        await Expect(page.Locator("tbody")).ToContainTextAsync("Nomsa Dube, viewing as Acme Jewellers");
        await visitor.OpenAsync("/dashboard/admin/audit?type=client_page_viewed");
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(3); // the first, the one of the service, and again after taking changes
        Assert.Empty(visitor.Troubles);
    }
}
