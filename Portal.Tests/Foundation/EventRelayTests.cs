using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Portal.Tests.Foundation;

public class EventRelayTests
{
    [Fact]
    public async Task Each_event_reaches_each_reaction_once_and_brings_its_rows_with_it()
    {
        await using var house = await TestDatabase.NewAsync();
        await HappenAsync(house, 30);
        var (one, other) = (new Reaction("one"), new Reaction("other"));

        Assert.Equal(30, await Relay(house, one, other).RunAsync(Ct));

        Assert.Equal(Enumerable.Range(0, 30), one.Heard.Select(e => (int)e.DeliveryId).Order());
        Assert.Equal(30, other.Heard.Count);
        await using var db = house.Open();
        Assert.Equal(60, await db.Deliveries.CountAsync(Ct));
        Assert.True(await db.Events.AllAsync(e => e.DoneAt != null && e.NextTryAt == null, Ct));
        Assert.Equal(0, await Relay(house, one, other).RunAsync(Ct));
    }

    [Fact]
    public async Task Two_hosts_that_relay_at_once_have_each_effect_once()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var beside = house.Beside();
        await HappenAsync(house, 40);
        var done = await Task.WhenAll(Relay(house, new Reaction("one")).RunAsync(Ct), Relay(beside, new Reaction("one")).RunAsync(Ct));
        Assert.Equal(40, done.Sum());
        await using var db = house.Open();
        Assert.Equal(40, await db.Deliveries.CountAsync(Ct));
    }

    [Fact]
    public async Task A_failing_reaction_puts_off_only_that_event_and_leaves_none_of_its_rows()
    {
        await using var house = await TestDatabase.NewAsync();
        await HappenAsync(house, 5);
        var relay = Relay(house, new Reaction("one"), new Reaction("other", fails: e => e.DeliveryId == 2));

        Assert.Equal(4, await relay.RunAsync(Ct));

        await using var db = house.Open();
        var late = await db.Events.SingleAsync(e => e.DoneAt == null, Ct);
        Assert.Equal((2, 1, "No."), (late.SubjectId, late.Tries, late.Trouble));
        Assert.InRange(late.NextTryAt!.Value - house.Clock.Now(), TimeSpan.FromSeconds(9), TimeSpan.FromSeconds(11));
        Assert.Equal(8, await db.Deliveries.CountAsync(Ct));
        Assert.Equal(0, await relay.RunAsync(Ct)); // not due yet
    }

    [Fact]
    public async Task It_is_tried_ten_times_with_longer_and_longer_pauses_and_then_given_up()
    {
        await using var house = await TestDatabase.NewAsync();
        await HappenAsync(house, 1);
        var relay = Relay(house, new Reaction("one", fails: _ => true));
        var pauses = new List<TimeSpan>();
        for (var tries = 1; tries <= 10; tries++)
        {
            await relay.RunAsync(Ct);
            await using var db = house.Open();
            var row = await db.Events.SingleAsync(Ct);
            Assert.Equal(tries, row.Tries);
            if (row.NextTryAt is not { } next)
                break;
            pauses.Add(next - house.Clock.Now());
            house.Clock.Forward(next - house.Clock.Now() + TimeSpan.FromMilliseconds(1));
        }

        Assert.Equal(9, pauses.Count);
        Assert.True(pauses.Zip(pauses.Skip(1)).Take(5).All(p => p.First < p.Second));
        Assert.All(pauses, p => Assert.True(p < TimeSpan.FromHours(7)));
        await using var all = house.Open();
        Assert.True((await all.Events.SingleAsync(Ct)).IsGivenUp);
        house.Clock.Forward(TimeSpan.FromDays(30));
        Assert.False(await relay.HasWorkAsync(Ct));
    }

    [Fact]
    public async Task What_failed_and_then_works_is_done_once()
    {
        await using var house = await TestDatabase.NewAsync();
        await HappenAsync(house, 1);
        var down = true;
        var relay = Relay(house, new Reaction("one", fails: _ => down));
        await relay.RunAsync(Ct);
        down = false;
        house.Clock.Forward(TimeSpan.FromSeconds(12));
        Assert.Equal(1, await relay.RunAsync(Ct));
        await using var db = house.Open();
        Assert.Equal(1, await db.Deliveries.CountAsync(Ct));
        Assert.Null((await db.Events.SingleAsync(Ct)).Trouble);
    }

    [Fact]
    public async Task An_event_of_a_room_that_is_gone_is_passed_over()
    {
        await using var house = await TestDatabase.NewAsync();
        await HappenAsync(house, 1);
        await using (var db = house.Open())
            await db.Database.ExecuteSqlAsync($"UPDATE Events SET Type = 'gone_with_its_room'", Ct);
        Assert.Equal(1, await Relay(house, new Reaction("one", fails: _ => true)).RunAsync(Ct));
    }

    private static EventRelay Relay(TestDatabase house, params IReaction[] reactions) =>
        new(house.Database, house.Lane, reactions, house.Clock, NullLogger<EventRelay>.Instance);

    private static async Task HappenAsync(TestDatabase house, int times)
    {
        await using var db = house.Open();
        for (var i = 0; i < times; i++)
            db.Record(new DeliverySentAgain(i, null, "email", "a@b.c"));
        await db.SaveChangesAsync(Ct);
    }

    private sealed class Reaction(string name, Func<DeliverySentAgain, bool>? fails = null) : IReaction
    {
        public ConcurrentBag<DeliverySentAgain> Heard { get; } = [];

        public Task ReactAsync(DomainEvent happened, EventRow row, PortalDb db, CancellationToken ct)
        {
            var heard = (DeliverySentAgain)happened;
            Heard.Add(heard);
            if (fails?.Invoke(heard) == true)
                throw new InvalidOperationException("No.");
            db.Add(new Delivery { Key = $"{row.Id}:{name}", Channel = "email", Recipient = "a@b.c", Title = "t", Body = "b", CreatedAt = row.At });
            return Task.CompletedTask;
        }
    }
}
