using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Portal.Tests.Foundation;

public class InboxTests
{
    [Fact]
    public async Task One_message_two_hundred_times_at_once_is_stored_once_and_handled_once()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var beside = house.Beside();
        InboxIntake[] hosts = [new(house.Lane, house.Clock), new(beside.Lane, house.Clock)];

        var stored = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => hosts[i % 2].StoreAsync("stripe", "evt_1", "paid", [1, 2, 3], Ct)));

        Assert.Single(stored, true);
        var handler = new Handler("stripe");
        var handled = await Task.WhenAll(Pump(house, handler).RunAsync(Ct), Pump(beside, handler).RunAsync(Ct));
        Assert.Equal(1, handled.Sum());
        await using var db = house.Open();
        Assert.Equal([1, 2, 3], (await db.Inbox.SingleAsync(Ct)).Body);
        Assert.Equal(1, await db.Jobs.CountAsync(Ct));
        Assert.False(await hosts[0].StoreAsync("stripe", "evt_1", "paid", [9], Ct));
        Assert.Equal(0, await Pump(house, handler).RunAsync(Ct));
    }

    [Fact]
    public async Task The_same_id_of_another_provider_is_another_message()
    {
        await using var house = await TestDatabase.NewAsync();
        var intake = new InboxIntake(house.Lane, house.Clock);
        Assert.True(await intake.StoreAsync("stripe", "1", "paid", [1], Ct));
        Assert.True(await intake.StoreAsync("paypal", "1", "paid", [1], Ct));
    }

    [Fact]
    public async Task A_message_that_cannot_be_handled_waits_and_holds_up_no_other()
    {
        await using var house = await TestDatabase.NewAsync();
        var intake = new InboxIntake(house.Lane, house.Clock);
        await intake.StoreAsync("stripe", "bad", "paid", [1], Ct);
        await intake.StoreAsync("nobody", "1", "paid", [1], Ct);
        await intake.StoreAsync("stripe", "good", "paid", [1], Ct);
        var handler = new Handler("stripe") { Refuses = "bad" };

        Assert.Equal(1, await Pump(house, handler).RunAsync(Ct));
        await using (var db = house.Open())
        {
            Assert.Equal(["good"], await db.Jobs.Select(j => j.Name).ToListAsync(Ct));
            Assert.Equal(2, await db.Inbox.CountAsync(r => r.Tries == 1 && r.NextTryAt != null, Ct));
        }

        handler.Refuses = null;
        house.Clock.Forward(TimeSpan.FromSeconds(12));
        Assert.Equal(1, await Pump(house, handler).RunAsync(Ct));
        Assert.Equal(2, handler.Handled["bad"]);
    }

    private static InboxPump Pump(TestDatabase house, IInboxHandler handler) =>
        new(house.Database, house.Lane, [handler], house.Clock, NullLogger<InboxPump>.Instance);

    /// <summary>Its effect is a row named after the message.</summary>
    private sealed class Handler(string provider) : IInboxHandler
    {
        public string Provider => provider;

        public string? Refuses { get; set; }

        public ConcurrentDictionary<string, int> Handled { get; } = new();

        public Task HandleAsync(InboxRow row, PortalDb db, CancellationToken ct)
        {
            Handled.AddOrUpdate(row.EventId, 1, (_, n) => n + 1);
            if (row.EventId == Refuses)
                throw new InvalidOperationException("No.");
            db.Add(new JobRow { Name = row.EventId });
            return Task.CompletedTask;
        }
    }
}
