using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public class ClientServiceTests
{
    [Fact]
    public async Task A_new_client_is_active_at_once_and_its_owner_is_invited_by_a_link_nobody_else_has()
    {
        await using var agency = await ClientsHouse.NewAsync();

        var id = await agency.Service.CreateAsync(agency.Admin, new() { Name = " Marula ", Currency = "zar", Zone = "Africa/Harare", OwnerName = "Rudo", OwnerEmail = "rudo@marula.example" }, Ct);

        var client = await agency.Clients.GetAsync(agency.Admin, id, Ct);
        Assert.Equal(("Marula", ClientStatus.Active, "ZAR", "Africa/Harare"), (client.Name, client.Status, client.Currency, client.Zone));
        await using var db = agency.House.Open();
        var (invitation, mail) = (await db.Invitations.SingleAsync(Ct), await db.Deliveries.SingleAsync(Ct));
        Assert.Equal(("Rudo", "rudo@marula.example", AccessLevel.Owner, id), (invitation.FullName, invitation.Email, invitation.Level, invitation.ClientId));
        Assert.True(mail.IsSecret);
        var token = mail.Body.Split("https://portal.example/invited?token=")[1].Split('\n')[0];
        Assert.Equal(invitation.Hash, Tokens.Hash(token));
        Assert.Equal(["client_opened", "member_invited"], await agency.EventsAsync());
        Assert.DoesNotContain(await db.Events.Select(e => e.Data).ToListAsync(Ct), data => data.Contains(token, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Asking_twice_opens_one_client()
    {
        await using var agency = await ClientsHouse.NewAsync();
        await agency.ActiveAsync("Café Zürich");

        var refusal = await Assert.ThrowsAsync<Invalid>(() => agency.ActiveAsync("cafe zurich"));

        Assert.Equal(["name"], refusal.Errors.Keys);
        Assert.Equal(1, (await agency.Clients.CountsAsync(agency.Admin, Ct)).All);
    }

    [Fact]
    public async Task Nobody_is_invited_to_two_clients()
    {
        await using var agency = await ClientsHouse.NewAsync();
        await agency.Service.CreateAsync(agency.Admin, new() { Name = "One", OwnerEmail = "rudo@one.example" }, Ct);

        var refusal = await Assert.ThrowsAsync<Invalid>(() => agency.Service.CreateAsync(agency.Admin, new() { Name = "Two", OwnerEmail = "RUDO@one.example" }, Ct));

        Assert.Equal(["owner_email"], refusal.Errors.Keys);
        Assert.Equal(1, (await agency.Clients.CountsAsync(agency.Admin, Ct)).All);
    }

    [Theory]
    [InlineData("", "USD", "UTC", "", "name")]
    [InlineData("A", "CRD", "UTC", "", "currency")]
    [InlineData("A", "US", "UTC", "", "currency")]
    [InlineData("A", "USD", "Mars/Olympus", "", "zone")]
    [InlineData("A", "USD", "UTC", "not an@address", "owner_email")]
    public async Task What_is_wrong_is_said_by_its_field_and_nothing_is_kept(string name, string currency, string zone, string email, string field)
    {
        await using var agency = await ClientsHouse.NewAsync();

        var refusal = await Assert.ThrowsAsync<Invalid>(() => agency.Service.CreateAsync(agency.Admin, new() { Name = name, Currency = currency, Zone = zone, OwnerEmail = email }, Ct));

        Assert.Equal([field], refusal.Errors.Keys);
        Assert.Empty(await agency.EventsAsync());
    }

    [Fact]
    public async Task A_client_goes_from_state_to_state_by_its_rules_and_its_people_are_asked_anew_each_time()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var id = await agency.PendingAsync("Marula");
        var owner = await agency.House.PersonAsync(Role.Client, new Grant(id, null, AccessLevel.Owner));
        var forgotten = new List<long>();
        agency.Directory.Forgotten += forgotten.Add;

        await agency.Service.DeclineAsync(agency.Admin, Because(id, "Not our field."), Ct);
        await agency.Service.ApproveAsync(agency.Admin, new() { ClientId = id }, Ct);
        await agency.Service.DeactivateAsync(agency.Admin, Because(id, "Unpaid."), Ct);
        Assert.Equal("Unpaid.", (await agency.Clients.GetAsync(agency.Admin, id, Ct)).StatusReason);
        await agency.Service.ActivateAsync(agency.Admin, new() { ClientId = id }, Ct);

        Assert.Equal(["client_declined", "client_approved", "client_deactivated", "client_activated"], await agency.EventsAsync());
        Assert.Equal(Enumerable.Repeat(owner.UserId, 4), forgotten);
    }

    [Fact]
    public async Task What_its_state_does_not_allow_is_refused_and_leaves_no_trace()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var id = await agency.ActiveAsync("Marula");
        var before = await agency.EventsAsync();

        Assert.Equal("client_not_pending", (await Assert.ThrowsAsync<RuleBroken>(() => agency.Service.ApproveAsync(agency.Admin, new() { ClientId = id }, Ct))).Code);
        Assert.Equal("client_not_pending", (await Assert.ThrowsAsync<RuleBroken>(() => agency.Service.DeclineAsync(agency.Admin, Because(id, "No."), Ct))).Code);
        Assert.Equal("client_not_inactive", (await Assert.ThrowsAsync<RuleBroken>(() => agency.Service.ActivateAsync(agency.Admin, new() { ClientId = id }, Ct))).Code);
        Assert.Equal(["reason"], (await Assert.ThrowsAsync<Invalid>(() => agency.Service.DeactivateAsync(agency.Admin, Because(id, ""), Ct))).Errors.Keys);
        await Assert.ThrowsAsync<NotFound>(() => agency.Service.ApproveAsync(agency.Admin, new() { ClientId = id + 99 }, Ct));
        Assert.Equal(before, await agency.EventsAsync());
    }

    [Fact]
    public async Task Of_two_admins_who_decide_at_once_one_is_told_that_the_other_was_first()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var id = await agency.PendingAsync("Marula");
        var version = (await agency.Clients.GetAsync(agency.Admin, id, Ct)).Version;

        var errors = await Task.WhenAll(
            Record.ExceptionAsync(() => agency.Service.ApproveAsync(agency.Admin, new() { ClientId = id, Version = version }, Ct)).AsTask(),
            Record.ExceptionAsync(() => agency.Service.DeclineAsync(agency.Admin, new() { ClientId = id, Version = version, Reason = "No." }, Ct)).AsTask());

        Assert.IsType<Conflict>(Assert.Single(errors, e => e is not null));
        Assert.Single(await agency.EventsAsync());
    }

    [Fact]
    public async Task A_form_that_was_opened_before_someone_elses_change_is_a_conflict()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var id = await agency.ActiveAsync("Marula");
        var version = (await agency.Clients.GetAsync(agency.Admin, id, Ct)).Version;
        await agency.Service.EditAsync(agency.Admin, new() { ClientId = id, Version = version, Note = "Pays late." }, Ct);

        await Assert.ThrowsAsync<Conflict>(() => agency.Service.EditAsync(agency.Admin, new() { ClientId = id, Version = version, Note = "Pays on time." }, Ct));
        await Assert.ThrowsAsync<Conflict>(() => agency.Service.DeactivateAsync(agency.Admin, new() { ClientId = id, Version = version, Reason = "Unpaid." }, Ct));

        Assert.Equal(("Pays late.", ClientStatus.Active), await agency.Clients.GetAsync(agency.Admin, id, Ct) is var now ? (now.Note, now.Status) : default);
    }

    [Fact]
    public async Task Editing_tells_which_fields_changed_and_the_clients_feed_hears_nothing_of_the_agencys_note()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var id = await agency.ActiveAsync("Marula");

        await agency.Service.EditAsync(agency.Admin, new() { ClientId = id, Version = 0, Name = "Marula Gold", Currency = "zar", Note = "Pays late." }, Ct);
        await agency.Service.EditAsync(agency.Admin, new() { ClientId = id, Version = 1, Name = "Marula Gold", Note = "Pays late." }, Ct);

        await using var db = agency.House.Open();
        var events = await db.Events.OrderBy(e => e.Id).Skip(1).ToListAsync(Ct);
        Assert.Equal([("client_profile_changed", (long?)id), ("client_note_changed", null)], events.Select(e => (e.Type, e.ClientId)));
        Assert.Contains("name, currency", events[0].Data, StringComparison.Ordinal);
        Assert.DoesNotContain(events, e => e.Data.Contains("late", StringComparison.Ordinal));
        Assert.Equal(["name"], (await Assert.ThrowsAsync<Invalid>(() => agency.Service.EditAsync(agency.Admin, new() { ClientId = id, Version = 1, Name = "  " }, Ct))).Errors.Keys);
    }

    [Fact]
    public async Task Clients_are_managed_by_admins_only()
    {
        await using var agency = await ClientsHouse.NewAsync();
        var id = await agency.PendingAsync("Marula");
        var agent = await agency.AgentAsync(Core.Foundation.Service.Marketing);
        await agency.AssignAsync(id, agent);
        var owner = await agency.House.PersonAsync(Role.Client, new Grant(id, null, AccessLevel.Owner));

        foreach (var who in new[] { agent, owner })
        {
            await Assert.ThrowsAsync<Forbidden>(() => agency.Service.ApproveAsync(who, new() { ClientId = id }, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => agency.Service.CreateAsync(who, new() { Name = "Mine" }, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => agency.Service.EditAsync(who, new() { ClientId = id, Version = 0, Note = "x" }, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => agency.Clients.GetAsync(who, id, Ct));
            await Assert.ThrowsAsync<Forbidden>(() => agency.Clients.ListAsync(who, new(), Ct));
            Assert.Throws<Forbidden>(() => agency.Clients.Export(who, new(), Ct));
            await Assert.ThrowsAsync<Forbidden>(() => agency.Import.PreviewAsync(who, [], Ct));
        }
    }

    private static ClientStepWithReason Because(long id, string reason) => new() { ClientId = id, Reason = reason };
}
