using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace Portal.Tests.Browser;

/// <summary>Integrations, as an admin sets one up.</summary>
[Collection<BrowserCollection>]
public sealed class IntegrationsTests(Chromium chromium, LivePortal live) : IClassFixture<LivePortal>
{
    [Fact]
    public async Task An_integration_is_set_up_kept_changed_and_deleted_and_its_secret_is_never_seen_again()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = visitor.Page;
        await visitor.OpenAsync("/dashboard/admin/settings/integrations");
        await page.GetByRole(AriaRole.Link, new() { Name = "Set up PayPal" }).ClickAsync();
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("PayPal, live");
        await page.GetByLabel("Client ID").FillAsync("a-client-id-of-ours");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add configuration" }).ClickAsync();
        await Assertions.Expect(page.GetByText("This is needed.")).ToBeVisibleAsync();
        await page.GetByLabel("Client secret").FillAsync("the-secret-of-it-9f3K");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add configuration" }).ClickAsync();

        await page.WaitForURLAsync(new Regex("/integrations/\\d+$"));
        await Assertions.Expect(page.GetByText("Set; it ends with 9f3K")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Added an API configuration")).ToBeVisibleAsync();
        Assert.DoesNotContain("the-secret-of-it", await page.ContentAsync(), StringComparison.Ordinal);

        await page.GetByLabel("Webhook ID").FillAsync("WH-77");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Webhook ID: WH-77")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Set; it ends with 9f3K")).ToBeVisibleAsync();

        await page.GetByRole(AriaRole.Button, new() { Name = "Delete" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("/integrations$"));
        await Assertions.Expect(page.GetByText("PayPal, live")).ToHaveCountAsync(0);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task A_new_key_is_made_and_all_secrets_are_sealed_with_it()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = visitor.Page;
        await visitor.OpenAsync("/dashboard/admin/settings/integrations");
        await page.GetByRole(AriaRole.Button, new() { Name = "Make a new key" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Make a new key" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Number 2, made")).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }
}
