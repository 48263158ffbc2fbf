namespace Portal.Tests.Foundation;

/// <summary>An admin changes what a mail says.</summary>
public sealed class MailTemplateServiceTests : IAsyncLifetime
{
    private TestDatabase house = null!;
    private MailComposer composer = null!;
    private Actor admin = Actor.Nobody;

    private MailTemplateQueries Queries => new(house.Database, composer);

    private MailTemplateService Service => new(house.Database, composer, Queries, house.Clock);

    private MailTemplateDesk Desk => new(house.Database, composer, Queries, new RateLimits(house.Database, house.Lane, house.Clock), house.Clock);

    public async ValueTask InitializeAsync()
    {
        house = await TestDatabase.NewAsync();
        (composer, admin) = (house.Mails, await house.PersonAsync(Role.Admin));
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task What_is_saved_is_mailed_at_once_and_the_history_keeps_all()
    {
        Assert.Equal("Your portal is ready", await SubjectAsync());
        var first = await SaveAsync("One, {{ name }}", 0);
        await SaveAsync("Two", first.Version);
        Assert.Equal("Two", await SubjectAsync());

        await Service.RestoreAsync(admin, new() { Template = "first_admin", Number = 1, Version = 2 }, Ct);
        Assert.Equal("One, Rudo", await SubjectAsync());
        var reset = await Service.RestoreAsync(admin, new() { Template = "first_admin", Version = 3 }, Ct);

        Assert.Equal((false, 4, "Your portal is ready"), (reset.IsChanged, reset.Version, reset.Subject));
        Assert.Equal("Your portal is ready", await SubjectAsync());
        var history = (await Queries.HistoryAsync(admin, "first_admin", null, new(), Ct)).Items;
        Assert.Equal([(4, MailTemplateEditKind.Reset), (3, MailTemplateEditKind.Restored), (2, MailTemplateEditKind.Edited), (1, MailTemplateEditKind.Edited)], history.Select(h => (h.Number, h.Kind)));
        Assert.All(history, h => Assert.Equal(admin.Name, h.EditedBy));
        await using var db = house.Open();
        Assert.Equal(["mail_template_changed", "mail_template_changed", "mail_template_restored", "mail_template_reset"], await db.Events.OrderBy(e => e.Id).Select(e => e.Type).ToListAsync(Ct));
    }

    [Fact]
    public async Task Saving_or_resetting_twice_is_once()
    {
        await SaveAsync("One", 0);
        await SaveAsync("One", 0);
        for (var i = 0; i < 2; i++)
            await Service.RestoreAsync(admin, new() { Template = "first_admin", Version = 1 }, Ct);
        Assert.Equal(2, (await Queries.HistoryAsync(admin, "first_admin", null, new(), Ct)).Items.Count);
    }

    [Fact]
    public async Task Of_two_who_edit_at_once_the_second_is_told()
    {
        await SaveAsync("One", 0);
        Assert.Equal("changed", (await Assert.ThrowsAsync<Conflict>(() => SaveAsync("Two", 0))).Code);

        var both = await Task.WhenAll(Enumerable.Range(0, 4).Select(async i =>
        {
            try
            {
                await SaveAsync($"At once {i}", 1);
                return true;
            }
            catch (Conflict)
            {
                return false;
            }
        }));
        Assert.Single(both, won => won);
        Assert.Equal(2, (await Queries.GetAsync(admin, "first_admin", ct: Ct)).Version);
    }

    [Fact]
    public async Task What_cannot_be_read_is_refused_beside_its_field_and_nothing_is_kept()
    {
        var refused = await Assert.ThrowsAsync<Invalid>(() => Service.SaveAsync(admin, new() { Template = "first_admin", Subject = "{{ nmae }}", Body = "x\n\n{{ link" }, Ct));
        Assert.Equal("unknown_variable", refused.Code);
        Assert.StartsWith("Character 1: There is no nmae here. Did you mean name?", Assert.Single(refused.Errors["subject"]), StringComparison.Ordinal);
        Assert.StartsWith("Line 3, character 1:", Assert.Single(refused.Errors["body"]), StringComparison.Ordinal);
        Assert.Equal(0, (await Queries.GetAsync(admin, "first_admin", ct: Ct)).Version);
    }

    [Theory]
    [InlineData("reset_code", "{{ code }} is your code")]
    [InlineData("invitation", "Come in by {{ link }}")]
    public async Task What_a_mail_opens_a_door_with_is_refused_in_its_subject(string template, string subject)
    {
        var refused = await Assert.ThrowsAsync<Invalid>(() => Service.SaveAsync(admin, new() { Template = template, Subject = subject }, Ct));
        Assert.Equal("secret", refused.Code);
        Assert.Equal(["subject"], refused.Errors.Keys);
        await Service.SaveAsync(admin, new() { Template = "registered_already", Subject = "Sign in: {{ link }}" }, Ct);
    }

    [Fact]
    public async Task Another_language_has_words_of_its_own_and_English_stays_as_it_is()
    {
        Assert.False((await Queries.GetAsync(admin, "first_admin", "hi", Ct)).HasOwnText);
        await Service.SaveAsync(admin, new() { Template = "first_admin", Language = "hi", Subject = "नमस्ते {{ name }}", Version = 0 }, Ct);
        Assert.Equal("नमस्ते Rudo", await SubjectAsync("hi-IN"));
        Assert.Equal("Your portal is ready", await SubjectAsync());
        await Assert.ThrowsAsync<Invalid>(() => Queries.GetAsync(admin, "first_admin", "xx", Ct));
        await Assert.ThrowsAsync<NotFound>(() => Queries.GetAsync(admin, "nothing", "en", Ct));
    }

    [Fact]
    public async Task A_saved_text_that_this_version_cannot_read_gives_way_to_our_own()
    {
        await house.AddAsync(new MailTemplateEdit { Template = "first_admin", Language = "en", Number = 1, Kind = MailTemplateEditKind.Edited, Subject = "{{ gone }}", Body = "x", EditedBy = admin.UserId, EditedByName = "x", EditedAt = house.Clock.Now() });
        Assert.Equal("Your portal is ready", await SubjectAsync());
        Assert.Equal("unknown_variable", Assert.Single((await Queries.GetAsync(admin, "first_admin", ct: Ct)).Problems).Code);
    }

    [Fact]
    public async Task A_saved_subject_that_tells_a_secret_gives_way_to_our_own()
    {
        await house.AddAsync(new MailTemplateEdit { Template = "reset_code", Language = "en", Number = 1, Kind = MailTemplateEditKind.Edited, Subject = "{{ code }} is your code", Body = "{{ code }}", EditedBy = admin.UserId, EditedByName = "x", EditedAt = house.Clock.Now() });
        await using var db = house.Open();
        var mail = await composer.ComposeAsync(db, "reset_code", new("Rudo", Zone.Utc, "en-GB"), new Dictionary<string, object?> { ["code"] = "482913", ["expires"] = house.Clock.Now() }, ct: Ct);
        Assert.DoesNotContain("482913", mail.Subject, StringComparison.Ordinal);
        Assert.Contains("482913", mail.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_test_is_a_delivery_to_oneself_of_what_is_not_saved_yet()
    {
        var trial = await Desk.TryAsync(admin, new() { Template = "invoice_created", Subject = "Draft {{ invoice }}" }, Ct);
        await using var db = house.Open();
        var delivery = await db.Deliveries.SingleAsync(Ct);
        Assert.Equal((trial.Recipient, "Test: Draft INV-2041"), (delivery.Recipient, delivery.Title));
        Assert.Contains("$480.00", delivery.Body, StringComparison.Ordinal);
        Assert.NotNull(delivery.Html);
        await Assert.ThrowsAsync<Invalid>(() => Desk.TryAsync(admin, new() { Template = "invoice_created", Body = "" }, Ct));
    }

    [Fact]
    public async Task Tests_are_not_sent_without_end()
    {
        for (var i = 0; i < MailTemplateDesk.Tries.Times; i++)
            await Desk.TryAsync(admin, new() { Template = "invoice_created" }, Ct);
        await Assert.ThrowsAsync<TooOften>(() => Desk.TryAsync(admin, new() { Template = "invoice_created" }, Ct));
        await Desk.TryAsync(await house.PersonAsync(Role.Admin), new() { Template = "invoice_created" }, Ct);
        await using var db = house.Open();
        Assert.Equal(MailTemplateDesk.Tries.Times + 1, await db.Deliveries.CountAsync(Ct));
        house.Clock.Forward(MailTemplateDesk.Tries.Window);
        await Desk.TryAsync(admin, new() { Template = "invoice_created" }, Ct);
    }

    [Fact]
    public async Task The_list_is_searched_filtered_and_sorted()
    {
        await SaveAsync("Only mine", 0);
        Assert.Equal(MailTemplates.All.Count, (await Queries.ListAsync(admin, new(), Ct)).Total);
        Assert.Equal(["first_admin"], (await Queries.ListAsync(admin, new() { Changed = true }, Ct)).Items.Select(t => t.Key));
        Assert.Equal(["first_admin"], (await Queries.ListAsync(admin, new() { Q = "only mine" }, Ct)).Items.Select(t => t.Key));
        Assert.All((await Queries.ListAsync(admin, new() { Category = MailCategory.Payments }, Ct)).Items, t => Assert.Equal(MailCategory.Payments, t.Category));
        Assert.Equal("first_admin", (await Queries.ListAsync(admin, new() { Sort = "-edited_at" }, Ct)).Items[0].Key);
        await Assert.ThrowsAsync<Invalid>(() => Queries.ListAsync(admin, new() { Sort = "body" }, Ct));
    }

    [Fact]
    public async Task Nobody_but_an_admin_reaches_them()
    {
        var agent = await house.PersonAsync(Role.Agent);
        await Assert.ThrowsAsync<Forbidden>(() => Queries.ListAsync(agent, new(), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => Service.SaveAsync(agent, new() { Template = "first_admin", Subject = "x" }, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => Desk.PreviewAsync(agent, new() { Template = "first_admin" }, ct: Ct));
    }

    private Task<MailTemplateView> SaveAsync(string subject, int version) => Service.SaveAsync(admin, new() { Template = "first_admin", Subject = subject, Version = version }, Ct);

    private async Task<string> SubjectAsync(string culture = "en-GB")
    {
        await using var db = house.Open();
        return (await composer.ComposeAsync(db, "first_admin", new("Rudo", Zone.Utc, culture), new Dictionary<string, object?> { ["link"] = "/" }, ct: Ct)).Subject;
    }
}
