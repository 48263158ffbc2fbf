using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Core.Reactions.Notifications;
using static Microsoft.Playwright.Assertions;

namespace Portal.Tests.Browser;

/// <summary>What happens is heard on the open page: bell, toast, centre.</summary>
[Collection<BrowserCollection>]
public sealed class NotificationsTests(Chromium chromium, LivePortal live) : IClassFixture<LivePortal>
{
    [Fact]
    public async Task What_has_just_happened_is_a_toast_and_a_number_on_the_bell_and_leads_to_the_item()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.AcmeOwner);
        var page = visitor.Page;
        await visitor.OpenAsync("/dashboard/client/settings");
        await Expect(Bell(page)).ToHaveTextAsync("3");
        await Expect(page.Locator(".toast")).ToHaveCountAsync(0); // what was there before is no news

        await RaiseAsync(PortalServer.AcmeOwner, "payment_due");
        await Expect(page.Locator(".toast")).ToContainTextAsync("$480.00 is due", new() { Timeout = 5000 });
        await Expect(Bell(page)).ToHaveTextAsync("4");
        await Expect(page.Locator(".toasts [aria-live=polite] .toast")).ToHaveCountAsync(1);
        Assert.Empty(await visitor.BarriersAsync());

        await page.Locator(".toast a").ClickAsync();
        await page.WaitForURLAsync("**/dashboard/client");
        await Expect(Bell(page)).ToHaveTextAsync("3");
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Ten_at_once_are_one_toast()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.WebsiteAgent);
        var page = visitor.Page;
        await visitor.OpenAsync("/dashboard/agent");
        await RaiseAsync(PortalServer.WebsiteAgent, [.. NotificationTypes.All.Take(10).Select(t => t.Key)]);
        await Expect(Bell(page)).ToHaveTextAsync("13");
        await Expect(page.Locator(".toast")).ToHaveTextAsync(["Several new notifications13 unread"]);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task What_is_read_in_one_tab_is_read_in_the_other()
    {
        await using var one = await live.VisitAsync(chromium, PortalServer.GlobexOwner);
        await using var other = await live.VisitAsync(chromium, PortalServer.GlobexOwner);
        await one.OpenAsync("/dashboard/client");
        await other.OpenAsync("/dashboard/client/notifications?tab=unread");
        await Expect(other.Page.Locator("main .note-list > li")).ToHaveCountAsync(3);

        await one.Page.GetByRole(AriaRole.Button, new() { Name = "Notifications, 3 unread" }).ClickAsync();
        await Expect(one.Page.Locator("#bell .note-list > li")).ToHaveCountAsync(5);
        Assert.Empty(await one.BarriersAsync());
        await one.Page.Locator("#bell").GetByRole(AriaRole.Button, new() { Name = "Mark all read" }).ClickAsync();

        await Expect(other.Page.GetByRole(AriaRole.Heading, new() { Name = "You have read everything" })).ToBeVisibleAsync();
        await Expect(Bell(other.Page)).ToHaveCountAsync(0);
        await one.Page.Locator("#bell").GetByRole(AriaRole.Link, new() { Name = "See all notifications" }).ClickAsync();
        await one.Page.WaitForURLAsync("**/dashboard/client/notifications");
        await Expect(one.Page.Locator("#bell")).ToBeHiddenAsync();
        await one.Page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Preferences" }).ClickAsync();
        await one.Page.WaitForURLAsync("**/dashboard/client/settings/notifications");
        await Expect(one.Page.Locator("#bell").GetByRole(AriaRole.Link, new() { Name = "Preferences", IncludeHidden = true })).ToHaveAttributeAsync("href", "/dashboard/client/settings/notifications");
        Assert.Empty(one.Troubles);
        Assert.Empty(other.Troubles);
    }

    [Fact]
    public async Task The_centre_filters_reads_on_the_way_archives_and_snoozes_without_a_mouse()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.MarketingAgent);
        var page = visitor.Page;
        await visitor.OpenAsync("/dashboard/agent/notifications");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Yesterday" })).ToBeVisibleAsync(); // something came a day ago
        await page.GetByRole(AriaRole.Navigation, new() { Name = "Which notifications" }).GetByRole(AriaRole.Link, new() { Name = "Tasks" }).ClickAsync();
        await page.WaitForURLAsync("**/notifications?tab=tasks");
        var rows = page.Locator("main .note-list > li");
        await Expect(rows).ToHaveCountAsync(3);

        await page.GetByRole(AriaRole.Button, new() { Name = "Archive: Nomsa Dube gave you a task" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(rows).ToHaveCountAsync(2);
        await page.GetByRole(AriaRole.Button, new() { Name = "Snooze: “Write the festive newsletter” is overdue" }).FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        Assert.Empty(await visitor.BarriersAsync());
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.PressAsync("Enter");
        await Expect(rows).ToHaveCountAsync(1);
        await Expect(page.Locator("#snooze")).ToBeHiddenAsync();

        await visitor.OpenAsync("/dashboard/agent/notifications?tab=snoozed");
        await page.GetByRole(AriaRole.Button, new() { Name = "Bring back" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Nothing is snoozed" })).ToBeVisibleAsync();
        await visitor.OpenAsync("/dashboard/agent/notifications?tab=unread");
        await rows.First.GetByRole(AriaRole.Link).ClickAsync();
        await page.WaitForURLAsync(new Regex("/dashboard/agent$"));
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task An_admin_who_looks_as_a_client_has_no_bell_and_reads_nothing_for_them()
    {
        await using var visitor = await chromium.VisitAsync(live.Address);
        await visitor.SignInAsync("daniel@portal.local");
        await visitor.LookAsAsync(3);
        await visitor.OpenAsync("/dashboard/client/notifications");
        await Expect(visitor.Page.Locator("#bell")).ToHaveCountAsync(0);
        await Expect(visitor.Page.GetByRole(AriaRole.Button, new() { Name = "Mark all read" })).ToHaveCountAsync(0);
        await Expect(visitor.Page.Locator("main .notice")).ToBeVisibleAsync();
        Assert.Empty(await visitor.BarriersAsync());
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task The_development_page_raises_each_type_for_whoever_looks()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.AcmeViewer);
        var page = visitor.Page;
        await visitor.OpenAsync("/dev/notifications");
        await Expect(page.Locator("main .rows > li")).ToHaveCountAsync(NotificationTypes.All.Count);
        await page.GetByRole(AriaRole.Button, new() { Name = "Raise: You have finished" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToContainTextAsync("You have finished Selling on Instagram");
        await page.GetByRole(AriaRole.Button, new() { Name = "Raise them all" }).ClickAsync();
        await Expect(Bell(page)).ToHaveTextAsync("29"); // one more of what is unread takes its place
        for (var tries = 0; tries < 100 && Directory.GetFiles(live.Mailbox).Length < NotificationTypes.All.Count; tries++)
            await Task.Delay(100, Ct);
        Assert.True(Directory.GetFiles(live.Mailbox).Length >= NotificationTypes.All.Count);
        Assert.Empty(visitor.Troubles);
    }

    private static ILocator Bell(IPage page) => page.Locator("[popovertarget=bell] .count");

    private async Task RaiseAsync(string email, params string[] types) =>
        await live.Server.Get<SampleDesk>().RaiseAsync(await live.Server.ActorAsync(email), [.. types.Select(NotificationTypes.Of)], Ct);
}
