using Microsoft.Playwright;
using Portal.Core.Domains.People;

namespace Portal.Tests.Browser;

/// <summary>Every way in, as a person with a browser and a mailbox takes it.</summary>
[Collection<BrowserCollection>]
public sealed class EntryTests(Chromium chromium, LivePortal live) : IClassFixture<LivePortal>
{
    private const string Wrong = "That code is not right";

    [Fact]
    public async Task A_mailed_code_lets_in_and_a_wrong_one_does_not()
    {
        await using var visitor = await chromium.VisitAsync(live.Address);
        var page = visitor.Page;
        await page.GotoAsync("/sign-in?return=%2Fdashboard%2Fadmin%2Faudit");
        await page.GetByRole(AriaRole.Link, new() { Name = "E-mail me a sign-in code" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in with a code" })).ToBeVisibleAsync();
        await page.GetByLabel("E-mail").FillAsync(PortalServer.Admin);
        await ClickAsync(page, "E-mail me a code");
        await Assertions.Expect(page.GetByText($"If there is an account for {PortalServer.Admin}")).ToBeVisibleAsync();
        Assert.DoesNotContain("admin%40", page.Url, StringComparison.OrdinalIgnoreCase);
        var code = await MailedAsync(PortalServer.Admin);

        await EnterAsync(page, Entries.Other(code));
        await Assertions.Expect(page.GetByText(Wrong)).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Code", new() { Exact = true })).ToBeFocusedAsync();
        await EnterAsync(page, code);

        await page.WaitForURLAsync("**/dashboard/admin/audit");
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task A_new_code_can_be_asked_for_and_a_stranger_is_told_the_same()
    {
        await using var visitor = await chromium.VisitAsync(live.Address);
        var page = visitor.Page;
        await page.GotoAsync("/sign-in/code");
        await page.GetByLabel("E-mail").FillAsync("nobody@nowhere.example");
        await ClickAsync(page, "E-mail me a code");
        await Assertions.Expect(page.GetByText("If there is an account for nobody@nowhere.example")).ToBeVisibleAsync();
        await ClickAsync(page, "send a new code");
        await Assertions.Expect(page.GetByText("a new code is on its way")).ToBeVisibleAsync();
        await EnterAsync(page, "123456");
        await Assertions.Expect(page.GetByText(Wrong)).ToBeVisibleAsync();
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task After_the_password_comes_the_app_or_a_recovery_code()
    {
        const string Email = PortalServer.GlobexOwner;
        var secret = await live.Server.WithSecondFactorAsync(Email, "k7m2p-9xq4w");
        await live.Server.ChangeAsync(Email, u => u.Theme = Theme.Dark);
        await using (var visitor = await chromium.VisitAsync(live.Address))
        {
            var page = visitor.Page;
            await PasswordAsync(page, Email);
            await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "One more step" })).ToBeVisibleAsync();
            Assert.Empty(await visitor.BarriersAsync());
            var cookie = (await page.Context.CookiesAsync()).Single(c => c.Name == "portal-pending");
            Assert.True(cookie.HttpOnly);
            Assert.DoesNotContain(cookie.Value, page.Url, StringComparison.Ordinal);
            await page.GotoAsync("/dashboard/client");
            Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);

            await page.GotoAsync("/sign-in/second-step");
            await page.GetByLabel("Code from your app").FillAsync(Entries.Other(Totp.Code(secret, DateTime.UtcNow)));
            await ClickAsync(page, "Verify and sign in");
            await Assertions.Expect(page.GetByText(Wrong)).ToBeVisibleAsync();
            await page.GetByLabel("Code from your app").FillAsync(Totp.Code(secret, DateTime.UtcNow));
            await ClickAsync(page, "Verify and sign in");
            await page.WaitForURLAsync("**/dashboard/client");
            Assert.Equal("dark", await page.EvaluateAsync<string>("document.documentElement.dataset.theme"));
            Assert.Empty(visitor.Troubles);
        }

        await using var other = await chromium.VisitAsync(live.Address);
        await PasswordAsync(other.Page, Email);
        await other.Page.GetByRole(AriaRole.Link, new() { Name = "Use a recovery code" }).ClickAsync();
        await other.Page.GetByLabel("Recovery code").FillAsync("K7M2P 9XQ4W");
        await ClickAsync(other.Page, "Verify and sign in");
        await other.Page.WaitForURLAsync("**/dashboard/client");
    }

    [Fact]
    public async Task Who_registers_keeps_what_was_typed_verifies_and_waits()
    {
        const string Email = "ada@okafor.example";
        await using var visitor = await chromium.VisitAsync(live.Address, 360);
        var page = visitor.Page;
        await page.GotoAsync("/register");
        await page.GetByLabel("Your name").FillAsync("Ada Okafor");
        await page.GetByLabel("Company").FillAsync("Okafor & Daughters");
        await page.GetByLabel("Work e-mail").FillAsync(Email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync("too short");
        await page.EvalOnSelectorAsync("form", "form => form.noValidate = true");
        await ClickAsync(page, "Create account");
        await Assertions.Expect(page.GetByText("Use at least 12 characters.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Please accept the terms.")).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByLabel("Password", new() { Exact = true })).ToBeFocusedAsync();
        await Assertions.Expect(page.GetByLabel("Company")).ToHaveValueAsync("Okafor & Daughters");

        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Entries.NewPassword);
        await page.GetByLabel("I accept the terms").CheckAsync();
        await ClickAsync(page, "Create account");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();
        var code = await MailedAsync(Email);

        await using var early = await chromium.VisitAsync(live.Address);
        await PasswordAsync(early.Page, Email, Entries.NewPassword);
        await Assertions.Expect(early.Page.GetByRole(AriaRole.Heading, new() { Name = "Verify your e-mail address" })).ToBeVisibleAsync();
        await Assertions.Expect(early.Page.GetByText(Email)).ToBeVisibleAsync();

        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(code);
        await ClickAsync(page, "Verify");
        await page.WaitForURLAsync("**/dashboard/client");
        Assert.False(await visitor.ScrollsSidewaysAsync());
    }

    [Fact]
    public async Task A_known_address_registers_to_the_same_page_and_gets_another_mail()
    {
        await using var visitor = await chromium.VisitAsync(live.Address);
        var page = visitor.Page;
        await page.GotoAsync("/register");
        await page.GetByLabel("Your name").FillAsync("Someone");
        await page.GetByLabel("Company").FillAsync("Something");
        await page.GetByLabel("Work e-mail").FillAsync(PortalServer.AcmeViewer);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Entries.NewPassword);
        await page.GetByLabel("I accept the terms").CheckAsync();
        await ClickAsync(page, "Create account");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Check your mail" })).ToBeVisibleAsync();
        Assert.Contains("You have an account already", await MailAsync(PortalServer.AcmeViewer, _ => true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced()
    {
        const string Email = "website@portal.local";
        await using var visitor = await chromium.VisitAsync(live.Address);
        var page = visitor.Page;
        await page.GotoAsync("/sign-in");
        await page.GetByRole(AriaRole.Link, new() { Name = "Forgot password?" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Forgot your password?" })).ToBeVisibleAsync();
        await page.GetByLabel("E-mail").FillAsync(Email);
        await ClickAsync(page, "E-mail me a code");
        await page.WaitForURLAsync("**/reset-password");
        var code = await MailedAsync(Email);
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(Entries.Other(code));
        await page.GetByLabel("New password").FillAsync(Entries.NewPassword);
        await ClickAsync(page, "Set the new password");
        await Assertions.Expect(page.GetByText(Wrong)).ToBeVisibleAsync();

        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(code);
        await page.GetByLabel("New password").FillAsync(Entries.NewPassword);
        await ClickAsync(page, "Set the new password");
        await Assertions.Expect(page.GetByText("Your new password is set")).ToBeVisibleAsync();
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(Entries.NewPassword);
        await ClickAsync(page, "Sign in");

        await page.WaitForURLAsync("**/dashboard/agent");
        Assert.Empty(visitor.Troubles);
    }

    [Fact]
    public async Task Without_scripts_one_gets_in_by_password_and_by_code()
    {
        await using var visitor = await chromium.VisitAsync(live.Address, scripts: false);
        var page = visitor.Page;
        await page.GotoAsync("/sign-in");
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Use a passkey" })).ToBeHiddenAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "E-mail me a sign-in code" }).ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Sign in with a code" })).ToBeVisibleAsync();
        await page.GetByLabel("E-mail").FillAsync(PortalServer.MarketingAgent);
        await ClickAsync(page, "E-mail me a code");
        await EnterAsync(page, await MailedAsync(PortalServer.MarketingAgent));
        await page.WaitForURLAsync("**/dashboard/agent");
    }

    private static Task ClickAsync(IPage page, string button) => page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    private static async Task EnterAsync(IPage page, string code)
    {
        await page.GetByLabel("Code", new() { Exact = true }).FillAsync(code);
        await ClickAsync(page, "Verify and sign in");
    }

    private static async Task PasswordAsync(IPage page, string email, string password = PortalServer.Password)
    {
        await page.GotoAsync("/sign-in");
        await page.GetByLabel("E-mail").FillAsync(email);
        await page.GetByLabel("Password", new() { Exact = true }).FillAsync(password);
        await ClickAsync(page, "Sign in");
    }

    private async Task<string> MailedAsync(string email) => Entries.SixFigures().Match(await MailAsync(email, Entries.SixFigures().IsMatch)).Value;

    /// <summary>The newest mail of that kind to this person: subject and text.</summary>
    private async Task<string> MailAsync(string email, Func<string, bool> isIt) => Readable(await live.Server.MailAsync(email, m => isIt(Readable(m))));

    private static string Readable(MailRead mail) => $"{mail["Subject"]}\n{mail.Text}";
}
