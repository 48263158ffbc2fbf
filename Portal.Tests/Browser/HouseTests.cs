using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Portal.Tests.Browser;

/// <summary>Deliveries and jobs, as an admin works with them.</summary>
[Collection<BrowserCollection>]
public sealed class HouseTests(Chromium chromium, LivePortal live) : IClassFixture<LivePortal>
{
    [Fact]
    public async Task A_delivery_opens_beside_the_list_by_its_address_and_closes_by_escape()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = visitor.Page;
        await visitor.OpenAsync("/dashboard/admin/deliveries?status=dead");
        await page.GetByRole(AriaRole.Link, new() { Name = "Your campaign has ended" }).ClickAsync();

        var drawer = page.GetByRole(AriaRole.Dialog, new() { Name = "Your campaign has ended" });
        await Assertions.Expect(drawer.GetByText("Refused for good")).ToBeVisibleAsync();
        await page.WaitForURLAsync(new Regex("status=dead.*open=\\d+"));
        await Assertions.Expect(drawer.FrameLocator("iframe").GetByText("You find everything in the portal")).ToBeVisibleAsync();

        // Into a frame that runs nothing axe cannot look, and waits for ever.
        await page.EvaluateAsync("document.querySelector('dialog iframe').remove()");
        var barriers = await visitor.BarriersAsync();
        Assert.True(barriers.Count == 0, string.Join('\n', barriers));

        await page.Keyboard.PressAsync("Escape");
        await page.WaitForURLAsync(url => !url.Contains("open=", StringComparison.Ordinal));
        await Assertions.Expect(drawer).ToHaveCountAsync(0);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task What_is_sent_again_is_seen_going_without_a_reload()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = visitor.Page;
        await visitor.OpenAsync("/dashboard/admin/deliveries?q=office@");
        await page.GetByRole(AriaRole.Link, new() { Name = "Invoice INV-2026-0042 is due" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send again" }).ClickAsync();

        await Assertions.Expect(page.GetByRole(AriaRole.Dialog).GetByText("Sent", new() { Exact = true }).First).ToBeVisibleAsync(new() { Timeout = 15_000 });
    }

    [Fact]
    public async Task A_job_that_is_run_now_shows_its_result_and_a_paused_one_says_by_whom()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = visitor.Page;
        await visitor.OpenAsync("/dashboard/admin/jobs/rotate-keys");

        await page.GetByRole(AriaRole.Button, new() { Name = "Pause: Change keys" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Paused by Nomsa Dube")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Run now: Change keys" }).ClickAsync();
        await Assertions.Expect(page.GetByText("asked for by Nomsa Dube")).ToBeVisibleAsync(new() { Timeout = 15_000 });
        await page.GetByRole(AriaRole.Button, new() { Name = "Resume: Change keys" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Paused by Nomsa Dube")).ToHaveCountAsync(0);
        Assert.Empty(visitor.Troubles);
    }
}
