using System.Globalization;
using Portal.Core.Domains.Integrations;
using Portal.Tests.Domains.Integrations.Channels;
using Portal.Tests.Reactions;

namespace Portal.Tests.Domains.Integrations.Sending;

public class MessageServiceTests
{
    private static SendMessage Mail(string to = "ann@example.com", long? client = null) => new() { To = to, Client = client, Subject = "Hello", Body = "Hello, Ann" };

    [Fact]
    public async Task A_thousand_are_written_at_once_and_the_same_key_sends_them_once()
    {
        await using var house = await ChannelHouse.NewAsync("sendgrid", new SentBox("email"));
        var many = new SendToMany { Recipients = [.. Enumerable.Range(0, 1_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"p{i}@example.com"))], Subject = "Hello", Body = "All of you", Key = "k" };
        var sent = await house.Messages.SendManyAsync(house.Room.Admin, many, Ct);
        var again = await house.Messages.SendManyAsync(house.Room.Admin, many, Ct);

        Assert.Equal((1_000, sent.Batch), (again.Count, again.Batch));
        Assert.Equal(sent.Items, again.Items);
        Assert.Equal(1_000, await house.Sender.RunAsync(Ct));
        await using var db = house.Ground.Open();
        Assert.Equal(1_000, await db.Deliveries.CountAsync(d => d.Kind == DeliveryKind.Message && d.Status == DeliveryStatus.Sent, Ct));
        Assert.Equal(1, await db.Events.CountAsync(e => e.Type == "messages_sent", Ct));
        Assert.Equal(1_000, (await house.Queries.ListAsync(house.Room.Admin, MessageChannel.Email, new() { Status = MessageState.Sent }, Ct)).Total);
    }

    [Fact]
    public async Task Every_address_that_is_none_is_named_by_its_place_and_nothing_is_sent()
    {
        await using var house = await ChannelHouse.NewAsync("sendgrid", new SentBox("email"));
        var refused = await Assert.ThrowsAsync<Invalid>(() => house.Messages.SendManyAsync(house.Room.Admin, new() { Recipients = ["a@example.com", "nobody", "A@example.com", "b@\r\nx.com"], Subject = "s", Body = "b" }, Ct));
        Assert.Equal(["recipients[1]", "recipients[2]", "recipients[3]"], refused.Errors.Keys);
        Assert.Equal("This is the same as recipients[0].", refused.Errors["recipients[2]"][0]);
        await Assert.ThrowsAsync<Invalid>(() => house.Messages.SendManyAsync(house.Room.Admin, new() { Recipients = [.. Enumerable.Range(0, 1_001).Select(i => $"p{i}@example.com")], Subject = "s", Body = "b" }, Ct));
        await using var db = house.Ground.Open();
        Assert.Empty(await db.Deliveries.ToListAsync(Ct));
    }

    [Theory]
    [InlineData(MessageChannel.Sms, "0771234567", "to")]
    [InlineData(MessageChannel.Sms, "+263 77 123 4567", "body")]
    [InlineData(MessageChannel.Whatsapp, "263771234567", "body")]
    [InlineData(MessageChannel.Email, "ann@example.com", "subject")]
    public async Task What_is_missing_is_named(MessageChannel channel, string to, string field)
    {
        await using var house = await ChannelHouse.NewAsync("twilio", new SentBox(Input.Name(channel.ToString())));
        var refused = await Assert.ThrowsAsync<Invalid>(() => house.Messages.SendAsync(house.Room.Admin, new() { Channel = channel, To = to }, Ct));
        Assert.Equal([field], refused.Errors.Keys);
    }

    [Fact]
    public async Task Agents_send_for_their_clients_managers_for_themselves_and_nobody_sees_anothers()
    {
        await using var house = await ChannelHouse.NewAsync("sendgrid", new SentBox("email"));
        var (acme, globex) = (await OpenAsync(house, "Acme"), await OpenAsync(house, "Globex"));
        var agent = await house.Ground.PersonAsync(Role.Agent, new Grant(acme, Service.Marketing, AccessLevel.Worker));
        var manager = await house.Ground.PersonAsync(Role.Client, new Grant(acme, null, AccessLevel.Manager));
        var viewer = await house.Ground.PersonAsync(Role.Client, new Grant(acme, null, AccessLevel.Viewer));
        var stranger = await house.Ground.PersonAsync(Role.Client, new Grant(globex, null, AccessLevel.Owner));

        var first = await house.Messages.SendAsync(agent, Mail(client: acme), Ct);
        await house.Messages.SendAsync(manager, Mail("own@example.com"), Ct);
        await house.Messages.SendAsync(house.Room.Admin, Mail("of-agency@example.com"), Ct);
        await Assert.ThrowsAsync<Invalid>(() => house.Messages.SendAsync(agent, Mail(), Ct));
        await Assert.ThrowsAsync<NotFound>(() => house.Messages.SendAsync(agent, Mail(client: globex), Ct));
        await Assert.ThrowsAsync<NotFound>(() => house.Messages.SendAsync(manager, Mail(client: globex), Ct));
        await Assert.ThrowsAsync<Forbidden>(() => house.Messages.SendAsync(viewer, Mail(), Ct));

        Assert.Equal((3L, 2L, 2L, 0L), (await CountAsync(house.Room.Admin), await CountAsync(agent), await CountAsync(viewer), await CountAsync(stranger)));
        await Assert.ThrowsAsync<NotFound>(() => house.Queries.GetAsync(stranger, first.Id, ct: Ct));
        await Assert.ThrowsAsync<NotFound>(() => house.Messages.HideAsync(stranger, first.Id, ct: Ct));
        await house.Messages.HideAsync(manager, first.Id, ct: Ct);
        await house.Messages.HideAsync(manager, first.Id, ct: Ct);
        await Assert.ThrowsAsync<NotFound>(() => house.Queries.GetAsync(house.Room.Admin, first.Id, ct: Ct));
        Assert.Equal(1, await CountAsync(viewer));

        async Task<long?> CountAsync(Actor who) => (await house.Queries.ListAsync(who, null, new(), Ct)).Total;
    }

    [Fact]
    public async Task Nothing_is_sent_for_a_client_that_is_not_active_or_by_a_way_that_is_not_configured()
    {
        await using var house = await ChannelHouse.NewAsync("sendgrid", new SentBox("email"));
        var pending = await house.Ground.ClientAsync("Pending");
        Assert.Equal("client_not_active", (await Assert.ThrowsAsync<RuleBroken>(() => house.Messages.SendAsync(house.Room.Admin, Mail(client: pending), Ct))).Code);
        await using var without = await ChannelHouse.NewAsync("sendgrid");
        Assert.Equal("provider_not_configured", (await Assert.ThrowsAsync<RuleBroken>(() => without.Messages.SendAsync(without.Room.Admin, Mail(), Ct))).Code);
    }

    [Fact]
    public async Task With_an_account_for_trying_alone_only_clients_of_the_sandbox_can_send()
    {
        await using var house = await ChannelHouse.NewAsync("twilio");
        await house.UseAsync(Provider.Twilio, isSandbox: true);
        var (live, trial) = (await OpenAsync(house, "Acme"), await OpenAsync(house, "Trial", isSandbox: true));
        Assert.Equal("provider_not_configured", (await Assert.ThrowsAsync<RuleBroken>(() => SendAsync(live))).Code);
        Assert.Equal("provider_not_configured", (await Assert.ThrowsAsync<RuleBroken>(() => SendAsync(null))).Code);
        await SendAsync(trial);
        await house.UseAsync(Provider.Twilio);
        await SendAsync(live);

        Task SendAsync(long? client) => house.Messages.SendAsync(house.Room.Admin, new() { Channel = MessageChannel.Sms, To = "+263771234567", Body = "Hello", Client = client }, Ct);
    }

    [Fact]
    public async Task What_the_agencys_own_account_meets_is_shown_to_admins_alone_until_the_message_is_given_up()
    {
        await using var house = await ChannelHouse.NewAsync("resend");
        await house.UseAsync(Provider.Resend);
        var acme = await OpenAsync(house, "Acme");
        var agent = await house.Ground.PersonAsync(Role.Agent, new Grant(acme, Service.Marketing, AccessLevel.Worker));
        var manager = await house.Ground.PersonAsync(Role.Client, new Grant(acme, null, AccessLevel.Manager));
        house.Server.Answers = _ => new(401, """{"name":"invalid_api_key","message":"API key is invalid"}""");
        var message = await house.Messages.SendAsync(manager, Mail(), Ct);
        await house.Sender.RunAsync(Ct);
        foreach (var status in new[] { DeliveryStatus.Waiting, DeliveryStatus.Sending, DeliveryStatus.Sent })
        {
            await using var db = house.Ground.Open();
            await db.Deliveries.ExecuteUpdateAsync(d => d.SetProperty(x => x.Status, status), Ct);
            Assert.NotNull((await house.Queries.GetAsync(house.Room.Admin, message.Id, ct: Ct)).Message.Error);
            Assert.Null((await house.Queries.GetAsync(manager, message.Id, ct: Ct)).Message.Error);
            Assert.Null((await house.Queries.GetAsync(agent, message.Id, ct: Ct)).Message.Error);
        }

        await using (var db = house.Ground.Open())
            await db.Deliveries.ExecuteUpdateAsync(d => d.SetProperty(x => x.Status, DeliveryStatus.Dead), Ct);
        Assert.NotNull((await house.Queries.GetAsync(manager, message.Id, ct: Ct)).Message.Error);
    }

    [Fact]
    public async Task What_is_refused_counts_for_no_day()
    {
        await using var house = await ChannelHouse.NewAsync("sendgrid", new SentBox("email"));
        var acme = await OpenAsync(house, "Acme");
        var manager = await house.Ground.PersonAsync(Role.Client, new Grant(acme, null, AccessLevel.Manager));
        var without = new SendToMany { Recipients = [.. Enumerable.Range(0, 1_000).Select(i => string.Create(CultureInfo.InvariantCulture, $"p{i}@example.com"))], Body = "No subject" };
        for (var i = 0; i < 2; i++)
            await Assert.ThrowsAsync<Invalid>(() => house.Messages.SendManyAsync(manager, without, Ct));
        Assert.Equal(MessageService.OfClient.Times, (await house.Room.Limits.LookAsync(MessageService.OfClient, $"client {acme}", Ct)).Left);
        await house.Messages.SendAsync(manager, Mail(), Ct);
    }

    [Fact]
    public async Task A_message_is_tried_three_times_and_then_says_why_it_did_not_arrive()
    {
        await using var house = await ChannelHouse.NewAsync("resend");
        await house.UseAsync(Provider.Resend);
        house.Server.Answers = _ => new(409, """{"name":"concurrent_idempotent_requests","message":"Slow down"}""");
        var message = await house.Messages.SendAsync(house.Room.Admin, Mail(), Ct);
        for (var tries = 1; tries <= 3; tries++, house.Ground.Clock.Forward(TimeSpan.FromMinutes(10)))
            await house.Sender.RunAsync(Ct);
        var seen = await house.Queries.GetAsync(house.Room.Admin, message.Id, ct: Ct);
        Assert.Equal((MessageState.Failed, 3, 3), (seen.Message.Status, seen.Message.Tries, seen.Attempts.Count));
        Assert.Contains("Slow down", seen.Message.Error, StringComparison.Ordinal);
        Assert.Single((await house.Queries.ListAsync(house.Room.Admin, null, new() { Status = MessageState.Failed }, Ct)).Items);
    }

    [Fact]
    public async Task What_was_put_off_is_counted_among_the_tries_as_it_is_shown()
    {
        await using var house = await ChannelHouse.NewAsync("resend");
        await house.UseAsync(Provider.Resend);
        house.Server.Answers = _ => new(401, """{"name":"invalid_api_key","message":"API key is invalid"}""");
        var message = await house.Messages.SendAsync(house.Room.Admin, Mail(), Ct);
        await house.Sender.RunAsync(Ct);
        var seen = await house.Queries.GetAsync(house.Room.Admin, message.Id, ct: Ct);
        Assert.Equal((AttemptOutcome.PutOff, 1), (Assert.Single(seen.Attempts).Outcome, seen.Message.Tries));
        var listed = await new DeliveryDesk(house.Ground.Database, new([]), house.Ground.Clock).ListAsync(house.Room.Admin, new(), Ct);
        Assert.Equal(1, Assert.Single(listed.Items).Tries);
    }

    [Fact]
    public async Task A_clients_own_people_send_so_many_in_a_day_and_the_agencys_people_as_many_as_they_like()
    {
        await using var house = await ChannelHouse.NewAsync("sendgrid", new SentBox("email"));
        var acme = await OpenAsync(house, "Acme");
        var manager = await house.Ground.PersonAsync(Role.Client, new Grant(acme, null, AccessLevel.Manager));
        await house.Room.Limits.TakeAsync(MessageService.OfClient, $"client {acme}", MessageService.OfClient.Times - 1, Ct);
        await Assert.ThrowsAsync<TooOften>(() => house.Messages.SendManyAsync(manager, new() { Recipients = ["a@example.com", "b@example.com"], Subject = "s", Body = "b" }, Ct));
        await house.Messages.SendAsync(manager, Mail(), Ct);
        await Assert.ThrowsAsync<TooOften>(() => house.Messages.SendAsync(manager, Mail("c@example.com"), Ct));
        await house.Messages.SendAsync(house.Room.Admin, Mail("c@example.com", acme), Ct);
        house.Ground.Clock.Forward(TimeSpan.FromDays(1));
        await house.Messages.SendAsync(manager, Mail("c@example.com"), Ct);
    }

    [Fact]
    public async Task An_address_that_has_refused_mail_gets_none_and_the_message_says_so()
    {
        await using var house = await ChannelHouse.NewAsync("sendgrid", new SentBox("email"));
        await house.Ground.AddAsync(new MailSuppression { Address = "ann@example.com", Reason = "550 No such user", Since = house.Ground.Clock.Now() });
        var message = await house.Messages.SendAsync(house.Room.Admin, Mail("Ann@Example.com"), Ct);
        Assert.Equal(0, await house.Sender.RunAsync(Ct));
        var seen = await house.Queries.GetAsync(house.Room.Admin, message.Id, ct: Ct);
        Assert.Equal(MessageState.Failed, seen.Message.Status);
        Assert.Contains("550 No such user", seen.Message.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_of_the_portal_is_filled_in_by_the_agencys_people_and_never_one_that_opens_a_door()
    {
        await using var house = await ChannelHouse.NewAsync("sendgrid", new SentBox("email"));
        var values = System.Text.Json.JsonSerializer.Deserialize<Dictionary<string, System.Text.Json.JsonElement>>("""{"amount":{"amount":"480.00","currency":"USD"},"matter":"Retainer","day":"2026-11-28","link":"/dashboard","name":"Rudo"}""")!;
        var message = await house.Messages.SendAsync(house.Room.Admin, new() { To = "ann@example.com", Template = "payment_due", Values = values }, Ct);
        var seen = await house.Queries.GetAsync(house.Room.Admin, message.Id, ct: Ct);
        Assert.Contains("480.00", seen.Body, StringComparison.Ordinal);
        Assert.Contains("Rudo", seen.Body, StringComparison.Ordinal);
        await RefusedAsync("sign_in_code", [], "template");
        await RefusedAsync("nothing", [], "template");
        values["day"] = values["matter"];
        values["link"] = System.Text.Json.JsonDocument.Parse("\"https://evil.example\"").RootElement;
        await RefusedAsync("payment_due", values, "values.day", "values.link");

        async Task RefusedAsync(string template, Dictionary<string, System.Text.Json.JsonElement> given, params string[] fields) =>
            Assert.Equal(fields, (await Assert.ThrowsAsync<Invalid>(() => house.Messages.SendAsync(house.Room.Admin, new() { To = "ann@example.com", Template = template, Values = given }, Ct))).Errors.Keys.Order());
    }

    [Fact]
    public async Task A_template_of_WhatsApp_goes_with_its_values_in_their_order()
    {
        await using var house = await ChannelHouse.NewAsync("whatsapp");
        await house.UseAsync(Provider.Whatsapp);
        house.Server.Answers = asked => house.Server.Find(asked).Description!.Faults(asked).ToList() is [] ? new(200, """{"messaging_product":"whatsapp","messages":[{"id":"wamid.1"}]}""") : null;
        await house.Messages.SendAsync(house.Room.Admin, new() { Channel = MessageChannel.Whatsapp, To = "263 77 123-4567", Template = "due_loan", Language = "en_GB", BodyValues = ["Ann", "$ 20"] }, Ct);
        Assert.Equal(1, await house.Sender.RunAsync(Ct));
        Assert.Empty(house.Server.Faults);
        Assert.Equal(["Ann", "$ 20"], house.Server.Last.Json!["template"]!["components"]![0]!["parameters"]!.AsArray().Select(p => p!["text"]!.GetValue<string>()));
        Assert.Equal("263771234567", house.Server.Last.Json!["to"]!.GetValue<string>());
    }

    [Fact]
    public async Task What_its_provider_tells_is_its_status_and_it_outlives_the_cleaning()
    {
        await using var house = await ChannelHouse.NewAsync("sendgrid", new SentBox("email"));
        var message = await house.Messages.SendAsync(house.Room.Admin, Mail(), Ct);
        await house.Sender.RunAsync(Ct);
        string receipt;
        await using (var db = house.Ground.Open())
        {
            receipt = (await db.Deliveries.SingleAsync(Ct)).Receipt!;
            await HeardReports.AddAsync(db, [new("email", receipt, "sendgrid", ReportStatus.Read, house.Ground.Clock.Now(), null, null)], house.Ground.Clock.Now(), Ct);
            await db.SaveChangesAsync(Ct);
        }

        var seen = await house.Queries.GetAsync(house.Room.Admin, message.Id, ct: Ct);
        Assert.Equal((MessageState.Read, "SendGrid"), (seen.Message.Status, seen.Provider));
        Assert.Single((await house.Queries.ListAsync(house.Room.Admin, MessageChannel.Email, new() { Status = MessageState.Read, Q = "ANN" }, Ct)).Items);
        house.Ground.Clock.Forward(TimeSpan.FromDays(400));
        await new HouseCleaning(house.Ground.Lane, house.Ground.Clock).DeliveriesAsync(Ct);
        await new HouseCleaning(house.Ground.Lane, house.Ground.Clock).ReportsAsync(Ct);
        Assert.Equal(("Hello, Ann", MessageState.Read), await house.Queries.GetAsync(house.Room.Admin, message.Id, ct: Ct) is var kept ? (kept.Body, kept.Message.Status) : default);
    }

    private static async Task<long> OpenAsync(ChannelHouse house, string name, bool isSandbox = false)
    {
        var client = new Client { Name = name, IsSandbox = isSandbox, CreatedAt = house.Ground.Clock.Now() };
        client.Approve(house.Ground.Clock.Now());
        return (await house.Ground.AddAsync(client)).Id;
    }
}
