using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public class AgentTests
{
    [Fact]
    public async Task An_agents_load_is_their_distinct_open_clients_of_what_they_can_take()
    {
        await using var house = await TeamHouse.NewAsync();
        var (acme, globex, gone) = (await house.ClientAsync(), await house.ClientAsync("Globex"), await house.ClientAsync("Gone"));
        var agent = await house.AgentAsync(Service.Marketing, 4, acme, globex, gone);
        await using (var db = house.Open())
        {
            db.Add(new Access { UserId = agent.UserId, ClientId = acme, Service = Service.Website, Level = AccessLevel.Worker });
            var closed = await db.Clients.SingleAsync(c => c.Id == gone, Ct);
            closed.BeginClosing(house.Clock.Now());
            closed.Close(house.Clock.Now() + Client.Grace);
            await db.SaveChangesAsync(Ct);
        }

        var line = Assert.Single((await house.StaffList.AgentsAsync(house.Admin, new(), Ct)).Items);

        Assert.Equal((2, 4, 50), (line.Clients, line.Capacity, line.WorkloadPercent));
        var one = await house.StaffList.GetAsync(house.Admin, agent.UserId, ct: Ct);
        Assert.Equal((2, 3), (one.ClientCount, one.Clients.Count));
        Assert.Equal(new TeamFigures(1, 50, 2, 0, 1, 0), await house.StaffList.FiguresAsync(house.Admin, Ct));
    }

    [Fact]
    public async Task Agents_are_found_by_department_status_and_load_and_sorted_by_it()
    {
        await using var house = await TeamHouse.NewAsync();
        var (acme, globex) = (await house.ClientAsync(), await house.ClientAsync("Globex"));
        var free = (await house.AgentAsync(Service.Marketing, 5, acme)).UserId;
        var full = (await house.AgentAsync(Service.Website, 1, acme)).UserId;
        var over = (await house.AgentAsync(Service.Website, 1, acme, globex)).UserId;
        var idle = await house.AgentAsync(Service.Website, 3);
        await house.Staff.DeactivateAsync(house.Admin, idle.UserId, Ct);

        Assert.Equal([over, full, free, idle.UserId], await FoundAsync(new() { Sort = "-workload" }));
        Assert.Equal([full, over], (await FoundAsync(new() { Department = Service.Website, Active = true })).Order());
        Assert.Equal([idle.UserId], await FoundAsync(new() { Active = false }));
        Assert.Equal([over], await FoundAsync(new() { Workload = WorkloadLevel.Over }));
        Assert.Equal([full], await FoundAsync(new() { Workload = WorkloadLevel.Full }));
        Assert.Equal([free], await FoundAsync(new() { Workload = WorkloadLevel.Free, Active = true }));
        Assert.Equal([free], await FoundAsync(new() { Q = (await house.UserAsync(new(free, "", Role.Agent, []))).FullName[..8] }));
        foreach (var sort in new[] { "name", "-clients", "capacity", "last_sign_in" })
            Assert.Equal(4, (await FoundAsync(new() { Sort = sort })).Count);

        var first = await house.StaffList.AgentsAsync(house.Admin, new() { Sort = "-workload", PageSize = 2 }, Ct);
        var next = await house.StaffList.AgentsAsync(house.Admin, new() { Sort = "-workload", PageSize = 2, Cursor = first.Next }, Ct);
        Assert.Equal([free, idle.UserId], next.Items.Select(a => a.Id));

        async Task<List<long>> FoundAsync(AgentPage page) => [.. (await house.StaffList.AgentsAsync(house.Admin, page, Ct)).Items.Select(a => a.Id)];
    }

    [Fact]
    public async Task An_agents_profile_changes_but_not_their_department_while_they_have_clients_of_it()
    {
        await using var house = await TeamHouse.NewAsync();
        var busy = await house.AgentAsync(Service.Marketing, 5, await house.ClientAsync());
        var idle = await house.AgentAsync(Service.Marketing, 5);

        Assert.Equal("agent_has_clients", (await Assert.ThrowsAsync<RuleBroken>(() => house.Agents.ChangeAsync(house.Admin, new() { AgentId = busy.UserId, Department = Service.Website }, Ct))).Code);
        for (var i = 0; i < 2; i++)
            await house.Agents.ChangeAsync(house.Admin, new() { AgentId = idle.UserId, Department = Service.Website, Specialisation = " Shops ", Capacity = 7 }, Ct);
        await house.Agents.ChangeAsync(house.Admin, new() { AgentId = busy.UserId, Capacity = 9 }, Ct);

        var changed = await house.UserAsync(idle);
        Assert.Equal((Service.Website, "Shops", 7), (changed.Department, changed.Specialisation, changed.Capacity));
        Assert.Equal(Service.Marketing, (await house.UserAsync(busy)).Department);
        Assert.Equal(["agent_profile_changed", "agent_profile_changed"], await house.EventsAsync());
        await Assert.ThrowsAsync<Invalid>(() => house.Agents.ChangeAsync(house.Admin, new() { AgentId = idle.UserId, Capacity = 0 }, Ct));
        await Assert.ThrowsAsync<NotFound>(() => house.Agents.ChangeAsync(house.Admin, new() { AgentId = house.Admin.UserId, Capacity = 1 }, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => house.Agents.ChangeAsync(idle, new() { AgentId = idle.UserId, Capacity = 1 }, Ct));
    }

    [Fact]
    public async Task A_leaving_agents_clients_go_to_another_who_does_not_get_twice_what_they_have()
    {
        await using var house = await TeamHouse.NewAsync();
        var (acme, globex) = (await house.ClientAsync(), await house.ClientAsync("Globex"));
        var (leaving, other) = (await house.AgentAsync(Service.Website, 5, acme, globex), await house.AgentAsync(Service.Website, 5, acme));

        var count = await house.Agents.HandOverAsync(house.Admin, new() { AgentId = leaving.UserId, To = other.UserId }, Ct);

        Assert.Equal(1, count);
        Assert.Empty((await house.StaffList.GetAsync(house.Admin, leaving.UserId, ct: Ct)).Clients);
        Assert.Equal(["Acme", "Globex"], (await house.StaffList.GetAsync(house.Admin, other.UserId, ct: Ct)).Clients.Select(c => c.Name));
        var events = await house.EventsAsync();
        Assert.Equal((1, 1, 2), (events.Count(e => e == "clients_handed_over"), events.Count(e => e == "agent_assigned"), events.Count(e => e == "agent_unassigned")));

        Assert.Equal(0, await house.Agents.HandOverAsync(house.Admin, new() { AgentId = leaving.UserId, To = other.UserId }, Ct)); // done already
        Assert.Equal(events, await house.EventsAsync());
        await house.Staff.DeactivateAsync(house.Admin, leaving.UserId, Ct);
    }

    [Fact]
    public async Task Some_clients_can_be_handed_over_and_the_others_stay()
    {
        await using var house = await TeamHouse.NewAsync();
        var (acme, globex) = (await house.ClientAsync(), await house.ClientAsync("Globex"));
        var (from, to) = (await house.AgentAsync(Service.Website, 5, acme, globex), await house.AgentAsync(Service.Website, 5));
        await house.Agents.HandOverAsync(house.Admin, new() { AgentId = from.UserId, To = to.UserId, Clients = [globex] }, Ct);
        Assert.Equal("Acme", Assert.Single((await house.StaffList.GetAsync(house.Admin, from.UserId, ct: Ct)).Clients).Name);
        Assert.Equal("Globex", Assert.Single((await house.StaffList.GetAsync(house.Admin, to.UserId, ct: Ct)).Clients).Name);
    }

    [Fact]
    public async Task Nobody_gets_more_clients_than_they_can_take_unless_it_is_meant()
    {
        await using var house = await TeamHouse.NewAsync();
        var (from, to) = (await house.AgentAsync(Service.Website, 5, await house.ClientAsync(), await house.ClientAsync("Globex")), await house.AgentAsync(Service.Website, 1));
        var input = new HandOver { AgentId = from.UserId, To = to.UserId };
        Assert.Equal("agent_at_capacity", (await Assert.ThrowsAsync<RuleBroken>(() => house.Agents.HandOverAsync(house.Admin, input, Ct))).Code);
        Assert.Empty((await house.StaffList.GetAsync(house.Admin, to.UserId, ct: Ct)).Clients);
        input.EvenIfFull = true;
        Assert.Equal(2, await house.Agents.HandOverAsync(house.Admin, input, Ct));
    }

    [Fact]
    public async Task Clients_go_to_an_active_agent_of_the_same_department_only()
    {
        await using var house = await TeamHouse.NewAsync();
        var from = await house.AgentAsync(Service.Website, 5, await house.ClientAsync());
        var (elsewhere, inactive) = (await house.AgentAsync(Service.Marketing, 5), await house.AgentAsync(Service.Website, 5));
        await house.Staff.DeactivateAsync(house.Admin, inactive.UserId, Ct);
        foreach (var to in new[] { elsewhere.UserId, inactive.UserId, from.UserId })
            Assert.Contains("to", (await Assert.ThrowsAsync<Invalid>(() => house.Agents.HandOverAsync(house.Admin, new() { AgentId = from.UserId, To = to }, Ct))).Errors.Keys);
        await Assert.ThrowsAsync<NotFound>(() => house.Agents.HandOverAsync(house.Admin, new() { AgentId = from.UserId, To = house.Admin.UserId }, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => house.Agents.HandOverAsync(from, new() { AgentId = from.UserId, To = elsewhere.UserId }, Ct));
    }
}
