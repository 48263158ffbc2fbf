namespace Portal.Tests.Domains.People;

public class AssignmentTests
{
    [Fact]
    public async Task An_agent_is_assigned_for_their_department_once_and_taken_off_again()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var (id, agent) = (await agency.ActiveAsync("Marula"), await agency.AgentAsync(Service.Marketing));
        var forgotten = new List<long>();
        agency.Directory.Forgotten += forgotten.Add;

        await agency.AssignAsync(id, agent);
        await agency.AssignAsync(id, agent);

        Assert.Equal((agent.UserId, Service.Marketing), Assert.Single((await agency.Clients.GetAsync(agency.Admin, id, Ct)).Agents) is var one ? (one.Id, one.Service!.Value) : default);
        Assert.Equal(["client_opened", "agent_assigned"], await agency.EventsAsync());
        Assert.Contains(agent.UserId, forgotten);

        for (var i = 0; i < 2; i++)
            await agency.Assignments.UnassignAsync(agency.Admin, new() { ClientId = id, Agent = agent.UserId }, Ct);
        Assert.Empty((await agency.Clients.GetAsync(agency.Admin, id, Ct)).Agents);
        Assert.Equal(["client_opened", "agent_assigned", "agent_unassigned"], await agency.EventsAsync());
    }

    [Theory]
    [InlineData(Service.Website)]
    [InlineData(null)]
    public async Task An_agent_of_another_department_is_refused(Service? department)
    {
        await using var agency = await ClientsHouse.NewAsync();
        var (id, agent) = (await agency.ActiveAsync("Marula"), await agency.AgentAsync(department));

        var refusal = await Assert.ThrowsAsync<RuleBroken>(() => agency.Assignments.AssignAsync(agency.Admin, new() { ClientId = id, Agent = agent.UserId, Service = Service.Marketing }, Ct));

        Assert.Equal("wrong_department", refusal.Code);
    }

    [Fact]
    public async Task An_agent_at_capacity_is_refused_with_the_numbers_unless_the_admin_insists()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var agent = await agency.AgentAsync(Service.Marketing, capacity: 1);
        var (first, second) = (await agency.ActiveAsync("One"), await agency.ActiveAsync("Two"));
        await agency.AssignAsync(first, agent);

        var refusal = await Assert.ThrowsAsync<RuleBroken>(() => agency.AssignAsync(second, agent));
        Assert.Equal("agent_at_capacity", refusal.Code);
        Assert.Equal("Tendai Moyo looks after 1 clients already and can look after 1.", refusal.Message);

        await agency.AssignAsync(second, agent, evenIfFull: true);
        Assert.Equal((2, 1), Assert.Single(await agency.Clients.AgentChoicesAsync(agency.Admin, Ct)) is var choice ? (choice.Current, choice.Max) : default);
    }

    [Fact]
    public async Task Of_two_who_take_an_agents_last_place_at_once_one_is_refused()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var agent = await agency.AgentAsync(Service.Marketing, capacity: 1);
        var ids = new[] { await agency.ActiveAsync("One"), await agency.ActiveAsync("Two"), await agency.ActiveAsync("Three") };

        var errors = await Task.WhenAll(ids.Select(id => Record.ExceptionAsync(() => agency.AssignAsync(id, agent)).AsTask()));

        Assert.Equal(1, errors.Count(e => e is null));
        Assert.Equal(1, (await agency.Mine.StatsAsync(agent, Ct)).Current);
    }

    [Fact]
    public async Task A_declined_client_counts_for_nothing_and_gets_no_agent()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var (agent, declined) = (await agency.AgentAsync(Service.Marketing, capacity: 1), await agency.PendingAsync("One"));
        await agency.AssignAsync(declined, agent);
        await agency.Service.DeclineAsync(agency.Admin, new() { ClientId = declined, Reason = "No." }, Ct);

        await agency.AssignAsync(await agency.ActiveAsync("Two"), agent);

        var other = await agency.AgentAsync(Service.Marketing);
        Assert.Equal("client_closed", (await Assert.ThrowsAsync<RuleBroken>(() => agency.AssignAsync(declined, other))).Code);
    }

    [Fact]
    public async Task Only_an_agent_who_works_here_can_be_assigned()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var id = await agency.ActiveAsync("Marula");

        Assert.Equal("agent_inactive", (await Assert.ThrowsAsync<RuleBroken>(async () => await agency.AssignAsync(id, await agency.AgentAsync(Service.Website, isActive: false)))).Code);
        await Assert.ThrowsAsync<NotFound>(() => agency.AssignAsync(id, agency.Admin));
        await Assert.ThrowsAsync<NotFound>(async () => await agency.AssignAsync(id + 99, await agency.AgentAsync(Service.Website)));
    }
}
