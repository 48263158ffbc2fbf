using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Portal.Tests.Foundation;

/// <summary>A run of the sender with much to do, and what comes in its way.</summary>
public class DeliveryRunTests
{
    [Fact]
    public async Task How_mails_went_is_kept_while_the_database_is_gone_for_a_moment()
    {
        await using var house = await TestDatabase.NewAsync();
        var person = (await house.PersonAsync(Role.Admin)).UserId;
        await AddNewsAsync("1");
        var (gone, channel) = (new Gone(), new TestChannel { Meets = async d => { if (d.Key == "1") await AddNewsAsync("2"); } });

        Assert.Equal(2, await new DeliverySender(house.Database, house.Lane, [channel], house.Clock, NullLogger<DeliverySender>.Instance, [gone]).RunAsync(Ct));

        Assert.Equal(0, gone.Left);
        Assert.All(channel.Sent.Values, n => Assert.Equal(1, n));
        await using var db = house.Open();
        Assert.Equal(2, await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Sent && d.Tries == 1, Ct));

        Task AddNewsAsync(string key) => house.AddAsync(Mail(house, key, userId: person));
    }

    [Fact]
    public async Task A_channel_out_of_order_is_tried_by_few_and_rests_and_then_sends_all()
    {
        await using var house = await TestDatabase.NewAsync();
        await WriteAsync(house, 300);
        var isBroken = true;
        var channel = new TestChannel { Trouble = () => isBroken ? new OurTrouble("Wrong password.") : null };
        var sender = TestChannel.Sender(house, channel);

        Assert.Equal(0, await sender.RunAsync(Ct));

        Assert.InRange(channel.Sent.Count, 1, 30); // those at once, and the few that were begun before it was heard
        Assert.False(await sender.HasWorkAsync(Ct));
        await using (var db = house.Open())
        {
            Assert.Equal(300 - channel.Sent.Count, await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Waiting && d.Trouble == null && d.Holder == null, Ct));
            Assert.Equal(channel.Sent.Count, await db.DeliveryAttempts.CountAsync(Ct));
        }

        isBroken = false;
        house.Clock.Forward(TimeSpan.FromSeconds(30));
        Assert.True(await sender.HasWorkAsync(Ct));
        Assert.Equal(300, await sender.RunAsync(Ct));
    }

    [Fact]
    public async Task What_falls_due_on_one_channel_does_not_wait_for_a_crowd_on_another()
    {
        await using var house = await TestDatabase.NewAsync();
        await WriteAsync(house, 300);
        var (began, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var crowded = new TestChannel { Meets = async _ => { began.TrySetResult(); await release.Task; } };
        var texts = new TestChannel { Name = "sms" };
        var run = TestChannel.Sender(house, crowded, texts).RunAsync(Ct);
        await began.Task;
        await house.AddAsync(Mail(house, "code", "sms"));

        await house.SoonAsync(async db => await db.Deliveries.AnyAsync(d => d.Key == "code" && d.Status == DeliveryStatus.Sent, Ct));
        Assert.False(run.IsCompleted);

        release.SetResult();
        Assert.Equal(301, await run);
    }

    [Fact]
    public async Task A_pause_holds_back_what_is_not_begun_while_the_run_goes_on()
    {
        await using var house = await TestDatabase.NewAsync();
        await WriteAsync(house, 300);
        var (began, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        var channel = new TestChannel { Meets = async _ => { began.TrySetResult(); await release.Task; } };
        var run = TestChannel.Sender(house, channel).RunAsync(Ct);
        await began.Task;
        var job = new JobRow { Name = HouseWatch.SendDeliveries };
        job.Pause("Admin", house.Clock.Now());
        await house.AddAsync(job);

        await house.SoonAsync(async db => await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Waiting && d.Holder == null, Ct) == 292);
        release.SetResult();

        Assert.Equal(8, await run);
        house.Clock.Forward(TimeSpan.FromSeconds(1));
        Assert.Equal(292, await TestChannel.Sender(house, channel).RunAsync(Ct)); // asked for by a person: a pause before that does not stop it
    }

    [Fact]
    public async Task More_that_hang_than_go_at_once_hold_up_nobody()
    {
        await using var house = await TestDatabase.NewAsync();
        for (var i = 0; i < 32; i++)
            await house.AddAsync(Mail(house, $"hangs {i}"));
        for (var i = 0; i < 20; i++)
            await house.AddAsync(Mail(house, $"{i}"));
        var release = new TaskCompletionSource();
        var channel = new TestChannel { Meets = d => d.Key.StartsWith("hangs", StringComparison.Ordinal) ? release.Task : Task.CompletedTask };
        var run = TestChannel.Sender(house, channel).RunAsync(Ct);
        await house.SoonAsync(_ => Task.FromResult(channel.Sent.Count == 8)); // as many as go at once, and all of them hang

        for (var begun = 16; begun <= 32; begun += 8)
        {
            house.Clock.Forward(Couriers.Usual);
            await house.SoonAsync(_ => Task.FromResult(channel.Sent.Count(k => k.Key.StartsWith("hangs", StringComparison.Ordinal)) == begun));
        }

        house.Clock.Forward(Couriers.Usual);
        await house.SoonAsync(async db => await db.Deliveries.CountAsync(d => d.Status == DeliveryStatus.Sent, Ct) == 20);
        await house.AddAsync(Mail(house, "late"));
        await house.SoonAsync(async db => await db.Deliveries.AnyAsync(d => d.Key == "late" && d.Status == DeliveryStatus.Sent, Ct));
        Assert.False(run.IsCompleted);
        release.SetResult();
        Assert.Equal(53, await run);
        Assert.All(channel.Sent.Values, n => Assert.Equal(1, n));
    }

    [Fact]
    public async Task What_guards_an_account_goes_before_a_crowd_that_waited_longer()
    {
        await using var house = await TestDatabase.NewAsync();
        await WriteAsync(house, 100);
        house.Clock.Forward(TimeSpan.FromSeconds(1));
        await house.AddAsync(Mail(house, "code", isCritical: true));
        var order = new ConcurrentQueue<string>();
        var channel = new TestChannel { AtOnce = 1, Meets = d => { order.Enqueue(d.Key); return Task.CompletedTask; } };

        Assert.Equal(101, await TestChannel.Sender(house, channel).RunAsync(Ct));

        Assert.Equal("code", order.First());
    }

    [Fact]
    public async Task Many_that_went_well_are_written_down_as_one_would_be()
    {
        await using var house = await TestDatabase.NewAsync();
        await house.AddAsync(Mail(house, "one", isSecret: true));
        var alone = Mail(house, "other", isSecret: true);
        alone.Tried(house.Clock.Now(), TimeSpan.Zero, HostName.Own);
        alone.Sent("r", house.Clock.Now());

        await TestChannel.Sender(house, new TestChannel()).RunAsync(Ct);

        await using var db = house.Open();
        Assert.Equal(Seen(alone), Seen(await db.Deliveries.SingleAsync(Ct)));

        static object Seen(Delivery d) => (d.Status, d.DoneAt, d.NextTryAt, d.Trouble, d.Holder, d.Tries, d.Receipt, d.TriedAt, d.TookMs, d.Host, d.Body, d.Html);
    }

    private static async Task WriteAsync(TestDatabase house, int count)
    {
        for (var i = 0; i < count; i++)
            await house.AddAsync(Mail(house, $"{i}"));
    }

    private static Delivery Mail(TestDatabase house, string key, string channel = "email", long? userId = null, bool isCritical = false, bool isSecret = false) => new Delivery
    {
        Key = key,
        Channel = channel,
        Recipient = "a@b.c",
        Title = "t",
        Body = "b",
        IsCritical = isCritical,
        IsSecret = isSecret,
        UserId = userId,
        Topic = userId is null ? null : "team_changed",
        CreatedAt = house.Clock.Now(),
    }.From(house.Clock.Now());

    /// <summary>The database goes in the middle of the second turn, and comes back a little later.</summary>
    private sealed class Gone : IStillWanted
    {
        private bool isFirst = true;

        public int Left { get; private set; } = 3;

        public Task<Dictionary<long, string>> NotWantedAsync(PortalDb db, IReadOnlyCollection<Delivery> due)
        {
            if (!isFirst && Left > 0)
            {
                Left--;
                throw new StoreUnavailable();
            }

            isFirst = false;
            return Task.FromResult(new Dictionary<long, string>());
        }
    }
}
