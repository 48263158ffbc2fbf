using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Core.Domains.People;

namespace Portal.Tests.Browser;

/// <summary>A person's own settings, as someone with a browser changes them.</summary>
[Collection<BrowserCollection>]
public sealed partial class OwnSettingsTests(Chromium chromium) : IAsyncLifetime
{
    private readonly PortalServer server = new() { JobsRun = true };
    private Uri portal = null!;

    public ValueTask InitializeAsync()
    {
        portal = server.Listen();
        return ValueTask.CompletedTask;
    }

    public ValueTask DisposeAsync() => server.DisposeAsync();

    [Fact]
    public async Task Name_zone_formats_and_theme_take_effect_at_once_and_stay()
    {
        await using var visitor = await EnterAsync(PortalServer.AcmeViewer, "/dashboard/client/settings");
        var page = visitor.Page;
        await page.GetByRole(AriaRole.Textbox, new() { Name = "Mobile" }).FillAsync("077 123");
        await page.GetByLabel("Full name").FillAsync("Anesu B. Banda");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save profile" }).ClickAsync();
        await Assertions.Expect(page.GetByText("country code")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Textbox, new() { Name = "Mobile" })).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByLabel("Full name")).ToHaveValueAsync("Anesu B. Banda");

        await page.GetByRole(AriaRole.Textbox, new() { Name = "Mobile" }).FillAsync("+263 77 123 4567");
        await page.GetByLabel("Time zone").SelectOptionAsync("Asia/Tokyo");
        await page.GetByLabel("Numbers and dates").SelectOptionAsync("en-US");
        await page.GetByRole(AriaRole.Combobox, new() { Name = "Theme" }).SelectOptionAsync("dark");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save profile" }).ClickAsync();

        await page.WaitForURLAsync(new Regex("saved=1"));
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "menu of Anesu B. Banda" })).ToBeVisibleAsync();
        await Assertions.Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");
        await visitor.OpenAsync("/dashboard/client/settings/security");
        var exact = await page.Locator("time").First.GetAttributeAsync("title");
        Assert.Contains("Asia/Tokyo (+09:00)", exact, StringComparison.Ordinal);
        Assert.Matches(@"^\w+day, [A-Z][a-z]+ \d+, \d{4}", exact); // as Americans write a day
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Two_step_sign_in_is_set_up_with_a_code_and_its_recovery_codes_are_shown_once()
    {
        await using var visitor = await EnterAsync(PortalServer.AcmeOwner, "/dashboard/client/settings/security");
        var page = visitor.Page;
        await page.GetByRole(AriaRole.Button, new() { Name = "Set up" }).ClickAsync();
        var begin = page.Locator("#begin-two-step");
        await begin.GetByLabel("Current password", new() { Exact = true }).FillAsync("not it");
        await begin.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(begin.GetByText("That is not your password")).ToBeVisibleAsync();
        Assert.Empty(await visitor.BarriersAsync());
        await begin.GetByLabel("Current password", new() { Exact = true }).FillAsync(PortalServer.Password);
        await begin.GetByRole(AriaRole.Button, new() { Name = "Go on" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Img, new() { Name = "QR code" })).ToBeVisibleAsync();
        var secret = (await page.Locator(".secret-text code").TextContentAsync())!.Replace(" ", "", StringComparison.Ordinal);
        await page.GetByLabel("Six digits").FillAsync("123456");
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();
        await Assertions.Expect(page.GetByText("That code is not right")).ToBeVisibleAsync();
        await page.GetByLabel("Six digits").FillAsync(Totp.Code(secret, TimeProvider.System.Now()));
        await page.GetByRole(AriaRole.Button, new() { Name = "Turn on" }).ClickAsync();

        await Assertions.Expect(page.Locator(".code-list li")).ToHaveCountAsync(10);
        Assert.Empty(await visitor.BarriersAsync());
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "Download" }).ClickAsync());
        var written = await File.ReadAllTextAsync(await download.PathAsync(), Ct);
        Assert.Contains((await page.Locator(".code-list li").First.TextContentAsync())!, written, StringComparison.Ordinal);
        await page.GetByRole(AriaRole.Button, new() { Name = "I have kept them" }).ClickAsync();
        await Assertions.Expect(page.GetByText("10 recovery codes are left")).ToBeVisibleAsync();
        await visitor.OpenAsync("/dashboard/client/settings/security");
        await Assertions.Expect(page.Locator(".code-list")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Button, new() { Name = "Turn off" }).First.ClickAsync();
        await page.Locator("#turn-off").GetByLabel("A code of your app").FillAsync(PortalServer.Password);
        await page.Locator("#turn-off").GetByRole(AriaRole.Button, new() { Name = "Turn off" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Set up" })).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Ending_all_others_sends_another_browser_to_the_door()
    {
        await using var there = await EnterAsync(PortalServer.WebsiteAgent, "/dashboard/agent/settings");
        await using var here = await EnterAsync(PortalServer.WebsiteAgent, "/dashboard/agent/settings/security");
        await Assertions.Expect(here.Page.GetByText("This one")).ToHaveCountAsync(1);

        await here.Page.GetByRole(AriaRole.Button, new() { Name = "End all others" }).ClickAsync();
        await here.Page.Locator("#end-others").GetByRole(AriaRole.Button, new() { Name = "End all others" }).ClickAsync();

        await Assertions.Expect(here.Page.GetByText("1 session was ended")).ToBeVisibleAsync();
        await there.Page.WaitForURLAsync(new Regex(@"/sign-in\?return="));
        await here.OpenAsync("/dashboard/agent/settings/security");
        await Assertions.Expect(here.Page.Locator("#sessions-title")).ToBeVisibleAsync();
        Assert.Empty(here.Troubles);
    }

    [Fact]
    public async Task A_new_address_is_confirmed_with_the_code_that_was_mailed_to_it()
    {
        await using var visitor = await EnterAsync(PortalServer.GlobexOwner, "/dashboard/client/settings");
        var (page, address) = (visitor.Page, "meera@example.com");
        await page.GetByLabel("New address").FillAsync(address);
        await page.Locator("#own-email").GetByLabel("Current password", new() { Exact = true }).FillAsync(PortalServer.Password);
        await page.GetByRole(AriaRole.Button, new() { Name = "Send a code" }).ClickAsync();
        await Assertions.Expect(page.GetByText($"six digits to {address}")).ToBeVisibleAsync();

        await page.GetByLabel("Six digits").FillAsync(await MailedAsync(address));
        await page.GetByRole(AriaRole.Button, new() { Name = "Change the address" }).ClickAsync();

        await Assertions.Expect(page.GetByText($"You sign in with {address}")).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task A_photo_is_shown_in_the_menu_as_soon_as_it_is_chosen_and_a_text_is_refused()
    {
        await using var visitor = await EnterAsync(PortalServer.MarketingAgent, "/dashboard/agent/settings");
        var page = visitor.Page;
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "me.png", MimeType = "image/png", Buffer = "no picture"u8.ToArray() });
        await Assertions.Expect(page.GetByText("This one is none of them")).ToBeVisibleAsync();
        await page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "me.png", MimeType = "image/png", Buffer = Domains.People.PicturesTests.Png });

        await Assertions.Expect(page.Locator(".topbar img.avatar")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator("img.avatar.huge")).ToHaveJSPropertyAsync("naturalWidth", 1);
        await page.GetByRole(AriaRole.Button, new() { Name = "Remove" }).ClickAsync();
        await Assertions.Expect(page.Locator("img.avatar")).ToHaveCountAsync(0);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task An_account_is_closed_by_typing_its_address_and_kept_from_the_home_page()
    {
        await using var visitor = await EnterAsync(PortalServer.AcmeViewer, "/dashboard/client/settings");
        var (page, dialog) = (visitor.Page, visitor.Page.Locator("#close-account"));
        await page.GetByRole(AriaRole.Button, new() { Name = "Close my account" }).First.ClickAsync();
        await dialog.GetByLabel("Type your e-mail address").FillAsync("someone@else.com");
        await dialog.GetByLabel("Current password", new() { Exact = true }).FillAsync(PortalServer.Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close my account" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("not the address")).ToBeVisibleAsync();
        Assert.Empty(await visitor.BarriersAsync());
        await dialog.GetByLabel("Type your e-mail address").FillAsync(PortalServer.AcmeViewer);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close my account" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Your account is closing.")).ToBeVisibleAsync();

        await visitor.OpenAsync("/dashboard/client");
        await Assertions.Expect(page.GetByText("Your account is closing.")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Keep my account" }).ClickAsync();

        await Assertions.Expect(page.GetByText("Your account is closing.")).ToHaveCountAsync(0);
        await visitor.OpenAsync("/dashboard/client/settings");
        await Assertions.Expect(page.GetByText("Your account is closing.")).ToHaveCountAsync(0);
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Ones_own_data_comes_as_a_file()
    {
        await using var visitor = await EnterAsync(PortalServer.Admin, "/dashboard/admin/settings");
        var download = await visitor.Page.RunAndWaitForDownloadAsync(() => visitor.Page.GetByRole(AriaRole.Link, new() { Name = "Download my data" }).ClickAsync());

        Assert.Equal("my-data.json", download.SuggestedFilename);
        Assert.Contains(PortalServer.Admin, await File.ReadAllTextAsync(await download.PathAsync(), Ct), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/dashboard/client/settings")]
    [InlineData("/dashboard/client/settings/security")]
    public async Task An_admin_who_looks_at_a_clients_portal_finds_no_forms_of_their_own_there(string path)
    {
        await using var visitor = await EnterAsync(PortalServer.Admin, "/dashboard/admin");
        var acme = (await server.ActorAsync(PortalServer.AcmeOwner)).Grants[0].ClientId;
        await using (var db = server.Open())
        {
            foreach (var session in await db.Sessions.ToListAsync(Ct))
                session.View(acme);
            await db.SaveChangesAsync(Ct);
        }

        server.Get<PersonDirectory>().Forget((await server.ActorAsync(PortalServer.Admin)).UserId);
        await visitor.OpenAsync(path);

        await Assertions.Expect(visitor.Page.GetByText("You are looking at the portal of Acme Jewellers.")).ToBeVisibleAsync();
        await Assertions.Expect(visitor.Page.Locator("main form")).ToHaveCountAsync(0);
    }

    private async Task<Visitor> EnterAsync(string person, string path)
    {
        var visitor = await chromium.VisitAsync(portal);
        await visitor.SignInAsync(person);
        Assert.Equal(200, await visitor.OpenAsync(path));
        return visitor;
    }

    private async Task<string> MailedAsync(string address) =>
        Code().Match((await server.MailAsync(address, m => Code().IsMatch(m.Text))).Text).Groups[1].Value;

    [GeneratedRegex(@"^\s*(\d{6})\s*$", RegexOptions.Multiline)]
    private static partial Regex Code();
}
