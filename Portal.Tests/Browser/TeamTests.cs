using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Portal.Tests.Domains.People;

namespace Portal.Tests.Browser;

/// <summary>People come, change and go, as those see it who do it.</summary>
[Collection<BrowserCollection>]
public sealed class TeamTests(Chromium chromium, LivePortal live) : IClassFixture<LivePortal>
{
    private readonly Uri portal = live.Address;

    [Fact]
    public async Task An_invited_agent_joins_takes_clients_over_and_is_seen_with_their_load()
    {
        await using var admin = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = admin.Page;
        await admin.OpenAsync("/dashboard/admin/team");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite someone" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send invitation" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("Enter their name.")).ToBeVisibleAsync();
        await dialog.GetByLabel("Full name").FillAsync("Themba Khumalo");
        await dialog.GetByLabel("E-mail").FillAsync("themba@example.com");
        await dialog.GetByLabel("Department").SelectOptionAsync("website");
        await dialog.GetByLabel("Capacity").FillAsync("4");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send invitation" }).ClickAsync();
        await page.WaitForURLAsync("**/dashboard/admin/team?tab=invitations");
        await Assertions.Expect(page.Locator(".invitations li").Filter(new() { HasText = "Themba Khumalo" })).ToContainTextAsync("Agent for Website");

        await using (var agent = await chromium.VisitAsync(portal))
        {
            await JoinAsync(agent, await LinkAsync("themba@example.com"));
            await agent.Page.WaitForURLAsync("**/dashboard/agent");
            await Assertions.Expect(agent.Page.GetByText("No clients yet").First).ToBeVisibleAsync();
            Assert.Equal(410, (await agent.Page.GotoAsync(await LinkAsync("themba@example.com")))!.Status);
            await Assertions.Expect(agent.Page.GetByText("It was accepted already.")).ToBeVisibleAsync();
        }

        await admin.OpenAsync("/dashboard/admin/team/3");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hand over clients" }).ClickAsync();
        await dialog.GetByLabel("Who takes over").SelectOptionAsync(new SelectOptionValue { Label = "Themba Khumalo · 0 of 4" });
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Hand over 5 clients" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("would get 5 more")).ToBeVisibleAsync();
        await dialog.GetByLabel("Acme Jewellers").UncheckAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Hand over 4 clients" }).ClickAsync();
        await Assertions.Expect(page.Locator(".toast")).ToContainTextAsync("4 clients were handed over");
        await Assertions.Expect(page.Locator(".rows").GetByText("Globex Learning")).ToHaveCountAsync(0);

        await admin.OpenAsync("/dashboard/admin/team?workload=full");
        await Assertions.Expect(page.Locator("tbody tr").Filter(new() { HasText = "Themba Khumalo" })).ToContainTextAsync("4 / 4");
        Assert.Empty(admin.Troubles);
    }

    [Fact]
    public async Task An_owner_invites_a_colleague_changes_their_level_and_removes_them()
    {
        await using var owner = await live.VisitAsync(chromium, PortalServer.GlobexOwner);
        var page = owner.Page;
        await owner.OpenAsync("/dashboard/client/settings/team");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite a colleague" }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Full name").FillAsync("Ravi Rao");
        await dialog.GetByLabel("E-mail").FillAsync("ravi@example.com");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Send invitation" }).ClickAsync();
        await Assertions.Expect(page.Locator(".invitations")).ToContainTextAsync("Ravi Rao");

        await using (var viewer = await chromium.VisitAsync(portal))
        {
            await JoinAsync(viewer, await LinkAsync("ravi@example.com"));
            await viewer.Page.WaitForURLAsync("**/dashboard/client");
        }

        await owner.OpenAsync("/dashboard/client/settings/team");
        var row = page.Locator("tbody tr").Filter(new() { HasText = "Ravi Rao" });
        await Assertions.Expect(row).ToContainTextAsync("Viewer");
        await row.GetByRole(AriaRole.Button, new() { Name = "Change level of" }).ClickAsync();
        await dialog.GetByLabel("Level").SelectOptionAsync("manager");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Change level" }).ClickAsync();
        await Assertions.Expect(row).ToContainTextAsync("Manager");
        await row.GetByRole(AriaRole.Button, new() { Name = "Remove Ravi Rao" }).ClickAsync();
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Remove from team" }).ClickAsync();
        await Assertions.Expect(row).ToHaveCountAsync(0);
        Assert.Empty(owner.Troubles);
    }

    [Fact]
    public async Task An_invitation_is_sent_again_and_withdrawn()
    {
        await using var owner = await live.VisitAsync(chromium, PortalServer.AcmeOwner);
        var page = owner.Page;
        await owner.OpenAsync("/dashboard/client/settings/team");
        await page.GetByRole(AriaRole.Button, new() { Name = "Invite a colleague" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByLabel("Full name").FillAsync("Tariro Moyo");
        await page.GetByRole(AriaRole.Dialog).GetByLabel("E-mail").FillAsync("tariro@example.com");
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Send invitation" }).ClickAsync();
        var first = await LinkAsync("tariro@example.com");

        await page.GetByRole(AriaRole.Button, new() { Name = "Send again to Tariro Moyo" }).ClickAsync();
        await Assertions.Expect(page.GetByText("Sent again to tariro@example.com")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Withdraw the invitation of Tariro Moyo" }).ClickAsync();
        await page.GetByRole(AriaRole.Dialog).GetByRole(AriaRole.Button, new() { Name = "Withdraw invitation" }).ClickAsync();
        await Assertions.Expect(page.Locator(".invitations").GetByText("Tariro Moyo")).ToHaveCountAsync(0);

        await using var invited = await chromium.VisitAsync(portal);
        Assert.Equal(410, (await invited.Page.GotoAsync(first))!.Status); // a newer link was sent
        await Assertions.Expect(invited.Page.GetByText("look for the latest mail")).ToBeVisibleAsync();
        Assert.Equal(410, (await invited.Page.GotoAsync(await LinkAsync("tariro@example.com", except: first)))!.Status);
        await Assertions.Expect(invited.Page.GetByText("It was withdrawn.")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task A_viewer_sees_team_and_organisation_and_why_they_cannot_change_them()
    {
        await using var viewer = await live.VisitAsync(chromium, PortalServer.AcmeViewer);
        await viewer.OpenAsync("/dashboard/client/settings/team");
        await Assertions.Expect(viewer.Page.GetByText("Owners invite people")).ToBeVisibleAsync();
        await Assertions.Expect(viewer.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("Invite|Change|Remove") })).ToHaveCountAsync(0);
        await viewer.OpenAsync("/dashboard/client/settings/organisation");
        await Assertions.Expect(viewer.Page.GetByText("Owners and managers change the profile")).ToBeVisibleAsync();
        await Assertions.Expect(viewer.Page.Locator("main input")).ToHaveCountAsync(0);
        await Assertions.Expect(viewer.Page.GetByText("Close the account")).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task The_agencys_profile_and_terms_are_saved_and_a_bad_invoice_format_is_said_beside_it()
    {
        await using var admin = await live.VisitAsync(chromium, PortalServer.Admin);
        var page = admin.Page;
        await admin.OpenAsync("/dashboard/admin/settings/agency");
        await page.GetByLabel("Invoice numbers").FillAsync("INV");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save profile" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Invoice numbers")).ToHaveAttributeAsync("aria-invalid", "true");
        await page.GetByLabel("Invoice numbers").FillAsync("M-{year}-{number:5}");
        await page.GetByLabel("Country").SelectOptionAsync("ZW");
        await page.GetByLabel("Legal name").FillAsync("Marula (Pvt) Ltd");
        await Assertions.Expect(page.GetByText(new Regex(@"M-\d{4}-00042"))).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Save profile" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The profile is saved")).ToBeVisibleAsync();
        await page.Locator("#terms-text").FillAsync("# Kindness\nBe kind.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Publish terms" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The terms are published")).ToBeVisibleAsync();

        await admin.OpenAsync("/dashboard/admin/settings/agency");
        await Assertions.Expect(page.GetByLabel("Legal name")).ToHaveValueAsync("Marula (Pvt) Ltd");
        await Assertions.Expect(page.GetByLabel("Country")).ToHaveValueAsync("ZW");
        await page.GotoAsync("/terms");
        await Assertions.Expect(page.GetByRole(AriaRole.Heading, new() { Name = "Kindness" })).ToBeVisibleAsync();
        await Assertions.Expect(page.GetByText("Version 2")).ToBeVisibleAsync();
        Assert.Empty(admin.Troubles);
    }

    [Fact]
    public async Task An_owner_saves_the_profile_closes_the_account_and_keeps_it()
    {
        await using var owner = await live.VisitAsync(chromium, PortalServer.AcmeOwner);
        var page = owner.Page;
        await owner.OpenAsync("/dashboard/client/settings/organisation");
        await page.GetByLabel("Phone").FillAsync("+263 24 279 1234");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save profile" }).ClickAsync();
        await Assertions.Expect(page.GetByText("The profile is saved")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Close the account" }).First.ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await dialog.GetByLabel("Write “Acme Jewellers”").FillAsync("Acme");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close the account" }).ClickAsync();
        await Assertions.Expect(dialog.GetByText("Write the name as it stands here")).ToBeVisibleAsync();
        await dialog.GetByLabel("Write “Acme Jewellers”").FillAsync("Acme Jewellers");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Close the account" }).ClickAsync();
        await Assertions.Expect(page.GetByText("will be closed:")).ToBeVisibleAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        await page.GetByRole(AriaRole.Button, new() { Name = "Keep the account" }).ClickAsync();
        await Assertions.Expect(page.GetByText("will be closed:")).ToHaveCountAsync(0);
        await Assertions.Expect(page.GetByLabel("Phone")).ToHaveValueAsync("+263 24 279 1234");
        Assert.Empty(owner.Troubles);
    }

    private static async Task JoinAsync(Visitor invited, string link)
    {
        await invited.Page.GotoAsync(link);
        Assert.Empty(await invited.BarriersAsync());
        await invited.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(PortalServer.Password);
        await invited.Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
        await Assertions.Expect(invited.Page.GetByText("Please read and accept the terms.")).ToBeVisibleAsync();
        await invited.Page.GetByLabel("Password", new() { Exact = true }).FillAsync(PortalServer.Password);
        await invited.Page.GetByLabel("I have read and accept the terms").CheckAsync();
        await invited.Page.GetByRole(AriaRole.Button, new() { Name = "Join" }).ClickAsync();
    }

    /// <summary>The newest link that was mailed to someone.</summary>
    private async Task<string> LinkAsync(string email, string? except = null)
    {
        var mail = await live.Server.MailAsync(email, m => TeamHouse.TokenOf(m.Text) is { } token && $"/invited?token={token}" != except);
        return $"/invited?token={TeamHouse.TokenOf(mail.Text)}";
    }
}
