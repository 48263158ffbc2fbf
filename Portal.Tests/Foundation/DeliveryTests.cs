namespace Portal.Tests.Foundation;

public class DeliveryTests
{
    [Fact]
    public async Task What_is_due_is_sent_once_even_by_two_hosts_at_once()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var beside = house.Beside();
        for (var i = 0; i < 150; i++)
            await WriteAsync(house, $"{i}");
        var channel = new TestChannel();

        var sent = await Task.WhenAll(TestChannel.Sender(house, channel).RunAsync(Ct), TestChannel.Sender(beside, channel).RunAsync(Ct));

        Assert.Equal(150, sent.Sum());
        Assert.Equal(150, channel.Sent.Count);
        Assert.All(channel.Sent.Values, n => Assert.Equal(1, n));
        await using var db = house.Open();
        Assert.True(await db.Deliveries.AllAsync(d => d.Status == DeliveryStatus.Sent && d.Receipt == "r" && d.Holder == null && d.Tries == 1, Ct));
    }

    [Fact]
    public async Task What_is_due_later_waits()
    {
        await using var house = await TestDatabase.NewAsync();
        await WriteAsync(house, "later", house.Clock.Now().AddHours(1));
        var sender = TestChannel.Sender(house, new TestChannel());
        Assert.False(await sender.HasWorkAsync(Ct));
        Assert.Equal(0, await sender.RunAsync(Ct));
        house.Clock.Forward(TimeSpan.FromHours(1));
        Assert.Equal(1, await sender.RunAsync(Ct));
    }

    [Fact]
    public async Task A_failed_try_backs_off_and_after_the_eighth_it_is_dead()
    {
        await using var house = await TestDatabase.NewAsync();
        await WriteAsync(house, "1");
        var channel = new TestChannel { Trouble = () => new InvalidOperationException("Line busy.") };
        for (var tries = 1; tries < 8; tries++)
        {
            await TestChannel.Sender(house, channel).RunAsync(Ct);
            var row = await RowAsync(house);
            Assert.Equal((DeliveryStatus.Waiting, tries, "Line busy.", null), (row.Status, row.Tries, row.Trouble, row.Holder));
            house.Clock.Forward(row.NextTryAt!.Value - house.Clock.Now() + TimeSpan.FromMilliseconds(1));
        }

        await TestChannel.Sender(house, channel).RunAsync(Ct);
        Assert.Equal(DeliveryStatus.Dead, (await RowAsync(house)).Status);
        house.Clock.Forward(TimeSpan.FromDays(30));
        Assert.False(await TestChannel.Sender(house, channel).HasWorkAsync(Ct));
        Assert.Equal(8, channel.Sent["1"]);
    }

    [Fact]
    public async Task What_the_other_side_refuses_for_good_is_dead_at_once_and_what_has_no_channel_waits_for_one()
    {
        await using var house = await TestDatabase.NewAsync();
        await WriteAsync(house, "1");
        await TestChannel.Sender(house, new TestChannel { Trouble = () => new RefusedForGood("No such address.") }).RunAsync(Ct);
        Assert.Equal((DeliveryStatus.Dead, 1, "No such address."), await RowAsync(house) is var row ? (row.Status, row.Tries, row.Trouble) : default);

        await using var other = await TestDatabase.NewAsync();
        await WriteAsync(other, "1");
        await TestChannel.Sender(other).RunAsync(Ct);
        Assert.Equal(DeliveryStatus.Waiting, (await RowAsync(other)).Status);
    }

    [Fact]
    public async Task Only_the_dead_are_sent_again_and_then_with_all_tries()
    {
        await using var house = await TestDatabase.NewAsync();
        var (admin, desk) = (await house.PersonAsync(Role.Admin), new DeliveryDesk(house.Database, new([]), house.Clock));
        var id = await WriteAsync(house, "1");
        Assert.Equal("delivery_not_dead", (await Assert.ThrowsAsync<RuleBroken>(() => desk.SendAgainAsync(admin, id, Ct))).Code);
        await TestChannel.Sender(house, new TestChannel { Trouble = () => new RefusedForGood("No.") }).RunAsync(Ct);

        await desk.SendAgainAsync(admin, id, Ct);

        Assert.Equal(1, await TestChannel.Sender(house, new TestChannel()).RunAsync(Ct));
        Assert.Equal((DeliveryStatus.Sent, null), await RowAsync(house) is var row ? (row.Status, row.Trouble) : default);
        await using var db = house.Open();
        Assert.Equal(("delivery_sent_again", admin.UserId), await db.Events.SingleAsync(Ct) is var e ? (e.Type, e.ActorId) : default);
        await Assert.ThrowsAsync<NotFound>(() => desk.SendAgainAsync(admin, 99, Ct));
    }

    [Fact]
    public async Task What_a_killed_host_was_sending_comes_round_again_when_its_lease_ends()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var killed = house.Beside();
        await WriteAsync(house, "1");
        var (began, never) = (new TaskCompletionSource(), new TaskCompletionSource());
        var stuck = TestChannel.Sender(killed, new TestChannel { Meets = _ => { began.SetResult(); return never.Task; } }).RunAsync(Ct);
        await began.Task;
        Assert.Equal(DeliveryStatus.Sending, (await RowAsync(house)).Status);

        var channel = new TestChannel();
        Assert.Equal(0, await TestChannel.Sender(house, channel).RunAsync(Ct));
        house.Clock.Forward(TimeSpan.FromMinutes(2));
        Assert.Equal(1, await TestChannel.Sender(house, channel).RunAsync(Ct));
        Assert.Equal(DeliveryStatus.Sent, (await RowAsync(house)).Status);
        never.SetResult();
        await stuck;
    }

    [Fact]
    public async Task A_host_that_stops_ends_what_it_has_begun_and_hands_back_the_rest_at_once()
    {
        await using var house = await TestDatabase.NewAsync();
        for (var i = 0; i < 50; i++)
            await WriteAsync(house, $"{i}");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(Ct);
        var channel = new TestChannel { Meets = async _ => { await stop.CancelAsync(); await Task.Delay(100, Ct); } };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => TestChannel.Sender(house, channel).RunAsync(stop.Token));

        await using var db = house.Open();
        Assert.InRange(channel.Sent.Count, 1, 8);
        Assert.Equal(channel.Sent.Count, await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Sent, Ct));
        var now = house.Clock.Now();
        Assert.Equal(50 - channel.Sent.Count, await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Waiting && d.NextTryAt <= now && d.Holder == null && d.Tries == 0, Ct));
    }

    [Fact]
    public async Task One_that_hangs_costs_its_own_place_and_what_falls_due_meanwhile_is_sent()
    {
        await using var house = await TestDatabase.NewAsync();
        await WriteAsync(house, "hangs");
        var (began, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var channel = new TestChannel { Meets = async d => { if (d.Key == "hangs") { began.SetResult(); await release.Task; } } };
        var run = TestChannel.Sender(house, channel).RunAsync(Ct);
        await began.Task;
        for (var i = 0; i < 300; i++)
            await WriteAsync(house, $"{i}");

        await house.SoonAsync(async db => await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Sent, Ct) == 300);
        Assert.False(run.IsCompleted);

        release.SetResult();
        Assert.Equal(301, await run);
    }

    [Fact]
    public async Task What_is_our_own_trouble_gives_no_delivery_up()
    {
        await using var house = await TestDatabase.NewAsync();
        await WriteAsync(house, "1");
        for (var times = 1; times <= 12; times++)
        {
            await TestChannel.Sender(house, new TestChannel { Trouble = () => new OurTrouble("Wrong password.") }).RunAsync(Ct);
            var row = await RowAsync(house);
            Assert.Equal((DeliveryStatus.Waiting, 0, "Wrong password."), (row.Status, row.Tries, row.Trouble));
            house.Clock.Forward(TimeSpan.FromMinutes(11)); // it never waits longer for that
        }

        await TestChannel.Sender(house, new TestChannel { Trouble = () => new RefusedForNow("451 Later.") }).RunAsync(Ct);
        Assert.Equal((DeliveryStatus.Waiting, 1), await RowAsync(house) is var later ? (later.Status, later.Tries) : default);
        house.Clock.Forward(TimeSpan.FromMinutes(1));
        Assert.Equal(1, await TestChannel.Sender(house, new TestChannel()).RunAsync(Ct));
    }

    [Fact]
    public async Task What_has_no_channel_is_not_tried_however_long_it_waits()
    {
        await using var house = await TestDatabase.NewAsync();
        await WriteAsync(house, "1");
        var none = TestChannel.Sender(house);
        Assert.False(await none.HasWorkAsync(Ct));
        Assert.Equal(0, await none.RunAsync(Ct));
        Assert.Equal((DeliveryStatus.Waiting, 0), await RowAsync(house) is var row ? (row.Status, row.Tries) : default);
    }

    [Fact]
    public async Task An_address_that_refuses_for_good_gets_no_more_but_what_guards_an_account()
    {
        await using var house = await TestDatabase.NewAsync();
        await WriteAsync(house, "1");
        await TestChannel.Sender(house, new TestChannel { Trouble = () => new RefusedForGood("550 No such user.") { IsOfAddress = true } }).RunAsync(Ct);
        await house.AddAsync(Mail("2", house.Clock.Now(), to: "A@B.C").From(house.Clock.Now()));
        var channel = new TestChannel();

        Assert.Equal(0, await TestChannel.Sender(house, channel).RunAsync(Ct));
        Assert.Empty(channel.Sent);
        await using (var db = house.Open())
        {
            var stopped = await db.Deliveries.SingleAsync(d => d.Key == "2", Ct);
            Assert.Equal(DeliveryStatus.Dead, stopped.Status);
            Assert.Equal("Not sent: this address has refused mail since 21 November 2026. 550 No such user.", stopped.Trouble);
        }

        await house.AddAsync(Mail("3", house.Clock.Now(), isCritical: true).From(house.Clock.Now()));
        Assert.Equal(1, await TestChannel.Sender(house, channel).RunAsync(Ct));
        await WriteAsync(house, "4");
        Assert.Equal(1, await TestChannel.Sender(house, channel).RunAsync(Ct)); // it has taken one, so it takes mail again
    }

    [Fact]
    public async Task Whoever_sends_a_delivery_again_lifts_the_suppression_of_its_address()
    {
        await using var house = await TestDatabase.NewAsync();
        var (admin, id) = (await house.PersonAsync(Role.Admin), await WriteAsync(house, "1"));
        await TestChannel.Sender(house, new TestChannel { Trouble = () => new RefusedForGood("No.") { IsOfAddress = true } }).RunAsync(Ct);

        await new DeliveryDesk(house.Database, new([]), house.Clock).SendAgainAsync(admin, id, Ct);

        Assert.Equal(1, await TestChannel.Sender(house, new TestChannel()).RunAsync(Ct));
    }

    [Fact]
    public async Task Whoever_lost_the_lease_does_not_have_the_last_word()
    {
        await using var house = await TestDatabase.NewAsync();
        await WriteAsync(house, "1");
        var slow = new TestChannel
        {
            Meets = async _ =>
            {
                house.Clock.Forward(TimeSpan.FromMinutes(3));
                await TestChannel.Sender(house, new TestChannel()).RunAsync(Ct);
            },
            Trouble = () => new RefusedForGood("Too late."),
        };
        await TestChannel.Sender(house, slow).RunAsync(Ct);
        Assert.Equal((DeliveryStatus.Sent, null), await RowAsync(house) is var row ? (row.Status, row.Trouble) : default);
    }

    [Fact]
    public async Task The_mailbox_holds_one_file_per_key_however_often_it_is_sent()
    {
        using var folder = new TempFolder();
        await using var house = await TestDatabase.NewAsync();
        var mailbox = new FileMailbox(new() { DataPath = folder.Path }, new(house.Database, new() { OwnName = "portal.test" }, house.Clock));
        var mail = Mail("1", DateTime.UnixEpoch, "Zoë\r\nBcc: everyone@example.com");
        await mailbox.SendAsync(mail, Ct);
        await mailbox.SendAsync(mail, Ct);
        await mailbox.SendAsync(Mail("2", DateTime.UnixEpoch, "Two"), Ct);

        Assert.Equal(2, folder.Files().Count());
        Assert.All(folder.Files(), f => Assert.EndsWith(".eml", f, StringComparison.Ordinal));
        Assert.All(folder.Files(), f => Assert.DoesNotContain("\nBcc:", File.ReadAllText(f), StringComparison.Ordinal));
    }

    private static async Task<long> WriteAsync(TestDatabase house, string key, DateTime? due = null) =>
        (await house.AddAsync(Mail(key, house.Clock.Now()).From(due ?? house.Clock.Now()))).Id;

    private static Delivery Mail(string key, DateTime now, string title = "t", string to = "a@b.c", bool isCritical = false) =>
        new() { Key = key, Channel = "email", Recipient = to, Title = title, Body = "b", IsCritical = isCritical, CreatedAt = now };

    private static async Task<Delivery> RowAsync(TestDatabase house)
    {
        await using var db = house.Open();
        return await db.Deliveries.SingleAsync(Ct);
    }
}
