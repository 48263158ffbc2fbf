using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public class StaffTests
{
    [Fact]
    public async Task An_agent_with_clients_hands_them_over_before_they_are_deactivated()
    {
        await using var house = await TeamHouse.NewAsync();
        var agent = await house.AgentAsync(Service.Website, 5, await house.ClientAsync());
        Assert.Equal("agent_has_clients", (await Assert.ThrowsAsync<RuleBroken>(() => house.Staff.DeactivateAsync(house.Admin, agent.UserId, Ct))).Code);
        Assert.True((await house.UserAsync(agent)).IsActive);
    }

    [Fact]
    public async Task Whoever_is_deactivated_is_out_everywhere_until_they_are_activated()
    {
        await using var house = await TeamHouse.NewAsync();
        var agent = await house.AgentAsync(Service.Website, 5);
        var session = await house.SessionAsync(agent);
        Assert.NotNull(await house.Directory.FindAsync(agent.UserId, session.Id, Ct));
        for (var i = 0; i < 2; i++)
            await house.Staff.DeactivateAsync(house.Admin, agent.UserId, Ct);
        Assert.Null(await house.Directory.FindAsync(agent.UserId, session.Id, Ct));

        for (var i = 0; i < 2; i++)
            await house.Staff.ActivateAsync(house.Admin, agent.UserId, Ct);

        Assert.True((await house.UserAsync(agent)).IsActive);
        Assert.Null(await house.Directory.FindAsync(agent.UserId, session.Id, Ct)); // the old session stays ended
        Assert.Equal(["person_deactivated", "person_activated"], await house.EventsAsync());
    }

    [Fact]
    public async Task There_is_always_an_administrator_and_nobody_shuts_themselves_out()
    {
        await using var house = await TeamHouse.NewAsync();
        var second = await house.AdminAsync();
        Assert.Equal("not_yourself", (await Assert.ThrowsAsync<RuleBroken>(() => house.Staff.DeactivateAsync(house.Admin, house.Admin.UserId, Ct))).Code);
        var staff = house.Staff;

        var errors = await Task.WhenAll(
            Record.ExceptionAsync(() => staff.DeactivateAsync(house.Admin, second.UserId, Ct)).AsTask(),
            Record.ExceptionAsync(() => staff.DeactivateAsync(second, house.Admin.UserId, Ct)).AsTask());

        Assert.Single(errors, e => e is null);
        Assert.Single(errors, e => e is RuleBroken { Code: "last_admin" });
    }

    [Fact]
    public async Task An_admin_turns_off_the_second_factor_of_someone_who_lost_everything_and_never_their_own()
    {
        await using var house = await TeamHouse.NewAsync();
        var owner = await house.MemberAsync(await house.ClientAsync());
        await using (var db = house.Open())
        {
            var user = await db.Users.SingleAsync(u => u.Id == owner.UserId, Ct);
            (user.TwoFactorEnabled, user.AuthenticatorSecret) = (true, "sealed");
            db.Add(new RecoveryCode { UserId = owner.UserId, Hash = [1] });
            await db.SaveChangesAsync(Ct);
        }

        for (var i = 0; i < 2; i++)
            await house.Staff.TurnOffSecondFactorAsync(house.Admin, owner.UserId, Ct);

        var after = await house.UserAsync(owner);
        Assert.Equal((false, null), (after.TwoFactorEnabled, after.AuthenticatorSecret));
        await using var look = house.Open();
        Assert.Empty(await look.RecoveryCodes.ToListAsync(Ct));
        Assert.Equal(["second_factor_turned_off"], await house.EventsAsync());
        Assert.Equal("not_yourself", (await Assert.ThrowsAsync<RuleBroken>(() => house.Staff.TurnOffSecondFactorAsync(house.Admin, house.Admin.UserId, Ct))).Code);
    }

    [Fact]
    public async Task Only_admins_see_and_manage_the_agencys_people()
    {
        await using var house = await TeamHouse.NewAsync();
        var acme = await house.ClientAsync();
        var (owner, agent) = (await house.MemberAsync(acme), await house.AgentAsync(Service.Website, 5));
        foreach (var actor in new[] { owner, agent })
        {
            await Assert.ThrowsAsync<Forbidden>(() => house.StaffList.AgentsAsync(actor, new(), Ct));
            await Assert.ThrowsAsync<Forbidden>(() => house.StaffList.AdminsAsync(actor, new(), Ct));
            await Assert.ThrowsAsync<Forbidden>(() => house.StaffList.GetAsync(actor, agent.UserId, ct: Ct));
            await Assert.ThrowsAsync<Forbidden>(() => house.Staff.DeactivateAsync(actor, house.Admin.UserId, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => house.Staff.TurnOffSecondFactorAsync(actor, house.Admin.UserId, Ct));
        }

        await Assert.ThrowsAsync<NotFound>(() => house.Staff.DeactivateAsync(house.Admin, owner.UserId, Ct)); // a client's people are not staff
        await Assert.ThrowsAsync<NotFound>(() => house.StaffList.GetAsync(house.Admin, owner.UserId, ct: Ct));
        await Assert.ThrowsAsync<NotFound>(() => house.StaffList.GetAsync(house.Admin, house.Admin.UserId, Role.Agent, Ct));
        Assert.Equal(house.Admin.UserId, Assert.Single((await house.StaffList.AdminsAsync(house.Admin, new(), Ct)).Items).Id);
    }
}
