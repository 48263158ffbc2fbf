using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public class ProfileTests
{
    [Fact]
    public async Task The_agencys_profile_has_defaults_until_it_is_saved_and_then_tells_what_changed()
    {
        await using var house = await TeamHouse.NewAsync();
        var profile = await house.Agency.GetAsync(house.Admin, Ct);
        Assert.Equal(("Portal", "USD", 0), (profile.Name, profile.Currency, profile.Version));
        (profile.Name, profile.City, profile.Country, profile.Currency, profile.Zone) = (" Marula ", "Harare", "zw", "zar", "Africa/Harare");
        await house.Agency.SaveAsync(house.Admin, profile, Ct);

        var saved = await house.Agency.GetAsync(house.Admin, Ct);
        Assert.Equal(("Marula", "Harare", "ZW", "ZAR", 1), (saved.Name, saved.City, saved.Country, saved.Currency, saved.Version));
        saved.SenderEmail = "hello@marula.example";
        saved.Line1 = "1 Samora Machel Avenue";
        await house.Agency.SaveAsync(house.Admin, saved, Ct);
        await house.Agency.SaveAsync(house.Admin, saved, Ct); // sent again: done already

        Assert.Equal(["agency_profile_changed", "agency_profile_changed"], await house.EventsAsync());
        await using var db = house.Open();
        Assert.Contains("sender_email, address", (await db.Events.OrderBy(e => e.Id).LastAsync(Ct)).Data, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_edits_what_someone_else_has_changed_is_told()
    {
        await using var house = await TeamHouse.NewAsync();
        var (mine, theirs) = (await house.Agency.GetAsync(house.Admin, Ct), await house.Agency.GetAsync(house.Admin, Ct));
        (mine.Name, theirs.Name) = ("Mine", "Theirs");
        await house.Agency.SaveAsync(house.Admin, theirs, Ct);
        await Assert.ThrowsAsync<Conflict>(() => house.Agency.SaveAsync(house.Admin, mine, Ct));

        var owner = await house.MemberAsync(await house.ClientAsync());
        var (one, two) = (await house.Organisations.GetAsync(owner, null, Ct), await house.Organisations.GetAsync(owner, null, Ct));
        (one.Phone, two.Phone) = ("1", "2");
        await house.Organisations.SaveAsync(owner, null, one, Ct);
        await Assert.ThrowsAsync<Conflict>(() => house.Organisations.SaveAsync(owner, null, two, Ct));
        Assert.Equal("1", (await house.Organisations.GetAsync(owner, null, Ct)).Phone);
    }

    [Theory]
    [InlineData("name", "", "name")]
    [InlineData("currency", "CRD", "currency")]
    [InlineData("currency", "ABC", "currency")]
    [InlineData("zone", "Mars/Olympus", "zone")]
    [InlineData("country", "XX", "country")]
    [InlineData("format", "INV", "invoice_number_format")]
    [InlineData("format", "{number}{number}", "invoice_number_format")]
    [InlineData("format", "{number:0}", "invoice_number_format")]
    [InlineData("format", "{day}-{number}", "invoice_number_format")]
    [InlineData("sender", "nobody", "sender_email")]
    public async Task A_profile_that_does_not_fit_is_refused_by_field(string what, string value, string field)
    {
        await using var house = await TeamHouse.NewAsync();
        var profile = await house.Agency.GetAsync(house.Admin, Ct);
        _ = what switch
        {
            "name" => profile.Name = value,
            "currency" => profile.Currency = value,
            "zone" => profile.Zone = value,
            "country" => profile.Country = value,
            "format" => profile.InvoiceNumberFormat = value,
            _ => profile.SenderEmail = value,
        };
        Assert.Equal(field, Assert.Single((await Assert.ThrowsAsync<Invalid>(() => house.Agency.SaveAsync(house.Admin, profile, Ct))).Errors.Keys));
    }

    [Theory]
    [InlineData("INV-{year}-{number:4}", "INV-2026-0042")]
    [InlineData("{number}", "42")]
    [InlineData("{year}/{month}/{number:1}", "2026/11/42")]
    public void Invoices_are_numbered_as_the_format_says(string format, string number)
    {
        Assert.True(InvoiceNumber.IsGood(format));
        Assert.Equal(number, InvoiceNumber.Write(format, new(2026, 11, 21), 42));
    }

    [Fact]
    public void The_worlds_countries_are_known_by_their_letters()
    {
        Assert.True(Countries.All.Count > 200);
        Assert.Equal("Zimbabwe", Countries.Name("ZW"));
        Assert.False(Countries.IsKnown("001"));
    }

    [Fact]
    public async Task New_terms_are_a_new_version_and_anyone_can_read_them()
    {
        await using var house = await TeamHouse.NewAsync();
        Assert.Equal(new AgencyTerms("Portal", 1, null, ""), await house.Agency.TermsAsync(Ct));
        await house.Agency.SetTermsAsync(house.Admin, new() { Text = "Be kind.\r\n", Version = 1 }, Ct);
        await house.Agency.SetTermsAsync(house.Admin, new() { Text = "Be kind.", Version = 1 }, Ct); // done already
        Assert.Equal(new AgencyTerms("Portal", 2, house.Clock.Now(), "Be kind."), await house.Agency.TermsAsync(Ct));
        await Assert.ThrowsAsync<Conflict>(() => house.Agency.SetTermsAsync(house.Admin, new() { Text = "Be quick.", Version = 1 }, Ct));
        await Assert.ThrowsAsync<Invalid>(() => house.Agency.SetTermsAsync(house.Admin, new() { Text = " ", Version = 2 }, Ct));
        Assert.Equal(["terms_changed"], await house.EventsAsync());
    }

    [Fact]
    public async Task Owners_and_managers_change_their_organisation_others_only_see_it()
    {
        await using var house = await TeamHouse.NewAsync();
        var acme = await house.ClientAsync();
        foreach (var level in new[] { AccessLevel.Owner, AccessLevel.Manager })
        {
            var profile = await house.Organisations.GetAsync(await house.MemberAsync(acme, level), null, Ct);
            (profile.TaxId, profile.Website) = (level.ToString(), "https://acme.example");
            await house.Organisations.SaveAsync(await house.MemberAsync(acme, level), null, profile, Ct);
        }

        var (viewer, agent) = (await house.MemberAsync(acme, AccessLevel.Viewer), await house.AgentAsync(Service.Website, 5, acme));
        Assert.Equal("Manager", (await house.Organisations.GetAsync(viewer, null, Ct)).TaxId);
        var seen = await house.Organisations.GetAsync(agent, acme, Ct);
        foreach (var actor in new[] { viewer, agent })
            await Assert.ThrowsAsync<Forbidden>(() => house.Organisations.SaveAsync(actor, acme, seen, Ct));
        var other = await house.MemberAsync(await house.ClientAsync("Globex"));
        await Assert.ThrowsAsync<NotFound>(() => house.Organisations.GetAsync(other, acme, Ct));
        await Assert.ThrowsAsync<NotFound>(() => house.Organisations.SaveAsync(other, acme, seen, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => house.Organisations.GetAsync(other with { Grants = [] }, null, Ct)); // as while their client is inactive
        await Assert.ThrowsAsync<Forbidden>(() => house.Agency.GetAsync(other, Ct));
        seen.Website = "acme";
        Assert.Contains("website", (await Assert.ThrowsAsync<Invalid>(() => house.Organisations.SaveAsync(house.Admin, acme, seen, Ct))).Errors.Keys);
    }

    [Fact]
    public async Task An_owner_closes_the_account_by_its_name_and_can_keep_it_for_two_weeks()
    {
        await using var house = await TeamHouse.NewAsync();
        var acme = await house.ClientAsync("Acme Jewellers");
        var (owner, manager) = (await house.MemberAsync(acme), await house.MemberAsync(acme, AccessLevel.Manager));
        await Assert.ThrowsAsync<Forbidden>(() => house.Organisations.CloseAsync(manager, null, new() { Name = "Acme Jewellers" }, Ct));
        await Assert.ThrowsAsync<Invalid>(() => house.Organisations.CloseAsync(owner, null, new() { Name = "Globex" }, Ct));

        for (var i = 0; i < 2; i++)
            await house.Organisations.CloseAsync(owner, null, new() { Name = " acme jewellers " }, Ct);
        var state = await house.Organisations.StateAsync(manager, null, Ct);
        Assert.Equal((ClientStatus.Closing, house.Clock.Now() + Client.Grace), (state.Status, state.ClosesAt));

        await Assert.ThrowsAsync<Forbidden>(() => house.Organisations.KeepAsync(manager, null, Ct));
        for (var i = 0; i < 2; i++)
            await house.Organisations.KeepAsync(owner, null, Ct);
        Assert.Equal(ClientStatus.Active, (await house.Organisations.StateAsync(owner, null, Ct)).Status);
        Assert.Equal(["client_closing", "client_kept"], await house.EventsAsync());
    }
}
