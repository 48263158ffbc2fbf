using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Foundation;

public class HouseCleaningTests
{
    [Fact]
    public async Task What_is_over_and_old_goes_with_its_attempts_and_what_waits_stays_however_old_it_is()
    {
        await using var house = await TestDatabase.NewAsync();
        var now = house.Clock.Now();
        for (var i = 0; i < Batches.Size + 3; i++)
            await AddAsync(house, $"sent {i}", now.AddDays(-181), d => d.Sent("250 Ok", now.AddDays(-181)));
        var refused = await AddAsync(house, "refused", now.AddDays(-200), d => d.Refused("550 No.", now.AddDays(-200)));
        await house.AddAsync(new DeliveryAttempt { DeliveryId = refused, At = now.AddDays(-200), TookMs = 1, Outcome = AttemptOutcome.RefusedForGood, Words = "550 No.", Host = "h" });
        await AddAsync(house, "not needed", now.AddDays(-200), d => d.NotNeeded("They have read it.", now.AddDays(-200)));
        await AddAsync(house, "waits", now.AddDays(-400), _ => { });
        await AddAsync(house, "young", now.AddDays(-179), d => d.Sent("250 Ok", now.AddDays(-179)));
        var cleaning = new HouseCleaning(house.Lane, house.Clock);

        Assert.Equal(Batches.Size + 5, await cleaning.DeliveriesAsync(Ct));
        Assert.Equal(0, await cleaning.DeliveriesAsync(Ct));

        await using var db = house.Open();
        Assert.Equal(["waits", "young"], await db.Deliveries.OrderBy(d => d.Id).Select(d => d.Key).ToListAsync(Ct));
        Assert.False(await db.DeliveryAttempts.AnyAsync(Ct));
    }

    [Fact]
    public async Task How_long_things_are_kept_is_an_admins_to_say_within_bounds_and_is_told()
    {
        await using var house = await TestDatabase.NewAsync();
        var (admin, desk, now) = (await house.PersonAsync(Role.Admin), new RetentionDesk(house.Database), house.Clock.Now());
        await AddAsync(house, "young", now.AddDays(-40), d => d.Sent("250 Ok", now.AddDays(-40)));
        var kept = await desk.GetAsync(admin, Ct);
        Assert.Equal((180, 90, 30), (kept.DeliveryDays, kept.ReadNotificationDays, kept.JobRunDays));
        kept.DeliveryDays = 29;
        Assert.Equal(["delivery_days"], (await Assert.ThrowsAsync<Invalid>(() => desk.SaveAsync(admin, kept, Ct))).Errors.Keys);

        kept.DeliveryDays = 30;
        await desk.SaveAsync(admin, kept, Ct);
        await Assert.ThrowsAsync<Conflict>(() => desk.SaveAsync(admin, kept, Ct)); // on a state that is gone

        Assert.Equal(1, await new HouseCleaning(house.Lane, house.Clock).DeliveriesAsync(Ct));
        await using var db = house.Open();
        Assert.Equal("retention_changed", (await db.Events.SingleAsync(Ct)).Type);
        await Assert.ThrowsAsync<Forbidden>(async () => await desk.GetAsync(await house.PersonAsync(Role.Agent), Ct));
    }

    [Fact]
    public async Task Notifications_go_when_they_were_read_or_archived_long_ago_and_unread_ones_stay()
    {
        await using var house = await TestDatabase.NewAsync();
        var (person, then) = ((await house.PersonAsync(Role.Admin)).UserId, house.Clock.Now().AddDays(-100));
        await NotifyAsync("unread", _ => { });
        await NotifyAsync("read", n => n.Read(then));
        await NotifyAsync("read lately", n => n.Read(house.Clock.Now()));
        await NotifyAsync("archived", n => n.Archive(then));
        var cleaning = new NotificationCleaning(house.Lane, house.Clock);

        Assert.Equal(1, await cleaning.RunAsync(Ct));
        house.Clock.Forward(TimeSpan.FromDays(81));
        Assert.Equal(1, await cleaning.RunAsync(Ct));

        await using var db = house.Open();
        Assert.Equal(["unread", "read lately"], await db.Notifications.OrderBy(n => n.Id).Select(n => n.Title).ToListAsync(Ct));

        async Task NotifyAsync(string title, Action<Notification> then)
        {
            var note = new Notification { UserId = person, Type = "team_changed", Category = NotificationTypes.Of("team_changed").Category, Subject = title, Title = title, Text = title, CreatedAt = house.Clock.Now().AddDays(-101) };
            then(note);
            await house.AddAsync(note);
        }
    }

    [Fact]
    public async Task The_history_of_jobs_goes_after_its_days()
    {
        await using var house = await TestDatabase.NewAsync();
        foreach (var days in new[] { 31, 29 })
            await house.AddAsync(new JobRun { Job = "clean-up", Host = "h", BeganAt = house.Clock.Now().AddDays(-days), Outcome = JobRunOutcome.Done, Words = $"{days}" }.Lasted(house.Clock.Now().AddDays(-days), 1));

        Assert.Equal(1, await new HouseCleaning(house.Lane, house.Clock).JobRunsAsync(Ct));

        await using var db = house.Open();
        Assert.Equal("29", (await db.JobRuns.SingleAsync(Ct)).Words);
    }

    [Fact]
    public async Task What_was_told_goes_after_its_days_and_of_a_message_that_somebody_had_sent_it_stays()
    {
        await using var house = await TestDatabase.NewAsync();
        var then = house.Clock.Now().AddDays(-200);
        foreach (var kind in new[] { DeliveryKind.Notice, DeliveryKind.Message })
        {
            var delivery = new Delivery { Key = $"{kind}", Kind = kind, Channel = "email", Recipient = "a@b.c", Title = "t", Body = "b", CreatedAt = then }.From(then);
            delivery.Sent($"{kind}", then);
            await house.AddAsync(delivery);
        }

        foreach (var receipt in new[] { "Notice", "Message", "of nothing" })
            await HearAsync(receipt, then);
        await HearAsync("young", house.Clock.Now());

        Assert.Equal(2, await new HouseCleaning(house.Lane, house.Clock).ReportsAsync(Ct));
        await using var db = house.Open();
        Assert.Equal(["Message", "young"], await db.DeliveryReports.OrderBy(r => r.Id).Select(r => r.Receipt).ToListAsync(Ct));

        Task HearAsync(string receipt, DateTime at)
        {
            var report = new DeliveryReport { Channel = "email", Receipt = receipt, Provider = "sendgrid", HeardAt = at };
            report.Hear(ReportStatus.Delivered, at, null);
            return house.AddAsync(report);
        }
    }

    private static async Task<long> AddAsync(TestDatabase house, string key, DateTime at, Action<Delivery> then)
    {
        var delivery = new Delivery { Key = key, Channel = "email", Recipient = "a@b.c", Title = "t", Body = "b", CreatedAt = at }.From(at);
        then(delivery);
        return (await house.AddAsync(delivery)).Id;
    }
}
