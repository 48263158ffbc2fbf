using Portal.Core.Domains.People;
using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Reactions;

public sealed class NotificationTests : IAsyncLifetime
{
    private InboxHouse house = null!;

    private Actor Owner => house.Leaders[0];

    public async ValueTask InitializeAsync() => house = await InboxHouse.NewAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task One_event_is_told_once_to_each_of_three_by_each_of_two_channels_however_often_it_is_relayed()
    {
        await house.HappenAsync(house.Admin, house.Activated());
        await house.Relay.RunAsync(Ct);
        await using (var db = house.Ground.Open())
            await db.Database.ExecuteSqlAsync($"UPDATE Events SET DoneAt = NULL, NextTryAt = {house.Ground.Clock.Now()}", Ct);
        Assert.Equal(0, await house.Relay.RunAsync(Ct)); // refused by the unique keys, and put off

        await using var after = house.Ground.Open();
        Assert.Equal(house.Leaders.Select(l => l.UserId).Order(), await after.Notifications.Select(n => n.UserId).OrderBy(id => id).ToListAsync(Ct));
        Assert.Equal(3, await after.Deliveries.CountAsync(Ct));
        Assert.All(await after.Notifications.ToListAsync(Ct), n => Assert.Equal(("account_status", house.Acme, 1, "Acme is active again"), (n.Type, n.ClientId, n.Times, n.Title)));
    }

    [Fact]
    public async Task Two_hosts_that_relay_at_once_tell_nobody_twice()
    {
        await using var beside = house.Beside();
        await house.HappenAsync(house.Admin, [.. Enumerable.Range(0, 40).Select(_ => house.Activated())]);
        await Task.WhenAll(house.Relay.RunAsync(Ct), beside.Relay.RunAsync(Ct));
        house.Ground.Clock.Forward(TimeSpan.FromSeconds(15)); // whoever met the other is put off
        await house.Relay.RunAsync(Ct);

        await using var db = house.Ground.Open();
        Assert.Equal(120, await db.Notifications.CountAsync(Ct));
        Assert.Equal(120, await db.Deliveries.CountAsync(Ct));
        Assert.Equal(40, await db.Notifications.Where(n => n.UserId == Owner.UserId && n.Place == NotificationPlace.Inbox).SumAsync(n => n.Times, Ct));
    }

    [Fact]
    public async Task Who_did_it_need_not_hear_of_it_but_of_their_own_security_they_do()
    {
        await house.HappenAsync(Owner, new ClientClosing(house.Acme, "Acme", house.Ground.Clock.Now()), new PasswordChanged(Owner.UserId));
        await house.Relay.RunAsync(Ct);

        Assert.Equal(["account_security"], (await house.ListAsync(Owner)).Select(n => n.Type));
        Assert.Equal(["account_status"], (await house.ListAsync(house.Leaders[1])).Select(n => n.Type));
        Assert.Equal([$"/dashboard/admin/clients/{house.Acme}"], (await house.ListAsync(house.Admin)).Select(n => n.Link));
        Assert.Empty(await house.ListAsync(house.Viewer));

        var mails = await house.DeliveriesAsync();
        Assert.True(Assert.Single(mails, d => d.UserId == Owner.UserId).IsCritical); // their own security is not news by the portal alone
        Assert.Equal(house.Leaders.Skip(1).Append(house.Admin).Select(a => a.UserId).Order(), mails.Where(d => d.UserId != Owner.UserId).Select(d => d.UserId!.Value).Order());
    }

    [Fact]
    public async Task Who_did_it_hears_of_it_neither_by_digest_nor_by_telephone()
    {
        foreach (var leader in house.Leaders.Take(2))
        {
            await house.SetAsync(leader, s => s.Digest = DigestEvery.Day);
            await house.NumberAsync(leader, PhoneChannel.Sms, "+263771234567");
            await house.ChooseAsync(leader, "team_changed", Channels.Sms, true);
        }

        await house.HappenAsync(Owner, new MemberJoined(house.Acme, house.Viewer.UserId, "Viola", AccessLevel.Viewer));
        await house.Relay.RunAsync(Ct);

        await using var db = house.Ground.Open();
        Assert.Equal([house.Leaders[1].UserId], await db.DigestItems.Select(i => i.UserId).ToListAsync(Ct));
        Assert.Equal([house.Leaders[1].UserId], (await house.DeliveriesAsync("sms")).Select(d => d.UserId!.Value));
    }

    [Fact]
    public async Task What_an_admin_sees_beside_a_delivery_is_its_persons_by_whichever_channel_and_whatever_their_address_is_now()
    {
        await house.NumberAsync(Owner, PhoneChannel.Sms, "+263771234567");
        await house.ChooseAsync(Owner, "payment_due", Channels.Sms, true);
        await house.TellAsync(Owner, "payment_due");
        await using (var db = house.Ground.Open())
            await db.Users.Where(u => u.Id == Owner.UserId).ExecuteUpdateAsync(u => u.SetProperty(x => x.Email, "now@example.com"), Ct);

        var beside = new BesideDelivery(house.Ground.Database);
        foreach (var delivery in (await house.DeliveriesAsync()).Concat(await house.DeliveriesAsync("sms")))
            Assert.Equal("payment_due", (await beside.OfAsync(house.Admin, delivery.Id, Ct))?.Type);
        await Assert.ThrowsAsync<Forbidden>(() => beside.OfAsync(Owner, 1, Ct));
    }

    [Fact]
    public async Task Repeats_about_one_thing_become_one_that_says_how_many_until_it_is_read()
    {
        for (var i = 0; i < 3; i++)
        {
            await house.RaiseAsync(Owner, "message_received", "payment_due");
            await house.Relay.RunAsync(Ct);
            house.Ground.Clock.Forward(TimeSpan.FromMinutes(1));
        }

        var shown = await house.ListAsync(Owner);
        Assert.Equal([("message_received", 3), ("payment_due", 3)], shown.Select(n => (n.Type, n.Times)).Order());
        Assert.Contains("Tendai Moyo wrote 3 messages about Festive launch", shown.Select(n => n.Title));
        Assert.Equal(2, await house.UnreadAsync(Owner));

        await house.Service.ReadAsync(Owner, shown.Single(n => n.Type == "message_received").Id, Ct);
        await house.RaiseAsync(Owner, "message_received");
        await house.Relay.RunAsync(Ct);
        Assert.Equal([1, 3], (await house.ListAsync(Owner, NotificationFilter.Messages)).Select(n => n.Times));
    }

    [Fact]
    public async Task It_is_read_archived_snoozed_and_brought_back_and_doing_so_twice_is_fine()
    {
        await house.RaiseAsync(Owner, "task_assigned");
        await house.Relay.RunAsync(Ct);
        var id = Assert.Single(await house.ListAsync(Owner, NotificationFilter.Unread)).Id;
        for (var i = 0; i < 2; i++)
            await house.Service.SnoozeAsync(Owner, new() { NotificationId = id, Until = house.Ground.Clock.Now().AddHours(1) }, Ct);
        Assert.Empty(await house.ListAsync(Owner));
        Assert.Equal(0, await house.UnreadAsync(Owner));
        Assert.Single(await house.ListAsync(Owner, NotificationFilter.Snoozed));

        house.Ground.Clock.Forward(TimeSpan.FromMinutes(61));
        Assert.Equal(1, await house.UnreadAsync(Owner));
        for (var i = 0; i < 2; i++)
            await house.Service.ArchiveAsync(Owner, id, Ct);
        Assert.Empty(await house.ListAsync(Owner));
        Assert.NotNull(Assert.Single(await house.ListAsync(Owner, NotificationFilter.Archived)).ReadAt);

        for (var i = 0; i < 2; i++)
            await house.Service.BringBackAsync(Owner, id, Ct);
        Assert.Single(await house.ListAsync(Owner, NotificationFilter.Tasks));
        Assert.Empty(await house.ListAsync(Owner, NotificationFilter.Payments));
    }

    [Fact]
    public async Task All_are_read_at_once_but_for_what_is_snoozed()
    {
        await house.RaiseAsync(Owner, "task_assigned", "payment_due", "content_posted");
        await house.Relay.RunAsync(Ct);
        var id = (await house.ListAsync(Owner))[0].Id;
        await house.Service.SnoozeAsync(Owner, new() { NotificationId = id, Until = house.Ground.Clock.Now().AddDays(1) }, Ct);

        Assert.Equal(2, await house.Service.ReadAllAsync(Owner, Ct));
        Assert.Equal(0, await house.Service.ReadAllAsync(Owner, Ct));

        house.Ground.Clock.Forward(TimeSpan.FromDays(2));
        Assert.Equal(1, await house.UnreadAsync(Owner));
        var counts = await house.Queries.CountsAsync(Owner, Ct);
        Assert.Equal((3, 1), (counts.All, counts.Unread));
        Assert.Equal(3, counts.ByCategory.Values.Sum());
    }

    [Fact]
    public async Task Anothers_is_not_there_whoever_asks()
    {
        await house.HappenAsync(house.Admin, house.Activated());
        await house.Relay.RunAsync(Ct);
        var id = (await house.ListAsync(Owner))[0].Id;
        foreach (var other in new[] { house.Leaders[1], house.Viewer, house.Admin })
        {
            await Assert.ThrowsAsync<NotFound>(() => house.Service.ReadAsync(other, id, Ct));
            await Assert.ThrowsAsync<NotFound>(() => house.Service.ArchiveAsync(other, id, Ct));
            await using var db = house.Ground.Database.Open(other, Can.SeeSelf);
            Assert.False(await db.Notifications.AnyAsync(n => n.Id == id, Ct));
        }

        Assert.Equal(1, await house.UnreadAsync(Owner));
    }

    [Fact]
    public async Task Nobody_writes_into_anothers_or_passes_theirs_on()
    {
        await house.RaiseAsync(Owner, "payment_due");
        await house.Relay.RunAsync(Ct);
        await using (var db = house.Ground.Database.Open(house.Viewer, Can.SeeSelf))
        {
            db.Add(new Notification { UserId = Owner.UserId, Type = "payment_due", Category = NotificationCategory.Payments, Subject = "x", Title = "x", Text = "x", CreatedAt = house.Ground.Clock.Now() });
            await Assert.ThrowsAsync<NotFound>(() => db.SaveChangesAsync(Ct));
        }

        await using var own = house.Ground.Database.Open(Owner, Can.SeeSelf);
        var mine = await own.Notifications.SingleAsync(Ct);
        own.Entry(mine).Property(n => n.UserId).CurrentValue = house.Viewer.UserId;
        await Assert.ThrowsAsync<InvalidOperationException>(() => own.SaveChangesAsync(Ct));
    }

    [Fact]
    public async Task What_is_about_a_client_goes_when_the_access_to_it_goes()
    {
        await house.HappenAsync(house.Admin, house.Activated());
        await house.RaiseAsync(Owner, "payment_due");
        await house.Relay.RunAsync(Ct);
        Assert.Equal(2, await house.UnreadAsync(Owner));
        await using (var db = house.Ground.Open())
            await db.Access.Where(a => a.UserId == Owner.UserId).ExecuteDeleteAsync(Ct);

        Assert.Equal(["payment_due"], (await house.ListAsync(Owner)).Select(n => n.Type));
        Assert.Equal(1, await house.UnreadAsync(Owner));
    }

    [Fact]
    public async Task An_admin_who_looks_as_a_client_reaches_nobodys_notifications()
    {
        await house.HappenAsync(house.Admin, house.Activated());
        await house.Relay.RunAsync(Ct);
        var looking = house.Admin with { Role = Role.Client, Viewing = new(house.Acme, "Acme", TakesChanges: true) };
        looking = looking with { Grants = [looking.Viewing!.Grant] };

        await Assert.ThrowsAsync<Forbidden>(() => house.Service.ReadAllAsync(looking, Ct));
        await Assert.ThrowsAsync<Forbidden>(() => house.ListAsync(looking));
        Assert.Equal(Inbox.Empty, await house.Watch.ReadAsync(looking));
        Assert.Equal(1, await house.UnreadAsync(Owner));
    }

    [Fact]
    public async Task A_snooze_into_the_past_or_for_years_is_refused()
    {
        await house.RaiseAsync(Owner, "payment_due");
        await house.Relay.RunAsync(Ct);
        var id = (await house.ListAsync(Owner))[0].Id;
        foreach (var until in new DateTime?[] { house.Ground.Clock.Now(), house.Ground.Clock.Now().AddYears(2), null })
        {
            var refused = await Assert.ThrowsAsync<Invalid>(() => house.Service.SnoozeAsync(Owner, new() { NotificationId = id, Until = until }, Ct));
            Assert.Equal(["until"], refused.Errors.Keys);
        }

        Assert.Single(await house.ListAsync(Owner));
    }

    [Theory]
    [InlineData(SnoozeFor.AnHour, "2026-11-21T11:00:00")]
    [InlineData(SnoozeFor.UntilTomorrow, "2026-11-22T06:00:00")] // Sunday, eight o'clock in Harare
    [InlineData(SnoozeFor.UntilNextWeek, "2026-11-23T06:00:00")]
    public void Mornings_are_the_persons_own(SnoozeFor choice, string until) => Assert.Equal(
        DateTime.SpecifyKind(DateTime.Parse(until, System.Globalization.CultureInfo.InvariantCulture), DateTimeKind.Utc),
        SnoozeTimes.Until(choice, house.Ground.Clock.Now(), Zone.Of("Africa/Harare")));

    [Fact]
    public void No_time_is_offered_twice()
    {
        var (saturday, harare) = (house.Ground.Clock.Now(), Zone.Of("Africa/Harare"));
        Assert.Equal([SnoozeFor.AnHour, SnoozeFor.UntilTomorrow, SnoozeFor.UntilNextWeek], SnoozeTimes.Choices(saturday, harare).Select(c => c.Choice));
        Assert.Equal([SnoozeFor.AnHour, SnoozeFor.UntilTomorrow], SnoozeTimes.Choices(saturday.AddDays(1), harare).Select(c => c.Choice));
    }

    [Fact]
    public async Task Of_who_is_erased_no_notification_is_left()
    {
        await house.RaiseAsync(Owner, "payment_due");
        await house.RaiseAsync(house.Viewer, "payment_due");
        await house.Relay.RunAsync(Ct);
        await house.HappenAsync(house.Admin, new AccountErased(Owner.UserId));
        await house.Relay.RunAsync(Ct);

        await using var db = house.Ground.Open();
        Assert.Equal([house.Viewer.UserId], await db.Notifications.Select(n => n.UserId).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_list_of_thousands_goes_on_by_its_key()
    {
        await using (var db = house.Ground.Open())
        {
            for (var i = 0; i < 300; i++)
                db.Add(new Notification { UserId = Owner.UserId, Type = "payment_due", Category = NotificationCategory.Payments, Subject = $"{i}", Title = $"{i}", Text = "", CreatedAt = house.Ground.Clock.Now().AddSeconds(-(i / 3)) });
            await db.SaveChangesAsync(Ct);
        }

        var (seen, cursor) = (new List<string>(), (string?)null);
        do
        {
            var page = await house.Queries.ListAsync(Owner, new() { PageSize = 70, Cursor = cursor }, Ct);
            seen.AddRange(page.Items.Select(n => n.Title));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(300, seen.Count);
        Assert.Equal(300, seen.Distinct().Count());
    }
}
