using Microsoft.Playwright;
using Portal.Core.Domains.People;

namespace Portal.Tests.Browser;

/// <summary>Passkeys, with the device that Chromium pretends to have.</summary>
[Collection<BrowserCollection>]
public sealed class PasskeyTests(Chromium chromium, LivePortal live) : IClassFixture<LivePortal>
{
    private const string Add = $"async name => (await (await import('/passkeys.js')).add(name, '{PortalServer.Password}'))?.word ?? ''";

    [Fact]
    public async Task A_passkey_signs_in_alone_where_a_second_step_is_owed_until_it_is_removed()
    {
        await using var visitor = await chromium.VisitAsync(live.Address);
        var page = visitor.Page;
        await DeviceAsync(page);
        await visitor.SignInAsync(PortalServer.Admin);
        Assert.Equal("", await page.EvaluateAsync<string>(Add, "My laptop"));
        Assert.Equal("exists", await page.EvaluateAsync<string>(Add, "My laptop again"));
        await live.Server.WithSecondFactorAsync(PortalServer.Admin);
        var me = new Actor((await MineAsync(PortalServer.Admin)).Id, "Nomsa Dube", Role.Admin, []);
        PasskeyView added = null!;
        await live.Server.WithAsync<Passkeys>(async keys => added = Assert.Single(await keys.ListAsync(me, Ct)));
        Assert.Equal("My laptop", added.Name);

        await SignOutAsync(page);
        await page.GotoAsync("/sign-in?return=%2Fdashboard%2Fadmin%2Faudit");
        await UseAsync(page);
        await page.WaitForURLAsync("**/dashboard/admin/audit");

        await live.Server.WithAsync<Passkeys>(keys => keys.RemoveAsync(me, added.Id, Ct));
        await SignOutAsync(page);
        await page.GotoAsync("/sign-in");
        await UseAsync(page);
        await Assertions.Expect(page.GetByText("We do not know this passkey.")).ToBeVisibleAsync();
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
        Assert.Empty(visitor.Troubles);
        await using var db = live.Server.Open();
        Assert.Equal(["passkey_added", "passkey_removed"], await db.Events.Where(e => e.SubjectId == me.UserId && e.Type.StartsWith("passkey")).OrderBy(e => e.Id).Select(e => e.Type).ToListAsync(Ct));
        Assert.True(await db.Sessions.AnyAsync(s => s.UserId == me.UserId && s.Method == SignInMethod.Passkey, Ct));
    }

    [Fact]
    public async Task A_device_without_a_passkey_or_without_its_owner_is_refused_in_words()
    {
        await using var visitor = await chromium.VisitAsync(live.Address);
        var page = visitor.Page;
        var (cdp, device) = await DeviceAsync(page);
        await page.GotoAsync("/sign-in");
        await UseAsync(page);
        await Assertions.Expect(page.GetByText("Nothing was chosen")).ToBeVisibleAsync();

        await visitor.SignInAsync(PortalServer.AcmeOwner);
        Assert.Equal("", await page.EvaluateAsync<string>(Add, "My phone"));
        await SignOutAsync(page);
        await cdp.SendAsync("WebAuthn.setUserVerified", new() { ["authenticatorId"] = device, ["isUserVerified"] = false });
        await page.GotoAsync("/sign-in");
        await UseAsync(page);
        await Assertions.Expect(page.GetByText("Nothing was chosen")).ToBeVisibleAsync();
        Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_is_good_once_and_not_for_a_forged_page()
    {
        await using var visitor = await chromium.VisitAsync(live.Address);
        var page = visitor.Page;
        await DeviceAsync(page);
        await visitor.SignInAsync(PortalServer.AcmeViewer);
        Assert.Equal("", await page.EvaluateAsync<string>(Add, "My phone"));
        await SignOutAsync(page);
        await page.GotoAsync("/sign-in");
        await page.RouteAsync("**/sign-in/passkey", async route => // heard on the way, and held back
        {
            var cookies = await page.Context.CookiesAsync();
            var first = await route.FetchAsync();
            Assert.Equal(200, first.Status);
            await page.Context.ClearCookiesAsync();
            await page.Context.AddCookiesAsync(cookies.Select(c => new Cookie { Name = c.Name, Value = c.Value, Domain = c.Domain, Path = c.Path }));
            await route.FulfillAsync(new() { Response = await route.FetchAsync() });
        });
        await UseAsync(page);
        await Assertions.Expect(page.GetByText("This took too long.")).ToBeVisibleAsync();

        Assert.Equal(409, await page.EvaluateAsync<int>(
            "async () => (await fetch('/sign-in/passkey/options', { method: 'POST', headers: { Accept: 'application/problem+json' } })).status"));
        var stranger = await page.APIRequest.PostAsync("/passkeys/options", new() { MaxRedirects = 0 });
        Assert.Equal(401, stranger.Status);
    }

    [Fact]
    public async Task A_passkey_is_added_on_the_page_with_the_password_and_not_without()
    {
        await using var visitor = await chromium.VisitAsync(live.Address);
        var (page, dialog) = (visitor.Page, visitor.Page.Locator("#add-passkey"));
        await DeviceAsync(page);
        await visitor.SignInAsync(PortalServer.GlobexOwner);
        await visitor.OpenAsync("/dashboard/client/settings/security");
        await page.Locator("#passkeys").GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await dialog.GetByLabel("Name").FillAsync("My key");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("That is not your password")).ToBeVisibleAsync();
        await Assertions.Expect(dialog.GetByLabel("Current password", new() { Exact = true })).ToBeFocusedAsync();
        Assert.Empty(await visitor.BarriersAsync());

        await dialog.GetByLabel("Current password", new() { Exact = true }).FillAsync(PortalServer.Password);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Add a passkey" }).ClickAsync();

        await Assertions.Expect(page.Locator("#passkeys").GetByText("My key", new() { Exact = true })).ToBeVisibleAsync();
        await Assertions.Expect(dialog).ToBeHiddenAsync();
    }

    private static async Task<(ICDPSession Cdp, string Device)> DeviceAsync(IPage page)
    {
        var cdp = await page.Context.NewCDPSessionAsync(page);
        await cdp.SendAsync("WebAuthn.enable");
        var made = await cdp.SendAsync("WebAuthn.addVirtualAuthenticator", new()
        {
            ["options"] = new Dictionary<string, object>
            {
                ["protocol"] = "ctap2",
                ["transport"] = "internal",
                ["hasResidentKey"] = true,
                ["hasUserVerification"] = true,
                ["isUserVerified"] = true,
                ["automaticPresenceSimulation"] = true,
            },
        });
        return (cdp, made!.Value.GetProperty("authenticatorId").GetString()!);
    }

    private static Task UseAsync(IPage page) => page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" }).ClickAsync();

    private static async Task SignOutAsync(IPage page)
    {
        await page.Locator(".app[data-live]").WaitForAsync(); // the live page takes the place of the first one, and closes its menus
        await page.GetByRole(AriaRole.Button, new() { Name = "menu of" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await page.WaitForURLAsync("**/sign-in");
    }

    private async Task<PortalUser> MineAsync(string email)
    {
        await using var db = live.Server.Open();
        return await db.Users.SingleAsync(u => u.Email == email, Ct);
    }
}
