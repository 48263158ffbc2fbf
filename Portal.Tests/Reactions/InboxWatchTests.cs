using System.Diagnostics;
using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Reactions;

public class InboxWatchTests
{
    [Fact]
    public async Task What_one_host_raises_is_heard_on_another_within_a_second()
    {
        using var data = new TempFolder();
        await using var one = new PortalServer { DataPath = data.Path };
        await using var two = new PortalServer { DataPath = data.Path };
        var owner = await one.ActorAsync(PortalServer.AcmeOwner);
        var before = (await two.Get<InboxWatch>().ReadAsync(owner)).Unread;
        await Task.Delay(TimeSpan.FromSeconds(1), Ct);
        var heard = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var ear = two.Get<LiveSignals>().Listen(InboxWatch.Of(owner.UserId), () => heard.TrySetResult());

        await one.Get<SampleDesk>().RaiseAsync(owner, [NotificationTypes.Of("payment_due")], Ct);
        await one.Get<EventRelay>().RunAsync(Ct);
        var clock = Stopwatch.StartNew();
        await heard.Task.WaitAsync(TimeSpan.FromSeconds(10), Ct);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"{clock.Elapsed}");
        var inbox = await two.Get<InboxWatch>().ReadAsync(owner);
        Assert.Equal((before + 1, "payment_due"), (inbox.Unread, inbox.Latest[0].Type));
    }

    [Fact]
    public async Task It_hears_of_reading_in_another_tab_of_another_host_and_of_a_snooze_that_ends()
    {
        await using var house = await InboxHouse.NewAsync();
        await using var beside = house.Beside();
        var owner = house.Leaders[0];
        await house.RaiseAsync(owner, "payment_due");
        await house.Relay.RunAsync(Ct);
        var heard = 0;
        using var ear = beside.Signals.Listen(InboxWatch.Of(owner.UserId), () => heard++);
        await beside.Watch.LookAsync(Ct);
        await beside.Watch.LookAsync(Ct);
        Assert.Equal(1, heard); // what is known is no news

        house.Ground.Clock.Forward(TimeSpan.FromSeconds(1));
        var id = (await house.ListAsync(owner))[0].Id;
        await house.Service.SnoozeAsync(owner, new() { NotificationId = id, Until = house.Ground.Clock.Now().AddHours(1) }, Ct);
        await beside.Watch.LookAsync(Ct);
        Assert.Equal((2, 0), (heard, (await beside.Watch.ReadAsync(owner)).Unread));

        house.Ground.Clock.Forward(TimeSpan.FromMinutes(30));
        await beside.Watch.LookAsync(Ct);
        Assert.Equal(2, heard);
        house.Ground.Clock.Forward(TimeSpan.FromMinutes(30));
        await beside.Watch.LookAsync(Ct);
        Assert.Equal((3, 1), (heard, (await beside.Watch.ReadAsync(owner)).Unread));
        await house.Service.ReadAllAsync(owner, Ct);
        await beside.Watch.LookAsync(Ct);
        Assert.Equal((4, 0), (heard, (await beside.Watch.ReadAsync(owner)).Unread));
    }

    [Fact]
    public async Task What_is_stamped_first_and_committed_last_is_heard_too()
    {
        await using var house = await InboxHouse.NewAsync();
        var owner = house.Leaders[0];
        var heard = 0;
        using var ear = house.Signals.Listen(InboxWatch.Of(owner.UserId), () => heard++);
        await house.Ground.AddAsync(News(owner, house.Ground.Clock.Now(), "late"));
        await house.Watch.LookAsync(Ct);
        await house.Ground.AddAsync(News(owner, house.Ground.Clock.Now().AddSeconds(-2), "early"));
        await house.Watch.LookAsync(Ct);
        Assert.Equal(2, heard);
    }

    [Fact]
    public async Task While_nobody_listens_it_does_not_look_and_nobody_who_left_is_told()
    {
        await using var house = await InboxHouse.NewAsync();
        var owner = house.Leaders[0];
        var heard = 0;
        var ear = house.Signals.Listen(InboxWatch.Of(owner.UserId), () => heard++);
        Assert.True(house.Signals.IsHeard("inbox"));
        ear.Dispose();
        ear.Dispose();
        Assert.False(house.Signals.IsHeard("inbox"));

        await house.Ground.AddAsync(News(owner, house.Ground.Clock.Now(), "x"));
        await house.Watch.LookAsync(Ct);
        house.Watch.Changed(owner.UserId);
        Assert.Equal(0, heard);
    }

    [Fact]
    public async Task Two_hundred_pages_of_one_person_are_one_reading()
    {
        await using var house = await InboxHouse.NewAsync();
        var owner = house.Leaders[0];
        var read = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => house.Watch.ReadAsync(owner)));
        Assert.Single(read.Distinct(ReferenceEqualityComparer.Instance));
        house.Watch.Changed(owner.UserId);
        Assert.NotSame(read[0], await house.Watch.ReadAsync(owner));
    }

    private static Notification News(Actor to, DateTime at, string subject) => new()
    {
        UserId = to.UserId,
        Type = "payment_due",
        Category = NotificationCategory.Payments,
        Subject = subject,
        Title = subject,
        Text = "",
        CreatedAt = at,
    };
}
