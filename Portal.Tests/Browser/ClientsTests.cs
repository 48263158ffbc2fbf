using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace Portal.Tests.Browser;

/// <summary>An admin's day with clients, and an agent's.</summary>
[Collection<BrowserCollection>]
public sealed class ClientsTests(Chromium chromium, LivePortal live) : IClassFixture<LivePortal>
{
    private const string List = "/dashboard/admin/clients";

    /// <summary>A page's rows are handed from the first HTML to the live page; a browser may only bring so much.</summary>
    [Theory]
    [InlineData(100)] // more than a hub takes by itself
    [InlineData(200)] // more than is handed over
    public async Task A_page_of_long_names_comes_alive(int length)
    {
        await using (var db = live.Server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse))
        {
            db.AddRange(Enumerable.Range(0, 30).Select(i => new Client { Name = $"लंबा{i:000}{length} {new string('क', length - 12)}", CreatedAt = live.Server.Get<TimeProvider>().Now() }));
            await db.SaveChangesAsync(Ct);
        }

        await using var admin = await live.VisitAsync(chromium, PortalServer.Admin);
        await admin.OpenAsync($"{List}?q=लंबा");
        await Expect(admin.Page.Locator("tbody tr:not([aria-hidden])")).Not.ToHaveCountAsync(0);
        Assert.Empty(admin.Troubles);
    }

    [Fact]
    public async Task A_client_is_created_given_an_agent_and_appears_on_the_agents_open_page()
    {
        await using var agent = await live.VisitAsync(chromium, PortalServer.MarketingAgent);
        await agent.OpenAsync("/dashboard/agent/clients");
        await Expect(agent.Page.Locator("tbody tr")).Not.ToHaveCountAsync(0);
        await using var admin = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = admin.Page;
        await admin.OpenAsync(List);

        await page.GetByRole(AriaRole.Button, new() { Name = "New client" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog.GetByLabel("Currency")).ToHaveValueAsync("USD"); // as the agency
        await dialog.GetByLabel("Currency").SelectOptionAsync("ZMW");
        await dialog.GetByLabel("Time zone").SelectOptionAsync("Africa/Lusaka");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create client" }).ClickAsync();
        await Expect(dialog.GetByLabel("Name", new() { Exact = true })).ToHaveAttributeAsync("aria-invalid", "true");
        await Expect(dialog.GetByLabel("Currency")).ToHaveValueAsync("ZMW"); // nothing chosen is lost
        await dialog.GetByLabel("Name", new() { Exact = true }).FillAsync("Baobab Bakery");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Create client" }).ClickAsync();
        await page.WaitForURLAsync(new Regex($"{List}/\\d+$"));
        await Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Baobab Bakery" })).ToBeVisibleAsync();
        await Expect(page.Locator("dl.headline")).ToContainTextAsync("ZMW");
        await Expect(page.Locator("dl.headline")).ToContainTextAsync("Africa/Lusaka");

        await page.GetByRole(AriaRole.Button, new() { Name = "Assign agent" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Agent", new() { Exact = true }).SelectOptionAsync(new SelectOptionValue { Label = await OptionAsync(page, "Tendai Moyo") });
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Assign agent" }).ClickAsync();
        await Expect(page.Locator(".rows .title").GetByText("Tendai Moyo")).ToBeVisibleAsync();

        await Expect(agent.Page.Locator("tbody tr").Filter(new() { HasText = "Baobab Bakery" })).ToHaveCountAsync(1);
        await agent.Page.GetByRole(AriaRole.Link, new() { Name = "Baobab Bakery" }).ClickAsync();
        await Expect(agent.Page.GetByRole(AriaRole.Heading, new() { Name = "Baobab Bakery" })).ToBeVisibleAsync();
        Assert.Empty(admin.Troubles);
        Assert.Empty(agent.Troubles);
    }

    [Fact]
    public async Task A_client_that_waits_is_found_by_its_state_and_approved()
    {
        var id = await live.PendingAsync("Waits for Godot");
        await using var admin = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = admin.Page;
        await admin.OpenAsync(List);

        await page.GetByRole(AriaRole.Group, new() { Name = "Status" }).GetByRole(AriaRole.Link, new() { Name = "Pending" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("status=pending"));
        await page.GetByRole(AriaRole.Searchbox).FillAsync("waits for");
        await page.WaitForURLAsync(new Regex("q=waits"));
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(1);
        await page.GetByRole(AriaRole.Link, new() { Name = "Waits for Godot" }).ClickAsync();
        await page.WaitForURLAsync($"**{List}/{id}");
        await page.GetByRole(AriaRole.Button, new() { Name = "Approve" }).ClickAsync();

        await Expect(page.Locator(".headline").GetByText("Active")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Activity" }).ClickAsync();
        await page.WaitForURLAsync(new Regex("tab=activity"));
        await Expect(page.Locator(".timeline").GetByText("approved a client")).ToBeVisibleAsync();
        Assert.Empty(admin.Troubles);
    }

    [Fact]
    public async Task Many_are_done_at_once_and_those_that_could_not_be_say_why()
    {
        foreach (var name in new[] { "Bulk One", "Bulk Two" })
            await live.PendingAsync(name);
        await using var admin = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = admin.Page;
        await admin.OpenAsync(List);
        await page.GetByRole(AriaRole.Searchbox).FillAsync("bulk"); // Answers only when the page is live: what was picked before that is lost.
        await page.WaitForURLAsync(new Regex("q=bulk"));
        await Expect(page.Locator("tbody tr")).ToHaveCountAsync(2);

        await page.GetByLabel("Select Bulk One").CheckAsync();
        await Expect(page.GetByText("1 selected")).ToBeVisibleAsync();
        await BulkAsync(page, "Approve");
        await Expect(page.Locator("tbody tr").Filter(new() { HasText = "Active" })).ToHaveCountAsync(1);
        await Expect(page.GetByText("1 selected")).ToBeHiddenAsync();
        await page.GetByLabel("Select all on this page").CheckAsync();
        await Expect(page.GetByText("2 selected")).ToBeVisibleAsync();
        await BulkAsync(page, "Approve");

        await Expect(page.GetByText("1 client approved, 1 not").First).ToBeVisibleAsync();
        await Expect(page.Locator(".notice").GetByText("Bulk One")).ToBeVisibleAsync();
        await Expect(page.Locator("tbody tr").Filter(new() { HasText = "Active" })).ToHaveCountAsync(2);
        Assert.Empty(admin.Troubles);
    }

    [Fact]
    public async Task A_list_of_clients_is_looked_at_imported_and_what_was_not_taken_is_downloaded()
    {
        await using var admin = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = admin.Page;
        await admin.OpenAsync($"{List}/import");

        await ChooseAsync(page, "phone\n123\n");
        await Expect(page.GetByText("No column is called name")).ToBeVisibleAsync();
        await ChooseAsync(page, "name;owner_email\nImported One;one@imported.example\nImported Two;\nImported Three;nobody\n");
        await Expect(page.Locator("tbody tr").First).ToContainTextAsync("owner_email");
        await page.GetByRole(AriaRole.Button, new() { Name = "Import 2 clients" }).ClickAsync();
        await Expect(page.GetByText("2 clients imported.")).ToBeVisibleAsync();
        var saved = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Button, new() { Name = "Download what was not imported (1)" }).ClickAsync());
        await using var content = await saved.CreateReadStreamAsync();
        using var reader = new StreamReader(content);
        Assert.Contains("Imported Three", await reader.ReadToEndAsync(Ct), StringComparison.Ordinal);

        await page.GetByRole(AriaRole.Link, new() { Name = "See clients" }).ClickAsync();
        await Expect(page.Locator("tbody tr").Filter(new() { HasText = "Imported" })).ToHaveCountAsync(2);
        Assert.Empty(admin.Troubles);
    }

    [Fact]
    public async Task A_client_of_someone_elses_is_not_there_for_an_agent()
    {
        var id = await live.PendingAsync("Not yours");
        await using var agent = await live.VisitAsync(chromium, PortalServer.WebsiteAgent);
        Assert.Equal(404, await agent.OpenAsync($"/dashboard/agent/clients/{id}"));
        Assert.Equal(403, await agent.OpenAsync($"{List}/{id}"));
        await using var admin = await live.VisitAsync(chromium, PortalServer.Admin);
        Assert.Equal(404, await admin.OpenAsync($"{List}/999999"));
    }

    [Fact]
    public async Task Open_dialogs_have_no_barriers()
    {
        await using var admin = await live.VisitAsync(chromium, PortalServer.Admin);
        await admin.OpenAsync(List);
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "New client" }).ClickAsync();
        Assert.Empty(await admin.BarriersAsync());
        await admin.Page.Keyboard.PressAsync("Escape");
        await admin.Page.GetByLabel("Select all on this page").CheckAsync();
        Assert.Empty(await admin.BarriersAsync());
        await admin.Page.GetByRole(AriaRole.Button, new() { Name = "Assign agent" }).ClickAsync();
        Assert.Empty(await admin.BarriersAsync());
        Assert.Empty(admin.Troubles);
    }

    private static async Task BulkAsync(IPage page, string act)
    {
        await page.Locator(".bulkbar").GetByRole(AriaRole.Button, new() { Name = act, Exact = true }).ClickAsync();
        await page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = act, Exact = true }).ClickAsync();
    }

    private static Task ChooseAsync(IPage page, string csv) =>
        page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "clients.csv", MimeType = "text/csv", Buffer = Encoding.UTF8.GetBytes(csv) });

    private static async Task<string> OptionAsync(IPage page, string name) =>
        (await page.GetByRole(AriaRole.Dialog).Locator("option").Filter(new() { HasText = name }).First.TextContentAsync())!;
}
