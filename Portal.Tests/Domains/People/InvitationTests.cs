using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public class InvitationTests
{
    [Fact]
    public async Task An_owner_invites_a_colleague_who_gets_one_mail_with_a_link_that_only_they_know()
    {
        await using var house = await TeamHouse.NewAsync();
        var acme = await house.ClientAsync();
        var owner = await house.MemberAsync(acme);

        var invited = await house.Invitations.InviteMemberAsync(owner, Input("New@Example.com "), Ct);

        var mail = Assert.Single(await house.MailsAsync());
        Assert.Equal(("new@example.com", true, acme), (mail.Recipient, mail.IsSecret, mail.ClientId));
        Assert.Contains("Acme", mail.Title, StringComparison.Ordinal);
        var token = TeamHouse.TokenOf(mail.Body)!;
        await using var db = house.Open();
        var kept = await db.Invitations.SingleAsync(Ct);
        Assert.Equal((invited.Id, AccessLevel.Manager), (kept.Id, kept.Level!.Value));
        Assert.Equal(Tokens.Hash(token), kept.Hash);
        Assert.DoesNotContain(token, string.Join("", await db.Events.Select(e => e.Data).ToListAsync(Ct)), StringComparison.Ordinal);
        Assert.Equal(["member_invited"], await house.EventsAsync());
    }

    [Fact]
    public async Task Asking_the_same_address_again_renews_the_invitation_and_takes_the_newer_word()
    {
        await using var house = await TeamHouse.NewAsync();
        var owner = await house.MemberAsync(await house.ClientAsync());
        await house.Invitations.InviteMemberAsync(owner, Input("new@example.com"), Ct);
        var other = Input("NEW@example.com");
        other.Level = AccessLevel.Viewer;

        await house.Invitations.InviteMemberAsync(owner, other, Ct);

        var open = Assert.Single((await house.MemberList.InvitationsAsync(owner, null, new(), Ct)).Items);
        Assert.Equal(AccessLevel.Viewer, open.Level);
        var mails = await house.MailsAsync();
        Assert.Equal(2, mails.Select(m => TeamHouse.TokenOf(m.Body)).Distinct().Count());
        await using var db = house.Open();
        Assert.Equal(Tokens.Hash(TeamHouse.TokenOf(mails[1].Body)!), (await db.Invitations.SingleAsync(Ct)).Hash);
    }

    [Fact]
    public async Task An_address_that_has_an_account_looks_like_any_other_to_the_one_who_asks()
    {
        await using var house = await TeamHouse.NewAsync();
        var owner = await house.MemberAsync(await house.ClientAsync());
        var stranger = await house.MemberAsync(await house.ClientAsync("Globex"));

        var known = await house.Invitations.InviteMemberAsync(owner, Input(stranger.Name), Ct);
        var unknown = await house.Invitations.InviteMemberAsync(owner, Input("new@example.com"), Ct);

        Assert.Equal(known with { Id = 0, Email = "" }, unknown with { Id = 0, Email = "" });
        Assert.Equal(2, (await house.MemberList.InvitationsAsync(owner, null, new(), Ct)).Items.Count);
        var mails = await house.MailsAsync();
        Assert.Contains("already have an account", mails[0].Body, StringComparison.Ordinal);
        Assert.Null(TeamHouse.TokenOf(mails[0].Body));
        Assert.NotNull(TeamHouse.TokenOf(mails[1].Body));
    }

    [Fact]
    public async Task Whoever_is_in_the_team_is_not_invited_again()
    {
        await using var house = await TeamHouse.NewAsync();
        var acme = await house.ClientAsync();
        var (owner, viewer) = (await house.MemberAsync(acme), await house.MemberAsync(acme, AccessLevel.Viewer));
        var refusal = await Assert.ThrowsAsync<Invalid>(() => house.Invitations.InviteMemberAsync(owner, Input(viewer.Name), Ct));
        Assert.Contains("email", refusal.Errors.Keys);
    }

    [Fact]
    public async Task Only_owners_and_admins_invite_to_a_team_and_nobody_to_anothers()
    {
        await using var house = await TeamHouse.NewAsync();
        var (acme, globex) = (await house.ClientAsync(), await house.ClientAsync("Globex"));
        var owner = await house.MemberAsync(acme);
        var there = Input("new@example.com");
        there.ClientId = globex;

        await Assert.ThrowsAsync<NotFound>(() => house.Invitations.InviteMemberAsync(owner, there, Ct));
        foreach (var level in new[] { AccessLevel.Manager, AccessLevel.Viewer })
        {
            var member = await house.MemberAsync(acme, level);
            await Assert.ThrowsAsync<Forbidden>(() => house.Invitations.InviteMemberAsync(member, Input("new@example.com"), Ct));
        }

        var agent = await house.AgentAsync(Service.Website, 5, globex);
        await Assert.ThrowsAsync<Forbidden>(() => house.Invitations.InviteMemberAsync(agent, there, Ct));
        await house.Invitations.InviteMemberAsync(house.Admin, there, Ct);
        var ofGlobex = Assert.Single((await house.MemberList.InvitationsAsync(house.Admin, globex, new(), Ct)).Items);
        await Assert.ThrowsAsync<NotFound>(() => house.Invitations.WithdrawAsync(owner, Can.ManageMembers, ofGlobex.Id, Ct));
        await Assert.ThrowsAsync<NotFound>(() => house.Invitations.SendAgainAsync(owner, Can.ManageMembers, ofGlobex.Id, Ct));
    }

    [Fact]
    public async Task Staff_are_invited_by_admins_and_an_agent_has_a_department()
    {
        await using var house = await TeamHouse.NewAsync();
        var agent = await house.AgentAsync(Service.Marketing, 5);
        var input = new InviteStaff { FullName = "Chipo", Email = "chipo@example.com", Specialisation = "Shops" };

        Assert.Contains("department", (await Assert.ThrowsAsync<Invalid>(() => house.Invitations.InviteStaffAsync(house.Admin, input, Ct))).Errors.Keys);
        input.Department = Service.Courses;
        Assert.Contains("department", (await Assert.ThrowsAsync<Invalid>(() => house.Invitations.InviteStaffAsync(house.Admin, input, Ct))).Errors.Keys);
        input.Department = Service.Website;
        await Assert.ThrowsAsync<Forbidden>(() => house.Invitations.InviteStaffAsync(agent, input, Ct));
        await house.Invitations.InviteStaffAsync(house.Admin, input, Ct);

        input.Email = agent.Name;
        Assert.Contains("email", (await Assert.ThrowsAsync<Invalid>(() => house.Invitations.InviteStaffAsync(house.Admin, input, Ct))).Errors.Keys);
        Assert.Equal("chipo@example.com", Assert.Single((await house.MemberList.StaffInvitationsAsync(house.Admin, new(), Ct)).Items).Email);
        Assert.Equal(["staff_invited"], await house.EventsAsync());
    }

    [Fact]
    public async Task An_expired_invitation_says_so_and_can_be_sent_again_a_withdrawn_one_cannot()
    {
        await using var house = await TeamHouse.NewAsync();
        var owner = await house.MemberAsync(await house.ClientAsync());
        var invited = await house.Invitations.InviteMemberAsync(owner, Input("new@example.com"), Ct);
        house.Clock.Forward(Invitation.Lifetime);
        Assert.True(Assert.Single((await house.MemberList.InvitationsAsync(owner, null, new(), Ct)).Items).IsExpired);

        await house.Invitations.SendAgainAsync(owner, Can.ManageMembers, invited.Id, Ct);
        Assert.False(Assert.Single((await house.MemberList.InvitationsAsync(owner, null, new(), Ct)).Items).IsExpired);

        await house.Invitations.WithdrawAsync(owner, Can.ManageMembers, invited.Id, Ct);
        await house.Invitations.WithdrawAsync(owner, Can.ManageMembers, invited.Id, Ct);
        Assert.Empty((await house.MemberList.InvitationsAsync(owner, null, new(), Ct)).Items);
        Assert.Equal("invitation_not_open", (await Assert.ThrowsAsync<RuleBroken>(() => house.Invitations.SendAgainAsync(owner, Can.ManageMembers, invited.Id, Ct))).Code);
        Assert.Equal(["member_invited", "invitation_sent_again", "invitation_withdrawn"], await house.EventsAsync());
    }

    [Fact]
    public async Task Nobody_floods_others_with_invitations()
    {
        await using var house = await TeamHouse.NewAsync();
        var owner = await house.MemberAsync(await house.ClientAsync());
        for (var i = 0; i < InvitationService.Sent.Times; i++)
            await house.Invitations.InviteMemberAsync(owner, Input("new@example.com"), Ct);
        await Assert.ThrowsAsync<TooOften>(() => house.Invitations.InviteMemberAsync(owner, Input("new@example.com"), Ct));
    }

    [Theory]
    [InlineData("", "new@example.com", AccessLevel.Viewer, "full_name")]
    [InlineData("Chipo", "not an address", AccessLevel.Viewer, "email")]
    [InlineData("Chipo", "new@example.com", AccessLevel.Worker, "level")]
    [InlineData("Chipo", "new@example.com", null, "level")]
    public async Task What_does_not_fit_is_refused_by_field(string name, string email, AccessLevel? level, string field)
    {
        await using var house = await TeamHouse.NewAsync();
        var owner = await house.MemberAsync(await house.ClientAsync());
        var refusal = await Assert.ThrowsAsync<Invalid>(() => house.Invitations.InviteMemberAsync(owner, new() { FullName = name, Email = email, Level = level }, Ct));
        Assert.Equal(field, Assert.Single(refusal.Errors.Keys));
        Assert.Empty(await house.MailsAsync());
    }

    private static InviteMember Input(string email) => new() { FullName = "Chipo Sibanda", Email = email, Level = AccessLevel.Manager };
}
