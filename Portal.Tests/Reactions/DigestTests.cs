using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Reactions;

public sealed class DigestTests : IAsyncLifetime
{
    private InboxHouse house = null!;

    private Actor Owner => house.Leaders[0];

    public async ValueTask InitializeAsync()
    {
        house = await InboxHouse.NewAsync();
        await house.SetAsync(Owner, s => s.Digest = DigestEvery.Hour);
    }

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Fact]
    public async Task One_mail_says_what_was_not_read_meanwhile()
    {
        await house.TellAsync(Owner, "task_assigned", "content_posted", "message_received", "payment_due");
        Assert.Equal(["$480.00 is due on 28 November 2026"], (await house.DeliveriesAsync()).Select(d => d.Title)); // critical: at once
        Assert.Equal(0, await house.Digests.RunAsync(Ct));

        await house.Service.ReadAsync(Owner, (await house.ListAsync(Owner)).Single(n => n.Type == "task_assigned").Id, Ct);
        house.Ground.Clock.Forward(TimeSpan.FromHours(1));
        Assert.Equal(1, await house.Digests.RunAsync(Ct));

        var digest = (await house.DeliveriesAsync())[^1];
        Assert.Equal("2 things you have not read yet", digest.Title);
        Assert.Contains("Tendai Moyo wrote about Festive launch", digest.Body, StringComparison.Ordinal);
        Assert.DoesNotContain("gave you a task", digest.Body, StringComparison.Ordinal);
        Assert.StartsWith("https://portal.test/unsubscribe?token=", digest.UnsubscribeUrl, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_when_nothing_is_left()
    {
        await house.TellAsync(Owner, "task_assigned");
        await house.Service.ReadAllAsync(Owner, Ct);
        house.Ground.Clock.Forward(TimeSpan.FromHours(1));
        Assert.Equal(0, await house.Digests.RunAsync(Ct));
        Assert.False(await house.Digests.HasWorkAsync(Ct));
        Assert.Empty(await house.DeliveriesAsync());
    }

    [Fact]
    public async Task A_digest_that_waits_is_not_sent_when_all_of_it_was_read_meanwhile()
    {
        await house.TellAsync(Owner, "task_assigned", "content_posted");
        house.Ground.Clock.Forward(TimeSpan.FromHours(1));
        Assert.Equal(1, await house.Digests.RunAsync(Ct));
        await house.Service.ReadAllAsync(Owner, Ct);
        await house.Sender.RunAsync(Ct);
        Assert.Equal(DeliveryStatus.NotNeeded, Assert.Single(await house.DeliveriesAsync()).Status);
    }

    [Fact]
    public async Task Repeats_about_one_thing_are_one_line()
    {
        await house.TellAsync(Owner, "message_received");
        await house.TellAsync(Owner, "message_received");
        house.Ground.Clock.Forward(TimeSpan.FromHours(1));
        await house.Digests.RunAsync(Ct);
        Assert.Contains("(2 times)", Assert.Single(await house.DeliveriesAsync()).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Run_twice_and_by_two_hosts_at_once_it_is_one()
    {
        await using var beside = house.Beside();
        for (var round = 0; round < 5; round++)
        {
            await house.TellAsync(Owner, "task_assigned");
            house.Ground.Clock.Forward(TimeSpan.FromHours(1));
            await Task.WhenAll(house.Digests.RunAsync(Ct), beside.Digests.RunAsync(Ct));
            await house.Digests.RunAsync(Ct);
            Assert.Equal(round + 1, (await house.DeliveriesAsync()).Count);
        }
    }

    [Fact]
    public async Task What_comes_while_the_digest_is_written_is_in_the_next()
    {
        await house.TellAsync(Owner, "task_assigned");
        house.Ground.Clock.Forward(TimeSpan.FromHours(1));
        await house.Digests.RunAsync(Ct);
        await house.Ground.AddAsync(new DigestItem { UserId = Owner.UserId, EventId = 4711, Type = "content_posted", Subject = "late", Title = "Late", Text = "", CreatedAt = house.Ground.Clock.Now(), DueAt = house.Ground.Clock.Now() });

        Assert.Equal(0, await house.Digests.RunAsync(Ct));
        house.Ground.Clock.Forward(TimeSpan.FromHours(1));
        Assert.Equal(1, await house.Digests.RunAsync(Ct));
        Assert.Equal("Late", (await house.DeliveriesAsync())[^1].Title);
    }

    [Fact]
    public async Task Who_wants_each_at_once_again_gets_what_waited_now()
    {
        await house.TellAsync(Owner, "task_assigned");
        await house.SetAsync(Owner, s => s.Digest = DigestEvery.Instant);
        Assert.Equal(1, await house.Digests.RunAsync(Ct));
    }

    [Fact]
    public async Task What_was_turned_off_or_paused_or_is_no_longer_theirs_to_know_is_left_out()
    {
        await house.TellAsync(Owner, "task_assigned", "content_posted");
        await house.ChooseAsync(Owner, "task_assigned", Channels.Email, false);
        await house.SetAsync(Owner, s => s.EmailPaused = true);
        house.Ground.Clock.Forward(TimeSpan.FromHours(1));
        Assert.Equal(0, await house.Digests.RunAsync(Ct));
        await house.SetAsync(Owner, s => s.EmailPaused = false);

        await house.Ground.AddAsync(new DigestItem { UserId = Owner.UserId, ClientId = house.Acme, EventId = 4711, Type = "team_changed", Subject = "x", Title = "x", Text = "", CreatedAt = house.Ground.Clock.Now(), DueAt = house.Ground.Clock.Now() });
        await using (var db = house.Ground.Open())
            await db.Access.Where(a => a.UserId == Owner.UserId).ExecuteDeleteAsync(Ct);
        Assert.Equal(0, await house.Digests.RunAsync(Ct));
        Assert.Empty(await house.DeliveriesAsync());
    }

    [Fact]
    public async Task What_was_written_is_forgotten_after_a_month()
    {
        await house.TellAsync(Owner, "task_assigned");
        house.Ground.Clock.Forward(TimeSpan.FromHours(1));
        await house.Digests.RunAsync(Ct);
        await using (var db = house.Ground.Open())
        {
            for (var i = 0; i <= Batches.Size; i++)
                db.Add(new DigestItem { UserId = Owner.UserId, EventId = 10_000 + i, Type = "content_posted", Subject = "x", Title = "x", Text = "", CreatedAt = house.Ground.Clock.Now(), DueAt = null });
            db.Add(new DigestItem { UserId = Owner.UserId, EventId = 9_999, Type = "content_posted", Subject = "x", Title = "waits", Text = "", CreatedAt = house.Ground.Clock.Now(), DueAt = house.Ground.Clock.Now() });
            await db.SaveChangesAsync(Ct);
        }

        Assert.Equal(0, await house.Digests.CleanUpAsync(Ct));
        house.Ground.Clock.Forward(TimeSpan.FromDays(31));
        Assert.Equal(Batches.Size + 2, await house.Digests.CleanUpAsync(Ct));
        await using var after = house.Ground.Open();
        Assert.Equal("waits", (await after.DigestItems.SingleAsync(Ct)).Title);
    }
}
