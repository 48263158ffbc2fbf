namespace Portal.Tests.Domains.People;

public class MemberTests
{
    [Fact]
    public async Task Everyone_in_a_team_sees_it_and_only_their_own()
    {
        await using var house = await TeamHouse.NewAsync();
        var (acme, globex) = (await house.ClientAsync(), await house.ClientAsync("Globex"));
        var (owner, viewer, other) = (await house.MemberAsync(acme), await house.MemberAsync(acme, AccessLevel.Viewer), await house.MemberAsync(globex));
        var agent = await house.AgentAsync(Service.Website, 5, acme);

        foreach (var actor in new[] { owner, viewer })
            Assert.Equal(new[] { owner.UserId, viewer.UserId }.Order(), (await house.MemberList.ListAsync(actor, null, new(), Ct)).Items.Select(m => m.UserId).Order());
        Assert.Equal(2, (await house.MemberList.ListAsync(agent, acme, new() { Sort = "-last_sign_in" }, Ct)).Items.Count);
        Assert.Equal(other.UserId, Assert.Single((await house.MemberList.ListAsync(house.Admin, globex, new(), Ct)).Items).UserId);
        await Assert.ThrowsAsync<NotFound>(() => house.MemberList.ListAsync(other, acme, new(), Ct));
        await Assert.ThrowsAsync<NotFound>(() => house.MemberList.ListAsync(agent, globex, new(), Ct));
        await Assert.ThrowsAsync<Invalid>(() => house.MemberList.ListAsync(house.Admin, null, new(), Ct));
    }

    [Fact]
    public async Task An_owner_changes_a_level_once()
    {
        await using var house = await TeamHouse.NewAsync();
        var acme = await house.ClientAsync();
        var (owner, viewer) = (await house.MemberAsync(acme), await house.MemberAsync(acme, AccessLevel.Viewer));
        for (var i = 0; i < 2; i++)
            await house.Members.ChangeLevelAsync(owner, new() { UserId = viewer.UserId, Level = AccessLevel.Manager }, Ct);

        Assert.Equal(AccessLevel.Manager, (await house.MemberList.ListAsync(owner, null, new(), Ct)).Items.Single(m => m.UserId == viewer.UserId).Level);
        Assert.Equal(["member_level_changed"], await house.EventsAsync());
    }

    [Fact]
    public async Task The_last_owner_can_be_neither_lowered_nor_removed()
    {
        await using var house = await TeamHouse.NewAsync();
        var acme = await house.ClientAsync();
        var (owner, second) = (await house.MemberAsync(acme), await house.MemberAsync(acme));
        await house.Members.ChangeLevelAsync(owner, new() { UserId = second.UserId, Level = AccessLevel.Viewer }, Ct);

        foreach (var actor in new[] { owner, house.Admin })
        {
            Assert.Equal("last_owner", (await Assert.ThrowsAsync<RuleBroken>(() =>
                house.Members.ChangeLevelAsync(actor, new() { ClientId = acme, UserId = owner.UserId, Level = AccessLevel.Manager }, Ct))).Code);
            Assert.Equal("last_owner", (await Assert.ThrowsAsync<RuleBroken>(() => house.Members.RemoveAsync(actor, acme, owner.UserId, Ct))).Code);
        }
    }

    [Fact]
    public async Task Two_owners_who_lower_each_other_at_once_leave_one()
    {
        await using var house = await TeamHouse.NewAsync();
        var acme = await house.ClientAsync();
        var (one, two) = (await house.MemberAsync(acme), await house.MemberAsync(acme));
        var members = house.Members;
        var errors = await Task.WhenAll(
            Record.ExceptionAsync(() => members.ChangeLevelAsync(one, new() { UserId = two.UserId, Level = AccessLevel.Viewer }, Ct)).AsTask(),
            Record.ExceptionAsync(() => members.ChangeLevelAsync(two, new() { UserId = one.UserId, Level = AccessLevel.Viewer }, Ct)).AsTask());
        Assert.Single(errors, e => e is null);
        Assert.Single(errors, e => e is RuleBroken { Code: "last_owner" });
    }

    [Fact]
    public async Task Whoever_is_removed_is_out_everywhere_at_once()
    {
        await using var house = await TeamHouse.NewAsync();
        var acme = await house.ClientAsync();
        var (owner, viewer) = (await house.MemberAsync(acme), await house.MemberAsync(acme, AccessLevel.Viewer));
        var session = await house.SessionAsync(viewer);
        var members = house.Members;
        Assert.NotNull(await house.Directory.FindAsync(viewer.UserId, session.Id, Ct));

        await members.RemoveAsync(owner, null, viewer.UserId, Ct);

        Assert.Null(await house.Directory.FindAsync(viewer.UserId, session.Id, Ct));
        Assert.False((await house.UserAsync(viewer)).IsActive);
        Assert.Equal(owner.UserId, Assert.Single((await house.MemberList.ListAsync(owner, null, new(), Ct)).Items).UserId);
        await Assert.ThrowsAsync<NotFound>(() => members.RemoveAsync(owner, null, viewer.UserId, Ct));
        Assert.Equal(["member_removed"], await house.EventsAsync());
    }

    [Fact]
    public async Task Managers_viewers_agents_and_other_clients_change_nobody()
    {
        await using var house = await TeamHouse.NewAsync();
        var acme = await house.ClientAsync();
        var viewer = await house.MemberAsync(acme, AccessLevel.Viewer);
        var other = await house.MemberAsync(await house.ClientAsync("Globex"));
        var agent = await house.AgentAsync(Service.Marketing, 5, acme);
        foreach (var actor in new[] { await house.MemberAsync(acme, AccessLevel.Manager), viewer, agent })
        {
            await Assert.ThrowsAsync<Forbidden>(() => house.Members.ChangeLevelAsync(actor, new() { ClientId = acme, UserId = viewer.UserId, Level = AccessLevel.Owner }, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => house.Members.RemoveAsync(actor, acme, viewer.UserId, Ct));
        }

        await Assert.ThrowsAsync<NotFound>(() => house.Members.RemoveAsync(other, acme, viewer.UserId, Ct));
        await Assert.ThrowsAsync<NotFound>(() => house.Members.RemoveAsync(other, null, viewer.UserId, Ct));
        await Assert.ThrowsAsync<NotFound>(() => house.Members.RemoveAsync(house.Admin, acme, agent.UserId, Ct)); // an agent is no member
    }
}
