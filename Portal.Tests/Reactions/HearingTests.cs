using Microsoft.Extensions.Logging.Abstractions;
using Portal.Core.Domains.People;
using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Reactions;

public sealed class HearingTests : IAsyncLifetime
{
    private InboxHouse house = null!;

    private Actor Owner => house.Leaders[0];

    private HearingDefaultService Defaults => new(house.Ground.Database, house.Channels);

    public async ValueTask InitializeAsync() => house = await InboxHouse.NewAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task A_person_differs_from_the_agency_and_the_agency_from_the_type()
    {
        await Defaults.ChooseAsync(house.Admin, new() { Type = "task_assigned", Channel = Channels.Email, On = false }, Ct);
        await house.ChooseAsync(house.Leaders[1], "task_assigned", Channels.Email, true);
        await house.ChooseAsync(house.Leaders[2], "task_assigned", Channels.InApp, false);
        foreach (var person in house.Leaders)
            await house.TellAsync(person, "task_assigned");

        Assert.Equal([house.Leaders[1].UserId], (await house.DeliveriesAsync()).Select(d => d.UserId!.Value));
        var shown = new List<int>();
        foreach (var person in house.Leaders)
            shown.Add((await house.ListAsync(person)).Count);
        Assert.Equal([1, 1, 0], shown);
    }

    [Fact]
    public async Task There_are_rows_only_for_what_differs()
    {
        await house.ChooseAsync(Owner, "task_assigned", Channels.Email, true); // as it is anyway
        await using var db = house.Ground.Open();
        Assert.Equal((0, 0), (await db.HearingChoices.CountAsync(Ct), await db.HearingSettings.CountAsync(Ct)));
        await house.ChooseAsync(Owner, "task_assigned", Channels.Email, false);
        Assert.Equal((1, 1), (await db.HearingChoices.CountAsync(Ct), await db.HearingSettings.CountAsync(Ct)));
        await house.ChooseAsync(Owner, "task_assigned", Channels.Email, null);
        Assert.Equal(0, await db.HearingChoices.CountAsync(Ct));

        await Defaults.ChooseAsync(house.Admin, new() { Type = "task_assigned", Channel = Channels.Email, On = false }, Ct);
        await Defaults.ChooseAsync(house.Admin, new() { Type = "task_assigned", Channel = Channels.Email, On = true }, Ct);
        Assert.Equal(0, await db.HearingDefaults.CountAsync(Ct));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Who_has_unsubscribed_hears_nothing_when_the_agency_turns_it_on_again(bool hadSaidSo)
    {
        if (hadSaidSo)
            await house.ChooseAsync(Owner, "task_assigned", Channels.Email, false);
        await Defaults.ChooseAsync(house.Admin, new() { Type = "task_assigned", Channel = Channels.Email, On = false }, Ct);
        var token = house.Links.Unsubscribe(Owner.UserId, "task_assigned").Split("token=")[1];
        for (var i = 0; i < 2; i++)
            await new Unsubscribing(house.Ground.Database, house.Links).ActAsync(token, UnsubscribeAct.TurnOff, Ct);
        await house.ChooseAsync(Owner, "task_assigned", Channels.Email, false);
        await Defaults.ChooseAsync(house.Admin, new() { Type = "task_assigned", Channel = Channels.Email, On = true }, Ct);

        await house.TellAsync(Owner, "task_assigned");
        Assert.Empty(await house.DeliveriesAsync());
        await using var db = house.Ground.Open();
        Assert.Equal(hadSaidSo ? 0 : 1, await db.Events.CountAsync(e => e.Type == "mail_unsubscribed", Ct));
    }

    [Fact]
    public async Task What_is_critical_is_fixed_for_everyone_and_waits_for_nothing()
    {
        await Assert.ThrowsAsync<Invalid>(() => house.ChooseAsync(Owner, "payment_due", Channels.Email, false));
        await Assert.ThrowsAsync<Invalid>(() => Defaults.ChooseAsync(house.Admin, new() { Type = "payment_due", Channel = Channels.InApp, On = false }, Ct));
        await house.SetAsync(Owner, s => (s.QuietFrom, s.QuietTo, s.Digest, s.EmailPaused) = ("09:00", "11:00", DigestEvery.Day, true));
        await house.TellAsync(Owner, "payment_due", "task_assigned");

        var mail = Assert.Single(await house.DeliveriesAsync());
        Assert.Equal((house.Ground.Clock.Now(), null, null), (mail.NextTryAt, mail.UnsubscribeUrl, mail.Topic));
        Assert.Equal(2, (await house.ListAsync(Owner)).Count);
    }

    [Fact]
    public async Task In_quiet_hours_it_waits_and_is_not_sent_when_it_was_read_meanwhile()
    {
        await house.SetAsync(Owner, s => (s.QuietFrom, s.QuietTo) = ("09:00", "11:00"));
        await house.TellAsync(Owner, "task_assigned", "content_posted", "message_received");
        Assert.All(await house.DeliveriesAsync(), d => Assert.Equal(house.Ground.Clock.Now().AddHours(1), d.NextTryAt));
        Assert.Equal(0, await house.Sender.RunAsync(Ct));

        await house.Service.ReadAsync(Owner, (await house.ListAsync(Owner)).Single(n => n.Type == "task_assigned").Id, Ct);
        await house.ChooseAsync(Owner, "content_posted", Channels.Email, false);
        house.Ground.Clock.Forward(TimeSpan.FromHours(1));
        Assert.Equal(1, await house.Sender.RunAsync(Ct));

        var rows = (await house.DeliveriesAsync()).ToDictionary(d => d.Topic!);
        Assert.Equal((DeliveryStatus.NotNeeded, null, "Not sent: they have read it in the portal."), (rows["task_assigned"].Status, rows["task_assigned"].NextTryAt, rows["task_assigned"].Trouble));
        Assert.Equal((DeliveryStatus.NotNeeded, "Not sent: they have turned this off."), (rows["content_posted"].Status, rows["content_posted"].Trouble));
        Assert.Equal(DeliveryStatus.Sent, rows["message_received"].Status);
        Assert.Equal(0, await house.Sender.RunAsync(Ct));
    }

    [Fact]
    public async Task Who_has_read_the_last_of_several_has_read_them_all()
    {
        await house.SetAsync(Owner, s => (s.QuietFrom, s.QuietTo) = ("09:00", "11:00"));
        await house.TellAsync(Owner, "message_received");
        await house.TellAsync(Owner, "message_received");
        await house.Service.ReadAsync(Owner, Assert.Single(await house.ListAsync(Owner)).Id, Ct);
        house.Ground.Clock.Forward(TimeSpan.FromHours(1));
        await house.Sender.RunAsync(Ct);
        Assert.All(await house.DeliveriesAsync(), d => Assert.Equal(DeliveryStatus.NotNeeded, d.Status));
    }

    [Fact]
    public async Task A_telephone_is_written_to_only_where_there_is_a_number_and_somebody_sends()
    {
        await house.ChooseAsync(Owner, "task_assigned", Channels.Sms, true);
        await house.ChooseAsync(Owner, "task_assigned", Channels.WhatsApp, true);
        await house.TellAsync(Owner, "task_assigned");
        Assert.Empty(await house.DeliveriesAsync("sms"));

        await house.Ground.AddAsync(new VerifiedNumber { UserId = Owner.UserId, Channel = PhoneChannel.Sms, Number = "+263771234567", VerifiedAt = house.Ground.Clock.Now() });
        await house.Ground.AddAsync(new VerifiedNumber { UserId = Owner.UserId, Channel = PhoneChannel.Whatsapp, Number = "+263771234567", VerifiedAt = house.Ground.Clock.Now() });
        await house.TellAsync(Owner, "task_assigned", "content_posted");
        var text = Assert.Single(await house.DeliveriesAsync("sms"));
        Assert.Equal(("+263771234567", "Tendai Moyo gave you a task\nhttps://portal.test/dashboard/client"), (text.Recipient, text.Body));
        Assert.Empty(await house.DeliveriesAsync("whatsapp")); // on their profile they have not said that they want it
    }

    [Fact]
    public async Task A_text_names_its_page_however_long_the_portals_address_is()
    {
        await house.NumberAsync(Owner, PhoneChannel.Sms, "+263771234567");
        await house.ChooseAsync(Owner, "task_assigned", Channels.Sms, true);
        await house.RaiseAsync(Owner, "task_assigned");
        var (clock, options) = (house.Ground.Clock, new PortalOptions { DataPath = "", PublicUrl = $"https://portal.test/{new string('x', 300)}" });
        var notify = new Notify(new(new MailComposer(options, clock), new(house.Ground.Box, options), house.Channels, clock), clock);
        await new EventRelay(house.Ground.Database, house.Ground.Lane, [new RaiseSamples(notify)], clock, NullLogger<EventRelay>.Instance).RunAsync(Ct);
        Assert.Equal($"…\n{options.PublicUrl}/dashboard/client", Assert.Single(await house.DeliveriesAsync("sms")).Body);
    }

    [Fact]
    public async Task A_number_that_is_no_longer_theirs_gets_nothing_of_what_waits_critical_or_not()
    {
        await house.NumberAsync(Owner, PhoneChannel.Sms, "+263771234567");
        await house.NumberAsync(Owner, PhoneChannel.Whatsapp, "+263771234568");
        foreach (var type in new[] { "task_assigned", "payment_due" })
        {
            await house.ChooseAsync(Owner, type, Channels.Sms, true);
            await house.ChooseAsync(Owner, type, Channels.WhatsApp, true);
        }

        await house.TellAsync(Owner, "task_assigned", "payment_due");
        Assert.Equal((2, 2), ((await house.DeliveriesAsync("sms")).Count, (await house.DeliveriesAsync("whatsapp")).Count));
        await using (var db = house.Ground.Open())
        {
            await db.VerifiedNumbers.Where(n => n.Channel == PhoneChannel.Sms).ExecuteUpdateAsync(n => n.SetProperty(x => x.Number, "+263771234569"), Ct);
            await db.Users.Where(u => u.Id == Owner.UserId).ExecuteUpdateAsync(u => u.SetProperty(x => x.WhatsAppNotifications, false), Ct);
        }

        Assert.Equal(2, await house.Sender.RunAsync(Ct)); // the mails
        Assert.All((await house.DeliveriesAsync("sms")).Concat(await house.DeliveriesAsync("whatsapp")), d =>
            Assert.Equal((DeliveryStatus.NotNeeded, "Not sent: they no longer want to hear by this number."), (d.Status, d.Trouble)));

        await house.TellAsync(Owner, "payment_due");
        await house.Sender.RunAsync(Ct);
        Assert.Equal(("+263771234569", DeliveryStatus.Sent), (await house.DeliveriesAsync("sms"))[^1] is var text ? (text.Recipient, text.Status) : default);
    }

    [Fact]
    public async Task What_waited_is_not_sent_to_who_has_left_the_portal_or_the_client_but_their_own_security_is()
    {
        await house.HappenAsync(house.Admin, house.Activated(), new PasswordChanged(house.Leaders[1].UserId));
        await house.RaiseAsync(house.Leaders[1], "task_assigned");
        await house.Relay.RunAsync(Ct);
        Assert.Equal(5, (await house.DeliveriesAsync()).Count);
        await using (var db = house.Ground.Open())
        {
            await db.Access.Where(a => a.UserId == Owner.UserId).ExecuteDeleteAsync(Ct);
            await db.Users.Where(u => u.Id == house.Leaders[1].UserId).ExecuteUpdateAsync(u => u.SetProperty(x => x.IsActive, false), Ct);
        }

        Assert.Equal(2, await house.Sender.RunAsync(Ct));
        var rows = await house.DeliveriesAsync();
        Assert.Equal([house.Leaders[1].UserId, house.Leaders[2].UserId], rows.Where(d => d.Status is DeliveryStatus.Sent).Select(d => d.UserId!.Value).Order());
        Assert.All(rows.Where(d => d.Status is not DeliveryStatus.Sent), d => Assert.Equal((DeliveryStatus.NotNeeded, "Not sent: it is no longer theirs to know."), (d.Status, d.Trouble)));
        Assert.True(rows.Single(d => d.UserId == house.Leaders[1].UserId && d.Status is DeliveryStatus.Sent).IsCritical);
    }

    [Fact]
    public async Task An_admin_who_looks_at_a_mail_cannot_end_it_for_its_reader()
    {
        await house.TellAsync(Owner, "task_assigned");
        var mail = Assert.Single(await house.DeliveriesAsync());
        var token = mail.UnsubscribeUrl!.Split("token=")[1];
        Assert.All(new[] { mail.Body, mail.Html }, part => Assert.Contains(token, part, StringComparison.Ordinal));

        var shown = await new DeliveryQueries(house.Ground.Database, new(house.Ground.Database, new() { OwnName = "portal.test" }, house.Ground.Clock), new([]), []).ContentAsync(house.Admin, mail.Id, Ct);
        Assert.All(new[] { shown.Text, shown.Html! }, part => Assert.DoesNotContain(token, part, StringComparison.Ordinal));
        Assert.Contains("Unsubscribe: https://portal.test/unsubscribe\n", shown.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_hearers_of_an_event_are_asked_about_once()
    {
        var people = house.Leaders.Select(l => l.UserId).ToList();
        await house.ChooseAsync(Owner, "team_changed", Channels.Email, false);
        await using var db = house.Ground.Open();
        var hearings = await Hearing.OfAsync(db, NotificationTypes.Of("team_changed"), people, Ct);
        Assert.Equal([false, true, true], people.Select(id => hearings[id].Mails(NotificationTypes.Of("team_changed"))));
    }

    [Fact]
    public async Task The_whole_is_changed_with_its_version_and_saying_it_again_changes_nothing()
    {
        var read = await house.Hearing.GetAsync(Owner, Ct);
        var change = new ChangeHearing { Version = read.Version, QuietFrom = "22:00", QuietTo = "07:00", Types = new() { ["task_assigned"] = new() { Email = false } } };
        await house.Hearing.SaveAsync(Owner, change, Ct);
        await house.Hearing.SaveAsync(Owner, change, Ct);
        var now = await house.Hearing.GetAsync(Owner, Ct);
        Assert.Equal((1, "22:00", "07:00", false), (now.Version, now.QuietFrom, now.QuietTo, now.Types.Single(t => t.Type == "task_assigned").Email.On));

        // A slip of the pen would send what it meant back to the default without a word.
        change.Types["task_asigned"] = new() { Email = false };
        await Assert.ThrowsAsync<Invalid>(() => house.Hearing.SaveAsync(Owner, change, Ct));
        change.Types.Remove("task_asigned");

        change.QuietTo = "08:00";
        await Assert.ThrowsAsync<Conflict>(() => house.Hearing.SaveAsync(Owner, change, Ct));
        await using var db = house.Ground.Open();
        Assert.Equal(1, await db.Events.CountAsync(e => e.Type == "hearing_changed", Ct));
        Assert.Single(await db.HearingChoices.ToListAsync(Ct));
    }

    [Fact]
    public async Task People_are_asked_only_of_what_can_reach_them()
    {
        var agent = await house.Ground.PersonAsync(Role.Agent, new Grant(house.Acme, Service.Marketing, AccessLevel.Worker));
        Assert.Equal(["client_registered"], await MissingAsync(Owner));
        Assert.Equal(["account_status", "client_registered", "team_changed"], await MissingAsync(house.Viewer));
        Assert.Equal(["account_status", "client_registered"], await MissingAsync(agent));
        Assert.Equal(["team_changed"], await MissingAsync(house.Admin));
        Assert.Equal(NotificationTypes.All.Count, (await Defaults.GetAsync(house.Admin, Ct)).Types.Count);

        await Assert.ThrowsAsync<NotFound>(() => house.ChooseAsync(Owner, "client_registered", Channels.Email, false));
        var refused = await Assert.ThrowsAsync<Invalid>(() => house.SetAsync(Owner, s => s.Types = new() { ["client_registered"] = new() { Email = false } }));
        Assert.Equal(["types"], refused.Errors.Keys);
    }

    [Fact]
    public async Task What_was_chosen_as_a_leader_is_kept_for_when_they_are_one_again()
    {
        await house.ChooseAsync(Owner, "team_changed", Channels.Email, false);
        var viewer = Owner with { Grants = [new(house.Acme, null, AccessLevel.Viewer)] };
        await house.SetAsync(viewer, s => s.Types = new() { ["task_assigned"] = new() { Email = false } });
        Assert.False((await house.Hearing.GetAsync(Owner, Ct)).Types.Single(t => t.Type == "team_changed").Email.On);
    }

    [Theory]
    [InlineData("22:00", null, "quiet_to")]
    [InlineData(null, "22:00", "quiet_from")]
    [InlineData("22:00", "22:00", "quiet_to")]
    [InlineData("24:00", "07:00", "quiet_from")]
    [InlineData("ten", "07:00", "quiet_from")]
    public async Task Quiet_hours_have_a_beginning_and_an_end(string? from, string? to, string field)
    {
        var refused = await Assert.ThrowsAsync<Invalid>(() => house.SetAsync(Owner, s => (s.QuietFrom, s.QuietTo) = (from, to)));
        Assert.Equal([field], refused.Errors.Keys);
    }

    [Fact]
    public async Task Two_admins_who_change_the_defaults_at_once_are_told()
    {
        var read = await Defaults.GetAsync(house.Admin, Ct);
        await Defaults.SaveAsync(house.Admin, new() { Version = read.Version, Types = new() { ["task_assigned"] = new() { Email = false } } }, Ct);
        await Defaults.SaveAsync(house.Admin, new() { Version = read.Version, Types = new() { ["task_assigned"] = new() { Email = false } } }, Ct); // a retry
        await Assert.ThrowsAsync<Conflict>(() => Defaults.SaveAsync(house.Admin, new() { Version = read.Version, Types = [] }, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => Defaults.GetAsync(Owner, Ct));
    }

    [Fact]
    public async Task Of_who_is_erased_no_wish_is_left()
    {
        await house.SetAsync(Owner, s => s.Digest = DigestEvery.Day);
        await house.ChooseAsync(Owner, "content_posted", Channels.Email, false);
        await house.TellAsync(Owner, "task_assigned");
        await house.HappenAsync(house.Admin, new AccountErased(Owner.UserId));
        await house.Relay.RunAsync(Ct);
        await using var db = house.Ground.Open();
        Assert.Equal((0, 0, 0), (await db.HearingSettings.CountAsync(Ct), await db.HearingChoices.CountAsync(Ct), await db.DigestItems.CountAsync(Ct)));
    }

    private async Task<IEnumerable<string>> MissingAsync(Actor person) =>
        NotificationTypes.All.Select(t => t.Key).Except((await house.Hearing.GetAsync(person, Ct)).Types.Select(t => t.Type)).Order();
}
