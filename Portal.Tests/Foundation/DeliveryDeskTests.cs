using Microsoft.Extensions.Logging.Abstractions;

namespace Portal.Tests.Foundation;

/// <summary>What an admin sees of deliveries, and does about them.</summary>
public class DeliveryDeskTests
{
    [Fact]
    public async Task Every_attempt_is_told_and_one_that_went_well_costs_no_row()
    {
        await using var house = await TestDatabase.NewAsync();
        var (admin, id) = (await house.PersonAsync(Role.Admin), await AddAsync(house, "1"));
        await SendAsync(house, () => new RefusedForNow("451 Come back later."));
        house.Clock.Forward(TimeSpan.FromMinutes(1));
        await SendAsync(house, () => new OurTrouble("535 Wrong password."));
        house.Clock.Forward(TimeSpan.FromHours(1));
        await SendAsync(house, () => null);

        var detail = await Queries(house).GetAsync(admin, id, Ct);

        Assert.Equal([(AttemptOutcome.Failed, "451 Come back later."), (AttemptOutcome.PutOff, "535 Wrong password."), (AttemptOutcome.Sent, "250 Ok")], detail.Attempts.Select(a => (a.Outcome, a.Words)));
        Assert.All(detail.Attempts, a => Assert.True(a is { Host: not null, TookMs: >= 0 }));
        Assert.Equal(DeliveryState.Sent, detail.Delivery.State);
        Assert.Contains(detail.Headers, h => h is { Name: "Message-ID" } && h.Value.EndsWith("@portal.test>", StringComparison.Ordinal));
        await using var db = house.Open();
        Assert.Equal(2, await db.DeliveryAttempts.CountAsync(Ct));
    }

    [Fact]
    public async Task The_list_is_filtered_by_state_beginning_of_recipient_and_of_subject()
    {
        await using var house = await TestDatabase.NewAsync();
        var (admin, desk) = (await house.PersonAsync(Role.Admin), Desk(house));
        await AddAsync(house, "sent", to: "zoe@example.com", title: "Your invoice");
        await SendAsync(house, () => null);
        await AddAsync(house, "again", to: "adam@example.com", title: "Über uns");
        await SendAsync(house, () => new RefusedForNow("451"));
        await AddAsync(house, "waits", to: "bea@example.com", title: "Your invoice");

        Assert.Equal(["Your invoice", "Über uns"], await TitlesAsync(new() { Status = DeliveryState.Waiting }));
        Assert.Equal(["Über uns"], await TitlesAsync(new() { Status = DeliveryState.Retrying }));
        Assert.Equal(["Your invoice"], await TitlesAsync(new() { Q = "ZOE" }));
        Assert.Equal(["Über uns"], await TitlesAsync(new() { Subject = "uber" }));
        Assert.Equal(["Your invoice", "Your invoice", "Über uns"], await TitlesAsync(new() { Sort = "-subject", Channel = "email", From = new(2026, 11, 21), To = new(2026, 11, 21) }) is var all ? all.Order(StringComparer.Ordinal) : []);
        Assert.Empty(await TitlesAsync(new() { From = new(2026, 11, 22) }));
        Assert.Equal(new DeliveryCounts(2, 1, 0, 0, 0, 0), await Queries(house).CountsAsync(admin, Ct));

        async Task<IEnumerable<string>> TitlesAsync(DeliveryPage page) => (await desk.ListAsync(admin, page, Ct)).Items.Select(d => d.Title);
    }

    [Fact]
    public async Task What_waits_can_be_stopped_and_sent_again_later_and_what_is_being_sent_is_not_called_back()
    {
        await using var house = await TestDatabase.NewAsync();
        var (admin, desk, id) = (await house.PersonAsync(Role.Admin), Desk(house), await AddAsync(house, "1"));

        await desk.StopAsync(admin, id, Ct);
        await desk.StopAsync(admin, id, Ct);

        Assert.Equal(0, await SendAsync(house, () => null));
        await desk.SendAgainAsync(admin, id, Ct);
        Assert.Equal(1, await SendAsync(house, () => null, whileSending: async () =>
            Assert.Equal("delivery_not_waiting", (await Assert.ThrowsAsync<RuleBroken>(() => desk.StopAsync(admin, id, Ct))).Code)));
        await using var db = house.Open();
        Assert.Equal(["delivery_stopped", "delivery_sent_again"], await db.Events.OrderBy(e => e.Id).Select(e => e.Type).ToListAsync(Ct));
    }

    [Fact]
    public async Task Who_stops_what_is_just_claimed_is_told_and_it_is_sent()
    {
        await using var house = await TestDatabase.NewAsync();
        var id = await AddAsync(house, "1");
        await using var db = house.Open();
        var seen = await db.Deliveries.SingleAsync(Ct);
        seen.Stop();
        Assert.Equal(1, await SendAsync(house, () => null));

        await Assert.ThrowsAsync<Conflict>(() => db.SaveChangesAsync(Ct));

        await using var after = house.Open();
        Assert.Equal((id, DeliveryStatus.Sent), await after.Deliveries.SingleAsync(Ct) is var row ? (row.Id, row.Status) : default);
    }

    [Fact]
    public async Task Who_lost_a_delivery_in_the_very_moment_of_marking_it_has_no_word_in_it()
    {
        await using var house = await TestDatabase.NewAsync();
        await AddAsync(house, "1");
        await ClaimedByAsync("first");
        await using var db = house.Open();
        var seen = await db.Deliveries.SingleAsync(Ct);
        await ClaimedByAsync("second"); // as much Sending as before
        seen.Refused("550 No.", house.Clock.Now());

        await Assert.ThrowsAsync<Conflict>(() => db.SaveChangesAsync(Ct));

        async Task ClaimedByAsync(string holder)
        {
            await using var other = house.Open();
            await other.Deliveries.ExecuteUpdateAsync(d => d.SetProperty(x => x.Holder, holder).SetProperty(x => x.Status, DeliveryStatus.Sending), Ct);
        }
    }

    [Fact]
    public async Task All_that_were_given_up_of_a_filter_go_again_once_but_not_what_held_a_secret()
    {
        await using var house = await TestDatabase.NewAsync();
        var (admin, desk) = (await house.PersonAsync(Role.Admin), Desk(house));
        for (var i = 0; i < SendAgainMany.Most + 2; i++)
            await AddAsync(house, $"{i}", to: $"p{i}@example.com");
        await AddAsync(house, "secret", to: "pin@example.com", isSecret: true);
        await AddAsync(house, "other", to: "other@example.com");
        await SendAsync(house, () => new RefusedForGood("550 No.") { IsOfAddress = true });
        house.Clock.Forward(TimeSpan.FromMinutes(1));
        var wanted = new SendAgainMany { Q = "p", Before = house.Clock.Now() };

        Assert.Equal(new SentAgain(SendAgainMany.Most, 2, 1), await desk.SendManyAgainAsync(admin, wanted, Ct));
        Assert.Equal(SendAgainMany.Most, await SendAsync(house, () => null)); // the addresses take mail again
        Assert.Equal(new SentAgain(2, 0, 1), await desk.SendManyAgainAsync(admin, wanted, Ct));
        house.Clock.Forward(TimeSpan.FromMinutes(1));
        await SendAsync(house, () => new RefusedForGood("550 Still no."));
        Assert.Equal(new SentAgain(0, 0, 1), await desk.SendManyAgainAsync(admin, wanted, Ct)); // asked before they failed again
    }

    [Fact]
    public async Task A_secret_is_shown_to_nobody_and_what_is_none_is()
    {
        await using var house = await TestDatabase.NewAsync();
        var admin = await house.PersonAsync(Role.Admin);
        var (secret, plain) = (await AddAsync(house, "1", isSecret: true), await AddAsync(house, "2"));

        Assert.Equal("delivery_secret", (await Assert.ThrowsAsync<RuleBroken>(() => Queries(house).ContentAsync(admin, secret, Ct))).Code);
        Assert.Equal("b", (await Queries(house).ContentAsync(admin, plain, Ct)).Text);
        await Assert.ThrowsAsync<Forbidden>(async () => await Queries(house).ContentAsync(await house.PersonAsync(Role.Agent), plain, Ct));
    }

    [Fact]
    public async Task An_address_that_refuses_is_listed_with_why_and_gets_mail_again_when_an_admin_says_so()
    {
        await using var house = await TestDatabase.NewAsync();
        var admin = await house.PersonAsync(Role.Admin);
        await AddAsync(house, "1", to: "Zoe@Example.com");
        await SendAsync(house, () => new RefusedForGood("550 No such user.") { IsOfAddress = true });
        var second = await AddAsync(house, "2", to: "zoe@example.com");
        await SendAsync(house, () => null);
        Assert.Equal([AttemptOutcome.Suppressed], (await Queries(house).GetAsync(admin, second, Ct)).Attempts.Select(a => a.Outcome));

        var refusing = Assert.Single((await Queries(house).SuppressionsAsync(admin, new() { Q = "ZOE@" }, Ct)).Items);
        Assert.Equal(("zoe@example.com", "550 No such user."), (refusing.Address, refusing.Reason));
        await Desk(house).LiftAsync(admin, refusing.Id, Ct);
        await Assert.ThrowsAsync<NotFound>(() => Desk(house).LiftAsync(admin, refusing.Id, Ct));

        await AddAsync(house, "3", to: "zoe@example.com");
        Assert.Equal(1, await SendAsync(house, () => null));
        await using var db = house.Open();
        Assert.Equal("mail_suppression_lifted", (await db.Events.SingleAsync(Ct)).Type);
    }

    [Fact]
    public async Task A_complaint_outlives_mail_that_is_taken_and_many_sent_again_and_ends_when_an_admin_means_that_address()
    {
        await using var house = await TestDatabase.NewAsync();
        var admin = await house.PersonAsync(Role.Admin);
        var (now, complaint) = (house.Clock.Now(), new MailSuppression { Address = "zoe@example.com", Reason = "x", Since = house.Clock.Now() });
        complaint.Complain();
        await house.AddAsync(complaint);
        await house.AddAsync(new Delivery { Key = "critical", Channel = "email", Recipient = "zoe@example.com", Title = "t", Body = "b", IsCritical = true, CreatedAt = now }.From(now));
        var news = await AddAsync(house, "news", to: "zoe@example.com");

        Assert.Equal(1, await SendAsync(house, () => null)); // what guards the account is taken
        Assert.Equal(1, (await Desk(house).SendManyAgainAsync(admin, new() { Ids = [news] }, Ct)).Count);
        Assert.Equal(0, await SendAsync(house, () => null));
        Assert.True(Assert.Single((await Queries(house).SuppressionsAsync(admin, new(), Ct)).Items).IsComplaint);

        await Desk(house).SendAgainAsync(admin, news, Ct);
        Assert.Equal(1, await SendAsync(house, () => null));
        Assert.Empty((await Queries(house).SuppressionsAsync(admin, new(), Ct)).Items);
    }

    private static DeliveryDesk Desk(TestDatabase house) => new(house.Database, new([]), house.Clock);

    private static DeliveryQueries Queries(TestDatabase house) => new(house.Database, new(house.Database, new() { OwnName = "portal.test" }, house.Clock), new([]), []);

    private static Task<int> SendAsync(TestDatabase house, Func<Exception?> trouble, Func<Task>? whileSending = null) =>
        new DeliverySender(house.Database, house.Lane, [new Channel(trouble, whileSending)], house.Clock, NullLogger<DeliverySender>.Instance).RunAsync(Ct);

    private static async Task<long> AddAsync(TestDatabase house, string key, string to = "a@b.c", string title = "t", bool isSecret = false)
    {
        var now = house.Clock.Now();
        return (await house.AddAsync(new Delivery { Key = key, Channel = "email", Recipient = to, Title = title, Body = "b", IsSecret = isSecret, CreatedAt = now }.From(now))).Id;
    }

    private sealed class Channel(Func<Exception?> trouble, Func<Task>? whileSending) : IChannel
    {
        public string Name => "email";

        public async Task<string?> SendAsync(Delivery delivery, CancellationToken ct)
        {
            await (whileSending?.Invoke() ?? Task.CompletedTask);
            return trouble() is { } refused ? throw refused : "250 Ok";
        }
    }
}
