using Microsoft.Playwright;

namespace Portal.Tests.Browser;

/// <summary>A message as an owner sends it.</summary>
[Collection<BrowserCollection>]
public sealed class SendingTests(Chromium chromium, LivePortal live) : IClassFixture<LivePortal>
{
    [Fact]
    public async Task A_message_is_sent_to_several_seen_leaving_read_again_and_hidden()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.AcmeOwner);
        var page = visitor.Page;
        await visitor.OpenAsync("/dashboard/client/sent");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a message" }).First.ClickAsync();
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("rumbi@example.com\nnobody");
        await page.GetByLabel("Subject", new() { Exact = true }).FillAsync("Your ring is polished");
        await page.GetByLabel("Message", new() { Exact = true }).FillAsync("Come and fetch it.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();
        await Assertions.Expect(page.GetByText("nobody: That is not an e-mail address.")).ToBeVisibleAsync();
        await page.GetByLabel("To", new() { Exact = true }).FillAsync("rumbi@example.com\nfarai@example.com");
        await page.GetByRole(AriaRole.Button, new() { Name = "Send", Exact = true }).ClickAsync();

        await Assertions.Expect(page.GetByText("2 messages are on their way")).ToBeVisibleAsync();
        var row = page.GetByRole(AriaRole.Row).Filter(new() { HasText = "rumbi@example.com" });
        await Assertions.Expect(row.GetByText(new System.Text.RegularExpressions.Regex("^(Sent|Delivered|Read)$"))).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await row.GetByRole(AriaRole.Link, new() { Name = "Your ring is polished" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Come and fetch it.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Hide" }).First.ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Hide" }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        Assert.Empty(visitor.Troubles);
    }
}
