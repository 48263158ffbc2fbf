using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.Tests.Browser;

/// <summary>What was typed and not saved is not lost without a question: tried where an admin writes a mail.</summary>
[Collection<BrowserCollection>]
public sealed class UnsavedTests(Chromium chromium, LivePortal live) : IClassFixture<LivePortal>
{
    private const string Templates = "/dashboard/admin/settings/templates";

    [Fact]
    public async Task On_the_way_to_another_page_one_is_asked_and_stays_or_leaves()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = visitor.Page;
        await visitor.OpenAsync(Templates);
        await visitor.OpenAsync($"{Templates}/welcome");
        var ours = await Subject(page).InputValueAsync();
        await Subject(page).FillAsync("Come in");
        await page.GetByRole(AriaRole.Link, new() { Name = "All templates" }).ClickAsync();
        await Expect(Question(page)).ToBeVisibleAsync();
        Assert.Empty(await visitor.BarriersAsync());
        await page.GetByRole(AriaRole.Button, new() { Name = "Stay here" }).ClickAsync();
        await Expect(Question(page)).ToBeHiddenAsync();
        await Expect(Subject(page)).ToHaveValueAsync("Come in");
        Assert.EndsWith("/welcome", page.Url, StringComparison.Ordinal);

        // Another language is another text: that would be lost as well.
        await page.GetByRole(AriaRole.Link, new() { Name = "Hindi" }).ClickAsync();
        await Expect(Question(page)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");

        await page.GetByRole(AriaRole.Link, new() { Name = "All templates" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Leave", Exact = true }).ClickAsync();
        await Expect(page).ToHaveURLAsync(TheList);
        await visitor.OpenAsync($"{Templates}/welcome");
        await Expect(Subject(page)).ToHaveValueAsync(ours);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task The_browsers_way_back_is_asked_about_while_the_cursor_is_still_in_the_field()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = visitor.Page;
        await visitor.OpenAsync(Templates);
        await page.Locator("a[href*='/templates/payment_confirmed']").First.ClickAsync();
        var ours = await Subject(page).InputValueAsync();
        var steps = await page.EvaluateAsync<int>("history.length");
        await Subject(page).PressSequentiallyAsync("!");
        await page.EvaluateAsync("history.back()");
        await Expect(Question(page)).ToBeVisibleAsync();
        Assert.EndsWith("/payment_confirmed", page.Url, StringComparison.Ordinal);
        await page.Keyboard.PressAsync("Escape");
        await Expect(Question(page)).ToBeHiddenAsync();
        await page.EvaluateAsync("history.back()");
        await Expect(Question(page)).ToBeVisibleAsync(); // each time
        await page.Keyboard.PressAsync("Escape");
        await Expect(Question(page)).ToBeHiddenAsync();

        // Who has taken it back has nothing to lose.
        await page.RunAndWaitForResponseAsync(() => Subject(page).FillAsync(ours), r => r.Request.Method == "POST" && r.Url.EndsWith("/preview", StringComparison.Ordinal));
        Assert.Equal(steps, await page.EvaluateAsync<int>("history.length")); // what the preview has shown is no step of its own

        // Blazor overlooks a way back that is taken while it still answers for the one before.
        for (var tries = 0; tries < 10 && !page.Url.EndsWith(Templates, StringComparison.Ordinal); tries++)
        {
            await page.EvaluateAsync("history.back()");
            await page.WaitForTimeoutAsync(1_000);
        }

        Assert.EndsWith(Templates, page.Url, StringComparison.Ordinal);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task A_page_that_is_closed_asks_and_one_that_is_loaded_again_has_what_was_typed_until_it_is_saved()
    {
        await using var visitor = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = visitor.Page;
        var asked = new List<string>();
        page.Dialog += async (_, dialog) =>
        {
            asked.Add(dialog.Type);
            await dialog.AcceptAsync();
        };
        await visitor.OpenAsync($"{Templates}/message_received");
        await Subject(page).PressSequentiallyAsync("News: ");
        await visitor.OpenAsync($"{Templates}/message_received");
        Assert.Equal(["beforeunload"], asked);
        await Expect(Subject(page)).ToHaveValueAsync(new Regex("News: "));

        await page.GetByRole(AriaRole.Link, new() { Name = "All templates" }).ClickAsync();
        await Expect(Question(page)).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Escape");
        var editor = page.Locator("dialog[data-guards]");
        var old = await editor.GetAttributeAsync("id");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save template" }).ClickAsync();
        await Expect(page.Locator(".toast")).ToContainTextAsync("Saved");
        await Expect(editor).Not.ToHaveIdAsync(old!); // the saved text has an editor of its own
        await page.GetByRole(AriaRole.Link, new() { Name = "All templates" }).ClickAsync();
        await Expect(page).ToHaveURLAsync(TheList);
        Assert.Equal("{}", await page.EvaluateAsync<string>("JSON.stringify(sessionStorage)"));
        Assert.Equal(["beforeunload"], asked);
        Assert.Empty(visitor.Troubles);
    }

    private static Regex TheList => new($"{Templates}$");

    private static ILocator Subject(IPage page) => page.GetByLabel("Subject", new() { Exact = true });

    private static ILocator Question(IPage page) => page.GetByRole(AriaRole.Alertdialog, new() { Name = "Leave without saving?" });
}
