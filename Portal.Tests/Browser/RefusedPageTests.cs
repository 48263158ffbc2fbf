using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.Tests.Browser;

/// <summary>A page shown in place of a refused one.</summary>
[Collection<BrowserCollection>]
public sealed class RefusedPageTests(Chromium chromium, LivePortal live) : IClassFixture<LivePortal>
{
    [Fact]
    public async Task A_button_on_a_page_that_is_refused_does_what_it_says()
    {
        await using var visitor = await chromium.VisitAsync(live.Address);
        var page = visitor.Page;
        await visitor.SignInAsync(PortalServer.Admin);
        await visitor.LookAsAsync(2);
        await page.GotoAsync(new Uri(new Uri(page.Url), "/dashboard/admin/team").ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });

        await page.GetByRole(AriaRole.Button, new() { Name = "Back to the admin’s view" }).ClickAsync();

        await page.WaitForURLAsync("**/dashboard/admin/team");
        await Expect(page.Locator(".banner.viewing")).ToHaveCountAsync(0);
        await page.GotoAsync(new Uri(new Uri(page.Url), "/dashboard/client").ToString(), new() { WaitUntil = WaitUntilState.NetworkIdle });
        await page.Locator("button[popovertarget=me-menu]").ClickAsync();
        await page.Locator("form[action='/sign-out'] button").First.ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
    }
}
