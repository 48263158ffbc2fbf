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
        await beside.Keys.PrepareAsync(Ct);
        await using var here = Intake(house);
        await using var there = Intake(beside);
        InboxIntake[] hosts = [here, there];

        var stored = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => StoreAsync(hosts[i % 2], "stripe", "evt_1")));

        Assert.Single(stored, 1);
        Assert.Equal(1, stored.Sum());
        var handler = new Handler("stripe");
        var handled = await Task.WhenAll(Pump(house, handler).RunAsync(Ct), Pump(beside, handler).RunAsync(Ct));
        Assert.Equal(1, handled.Sum());
        await using var db = house.Open();
        var row = await db.Inbox.SingleAsync(Ct);
        Assert.Equal((InboxState.Handled, "Done."), (row.State, row.Note));
        Assert.Equal([1, 2, 3], new InboxSeal(house.Box).Open(row));
        Assert.Equal(1, await db.Jobs.CountAsync(Ct));
        Assert.Equal(0, await StoreAsync(hosts[0], "stripe", "evt_1"));
        Assert.Equal(0, await Pump(house, handler).RunAsync(Ct));
    }

    [Fact]
    public async Task The_same_id_of_another_provider_is_another_message()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var intake = Intake(house);
        Assert.Equal(1, await StoreAsync(intake, "stripe", "a1"));
        Assert.Equal(1, await StoreAsync(intake, "paypal", "a1"));
    }

    [Fact]
    public async Task What_one_request_brings_is_stored_as_a_whole_and_only_what_is_new()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var intake = Intake(house);
        Assert.Equal(2, await intake.StoreAsync("sendgrid", [new("a", "open", new byte[] { 1 }), new("b", "open", new byte[] { 2 }), new("a", "open", new byte[] { 3 })], Ct));
        Assert.Equal(1, await intake.StoreAsync("sendgrid", [new("b", "open", new byte[] { 4 }), new("c", "open", new byte[] { 5 })], Ct));
        await using var db = house.Open();
        Assert.Equal(["a", "b", "c"], await db.Inbox.OrderBy(r => r.Id).Select(r => r.EventId).ToListAsync(Ct));
    }

    [Fact]
    public async Task A_message_that_cannot_be_handled_waits_and_holds_up_no_other()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var intake = Intake(house);
        await StoreAsync(intake, "stripe", "bad");
        await StoreAsync(intake, "stripe", "good");
        var handler = new Handler("stripe") { Refuses = "bad" };
        var pump = Pump(house, handler);

        Assert.Equal(1, await pump.RunAsync(Ct));
        await using (var db = house.Open())
        {
            Assert.Equal(["good"], await db.Jobs.Select(j => j.Name).ToListAsync(Ct));
            Assert.Equal(1, await db.Inbox.CountAsync(r => r.Tries == 1 && r.NextTryAt != null && r.State == InboxState.Waiting, Ct));
        }

        handler.Refuses = null;
        house.Clock.Forward(TimeSpan.FromSeconds(12));
        Assert.Equal(1, await pump.RunAsync(Ct));
        Assert.Equal(3, handler.Handled["bad"]); // in the group, alone, and in the end
        Assert.Equal(2, handler.Handled["good"]);
    }

    [Fact]
    public async Task What_fails_for_ever_is_given_up_and_can_be_run_again()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var intake = Intake(house);
        await StoreAsync(intake, "stripe", "bad");
        var handler = new Handler("stripe") { Refuses = "bad" };
        var pump = Pump(house, handler);
        for (var i = 0; i < 12; i++, house.Clock.Forward(TimeSpan.FromHours(7)))
            Assert.Equal(0, await pump.RunAsync(Ct));
        await using (var db = house.Open())
            Assert.Equal((InboxState.Dead, "InvalidOperationException"), await db.Inbox.SingleAsync(Ct) is var r ? (r.State, r.Trouble) : default);

        var (desk, admin) = (new InboxDesk(house.Database, new(house.Box), house.Clock), await house.PersonAsync(Role.Admin));
        var attempts = (await desk.GetAsync(admin, 1, Ct)).Attempts;
        Assert.Equal(12, attempts.Count);
        Assert.Equal("InvalidOperationException", attempts[0].Words);
        Assert.True(attempts[0].At > attempts[11].At);

        handler.Refuses = null;
        await desk.RunAgainAsync(admin, 1, Ct);
        Assert.Equal(1, await pump.RunAsync(Ct));

        // What has been handled goes after its time, and its attempts go with it.
        house.Clock.Forward(TimeSpan.FromDays(100));
        Assert.Equal(1, await new HouseCleaning(house.Lane, house.Clock).WebhooksAsync(Ct));
        await using var after = house.Open();
        Assert.Equal(0, await after.InboxAttempts.CountAsync(Ct));
    }

    [Fact]
    public async Task What_nobody_knows_is_kept_until_somebody_does()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var intake = Intake(house, handled: "paypal");
        await StoreAsync(intake, "stripe", "evt_1");

        var before = Pump(house, new Handler("paypal"));
        Assert.Equal(0, await before.RunAsync(Ct));
        await using (var db = house.Open())
            Assert.Equal(InboxState.Kept, (await db.Inbox.SingleAsync(Ct)).State);
        Assert.False(await before.HasWorkAsync(Ct));

        var after = Pump(house, new Handler("stripe"));
        Assert.True(await after.HasWorkAsync(Ct));
        Assert.Equal(1, await after.RunAsync(Ct));
        await using (var db = house.Open())
            Assert.Equal(InboxState.Handled, (await db.Inbox.SingleAsync(Ct)).State);
    }

    [Fact]
    public async Task What_a_host_of_before_keeps_while_the_hosts_are_replaced_is_found_by_those_that_know_it()
    {
        await using var house = await TestDatabase.NewAsync();
        var pump = Pump(house, new Handler("stripe"));
        await pump.RunAsync(Ct);
        await using var before = Intake(house, handled: "paypal");
        await StoreAsync(before, "stripe", "evt_1");
        Assert.False(await pump.HasWorkAsync(Ct));
        house.Clock.Forward(TimeSpan.FromMinutes(10));
        Assert.True(await pump.HasWorkAsync(Ct));
        Assert.Equal(1, await pump.RunAsync(Ct));
        Assert.False(await pump.HasWorkAsync(Ct));
    }

    [Fact]
    public async Task What_cannot_be_read_is_kept_twice_as_long_and_then_goes()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var intake = Intake(house);
        await intake.StoreAsync("paypal", [new("a", InboxRow.Unreadable, new byte[] { 1 }), new("b", "of tomorrow", new byte[] { 1 })], Ct);
        var cleaning = new HouseCleaning(house.Lane, house.Clock);
        house.Clock.Forward(TimeSpan.FromDays(179));
        Assert.Equal(0, await cleaning.WebhooksAsync(Ct));
        house.Clock.Forward(TimeSpan.FromDays(2));
        Assert.Equal(1, await cleaning.WebhooksAsync(Ct));
        await using var db = house.Open();
        Assert.Equal("b", (await db.Inbox.SingleAsync(Ct)).EventId);
    }

    [Fact]
    public async Task A_body_put_into_another_row_does_not_open()
    {
        await using var house = await TestDatabase.NewAsync();
        var seal = new InboxSeal(house.Box);
        var row = new InboxRow { Provider = "stripe", EventId = "evt_2", Type = "x", ReceivedAt = house.Clock.Now(), Body = seal.Seal("stripe", "evt_1", [1]) };
        Assert.Throws<InvalidOperationException>(() => seal.Open(row));
    }

    [Fact]
    public async Task Handled_ones_go_after_their_time_and_what_waits_stays()
    {
        await using var house = await TestDatabase.NewAsync();
        await using var intake = Intake(house);
        await StoreAsync(intake, "stripe", "handled");
        await StoreAsync(intake, "paypal", "kept");
        await Pump(house, new Handler("stripe")).RunAsync(Ct);
        await StoreAsync(intake, "stripe", "waits");
        var cleaning = new HouseCleaning(house.Lane, house.Clock);

        house.Clock.Forward(TimeSpan.FromDays(89));
        Assert.Equal(0, await cleaning.WebhooksAsync(Ct));
        house.Clock.Forward(TimeSpan.FromDays(2));
        Assert.Equal(1, await cleaning.WebhooksAsync(Ct));
        await using var db = house.Open();
        Assert.Equal(["kept", "waits"], await db.Inbox.OrderBy(r => r.Id).Select(r => r.EventId).ToListAsync(Ct));
    }

    [Theory]
    [InlineData("""{"id":"evt_1","email":"a@b.c","amount":4800,"wa_id":16505551234,"n":{"name":"Kate","livemode":true}}""", new[] { "evt_1", "4800", "true" }, new[] { "a@b.c", "Kate", "16505551234" })]
    [InlineData("MessageSid=SM1&Body=Hello&From=%2B1555", new[] { "SM1" }, new[] { "Hello", "1555" })]
    [InlineData("Hello, World!", new[] { "•••" }, new[] { "Hello" })]
    [InlineData("""{"type":"a@b.c"}""", new[] { "type" }, new[] { "a@b.c" })]
    public void Of_a_payload_only_what_is_known_to_be_harmless_is_shown(string body, string[] shown, string[] masked)
    {
        var text = PayloadMask.Of(System.Text.Encoding.UTF8.GetBytes(body));
        Assert.All(shown, s => Assert.Contains(s, text, StringComparison.Ordinal));
        Assert.All(masked, m => Assert.DoesNotContain(m, text, StringComparison.Ordinal));
    }

    private static InboxIntake Intake(TestDatabase house, string handled = "stripe") => new(house.Lane, new(house.Box), new([new Handler(handled)]), house.Clock);

    private static Task<int> StoreAsync(InboxIntake intake, string provider, string id) => intake.StoreAsync(provider, [new(id, "paid", new byte[] { 1, 2, 3 })], Ct);

    private static InboxPump Pump(TestDatabase house, IInboxHandler handler) =>
        new(house.Database, house.Lane, new(house.Box), new([handler]), house.Clock, NullLogger<InboxPump>.Instance);

    /// <summary>Its effect is a row named after the message.</summary>
    private sealed class Handler(string provider) : IInboxHandler
    {
        public string? Refuses { get; set; }

        public ConcurrentDictionary<string, int> Handled { get; } = new();

        public bool Takes(string given, string type) => given == provider;

        public Task<IReadOnlyList<string>> HandleAsync(IReadOnlyList<InboxMessage> messages, PortalDb db, CancellationToken ct)
        {
            foreach (var message in messages)
                Handled.AddOrUpdate(message.EventId, 1, (_, n) => n + 1);
            if (messages.Any(m => m.EventId == Refuses))
                throw new InvalidOperationException("No.");
            db.AddRange(messages.Select(m => new JobRow { Name = m.EventId }));
            return Task.FromResult<IReadOnlyList<string>>([.. messages.Select(_ => "Done.")]);
        }
    }
}
