using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;
using Portal.Tests.Reactions;
using static Portal.Tests.Domains.Integrations.DescribedServer;

namespace Portal.Tests.Domains.Integrations.Channels;

public class ChannelTests
{
    private const string Number = "+263771234567";

    [Fact]
    public async Task Mail_goes_by_SendGrid_as_it_describes_it_with_the_way_to_hear_no_more()
    {
        await using var house = await ChannelHouse.NewAsync("sendgrid");
        await house.UseAsync(Provider.Sendgrid);
        house.Server.Answers = asked => house.Server.Find(asked).Description!.Faults(asked).ToList() is [] ? new(202) { Headers = [("X-Message-Id", "sg-1")] } : null;
        var mail = await house.WriteAsync("email", "ann@example.com", unsubscribe: "https://portal.example/unsubscribe?token=x");

        Assert.Equal(1, await house.Sender.RunAsync(Ct));

        Assert.Empty(house.Server.Faults);
        var said = house.Server.Last.Json!;
        Assert.Equal("<https://portal.example/unsubscribe?token=x>", said["headers"]!["List-Unsubscribe"]!.GetValue<string>());
        Assert.Equal("List-Unsubscribe=One-Click", said["headers"]!["List-Unsubscribe-Post"]!.GetValue<string>());
        Assert.Equal("desk@agency.example", said["from"]!["email"]!.GetValue<string>());
        Assert.Null(said["mail_settings"]);
        Assert.Equal((DeliveryStatus.Sent, "sg-1"), await house.ReadAsync(mail.Id) is var sent ? (sent.Status, sent.Receipt) : default);
    }

    [Fact]
    public async Task An_account_of_the_database_comes_before_the_installations_own_way_and_one_that_tells_more_before_another()
    {
        var own = new SentBox("email");
        await using var house = await ChannelHouse.NewAsync("resend", own);
        Assert.Null(await house.Email.ThroughAsync(Ct));
        await house.WriteAsync("email", "one@example.com");
        await house.Sender.RunAsync(Ct);
        Assert.Single(own.Sent);

        await house.UseAsync(Provider.Resend);
        Assert.Equal("Resend", await house.Email.ThroughAsync(Ct));
        var mail = await house.WriteAsync("email", "two@example.com");
        await house.Sender.RunAsync(Ct);
        Assert.Single(own.Sent);
        Assert.Equal(mail.Key, house.Server.Last["Idempotency-Key"]);
        Assert.Equal("49a3999c-0ce1-4ea6-ab68-afcd6dc2e794", (await house.ReadAsync(mail.Id)).Receipt);
        await house.UseAsync(Provider.Sendgrid);
        Assert.Equal("SendGrid", await house.Email.ThroughAsync(Ct));
    }

    [Fact]
    public async Task What_is_not_configured_waits_and_what_belongs_to_a_sandbox_client_never_goes_by_a_live_account()
    {
        await using var house = await ChannelHouse.NewAsync("twilio");
        Assert.False(await house.Sms.IsSetUpAsync(Ct));
        var waits = await house.WriteAsync("sms", Number);
        Assert.False(await house.Sender.HasWorkAsync(Ct));

        await house.UseAsync(Provider.Twilio);
        Assert.True(await house.Sms.IsSetUpAsync(Ct));
        var client = await house.Ground.AddAsync(new Client { Name = "Trial", IsSandbox = true, CreatedAt = house.Ground.Clock.Now() });
        var trial = await house.WriteAsync("sms", Number, client.Id);
        Assert.Equal(1, await house.Sender.RunAsync(Ct));
        Assert.Equal(DeliveryStatus.Sent, (await house.ReadAsync(waits.Id)).Status);
        Assert.Equal(1, house.Posts("/Messages.json"));
        Assert.Contains("No way to send text messages is configured for the test environment", (await house.ReadAsync(trial.Id)).Trouble, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_an_account_for_trying_alone_a_sandbox_client_is_served_and_the_others_hear_that_nothing_is_configured()
    {
        await using var house = await ChannelHouse.NewAsync("twilio");
        await house.UseAsync(Provider.Twilio, isSandbox: true);
        var client = await house.Ground.AddAsync(new Client { Name = "Trial", IsSandbox = true, CreatedAt = house.Ground.Clock.Now() });
        var (trial, live) = (await house.WriteAsync("sms", Number, client.Id), await house.WriteAsync("sms", "+263771234568"));
        Assert.Equal(1, await house.Sender.RunAsync(Ct));
        Assert.Equal(DeliveryStatus.Sent, (await house.ReadAsync(trial.Id)).Status);
        var waits = await house.ReadAsync(live.Id);
        Assert.Equal((DeliveryStatus.Waiting, 0), (waits.Status, waits.Tries));
        Assert.Equal("No way to send text messages is configured: an admin can do so under Settings, Integrations.", waits.Trouble);
    }

    [Fact]
    public async Task Our_own_trouble_costs_no_try_and_a_number_that_is_none_is_given_up_at_once()
    {
        await using var house = await ChannelHouse.NewAsync("twilio");
        await house.UseAsync(Provider.Twilio);
        house.Server.Answers = _ => new(401, """{"code":20003,"message":"Authenticate","status":401}""");
        var sms = await house.WriteAsync("sms", Number);
        await house.Sender.RunAsync(Ct);
        Assert.Equal((DeliveryStatus.Waiting, 0), await house.ReadAsync(sms.Id) is var put ? (put.Status, put.Tries) : default);

        house.Ground.Clock.Forward(TimeSpan.FromMinutes(10));
        house.Server.Answers = _ => new(400, """{"code":21211,"message":"Not a number","status":400}""");
        await house.Sender.RunAsync(Ct);
        var dead = await house.ReadAsync(sms.Id);
        Assert.Equal(DeliveryStatus.Dead, dead.Status);
        Assert.Contains("21211", dead.Trouble, StringComparison.Ordinal);
        await using var db = house.Ground.Open();
        Assert.Empty(await db.ProviderHandovers.ToListAsync(Ct));
    }

    [Theory]
    [InlineData(Provider.Twilio, 403, """{"code":21408,"message":"Permission to send an SMS has not been enabled for the region","status":403}""")]
    [InlineData(Provider.Twilio, 400, """{"code":21606,"message":"The From number cannot send to the To number","status":400}""")]
    [InlineData(Provider.Twilio, 400, """{"code":21659,"message":"Not a number that can send there","status":400}""")]
    [InlineData(Provider.Whatsapp, 400, """{"error":{"code":131008,"message":"Required parameter is missing"}}""")]
    public async Task A_no_to_one_message_is_none_to_the_next(Provider provider, int status, string body)
    {
        var channel = provider is Provider.Twilio ? "sms" : "whatsapp";
        await using var house = await ChannelHouse.NewAsync(provider is Provider.Twilio ? "twilio" : "whatsapp");
        await house.UseAsync(provider);
        house.Server.Answers = _ => house.Server.Requests.Count == 1 ? new(status, body)
            : provider is Provider.Twilio ? new(201, """{"sid":"SM1","status":"queued"}""") : new(200, """{"messaging_product":"whatsapp","messages":[{"id":"wamid.1"}]}""");
        var bad = await house.WriteAsync(channel, "+8821612345678");
        await house.Sender.RunAsync(Ct);
        var good = await house.WriteAsync(channel, Number);
        await house.Sender.RunAsync(Ct);
        Assert.Equal((DeliveryStatus.Dead, DeliveryStatus.Sent), ((await house.ReadAsync(bad.Id)).Status, (await house.ReadAsync(good.Id)).Status));
    }

    [Fact]
    public async Task What_waits_for_its_turn_when_it_is_stopped_never_left()
    {
        await using var house = await ChannelHouse.NewAsync("twilio");
        var config = await house.UseAsync(Provider.Twilio);
        await house.Room.SetAsync(config.Id, ("requests_per_second", "0.1"));
        for (var i = 0; i < 3; i++)
            await house.Sms.SendAsync(await house.WriteAsync("sms", Number), Ct);
        var waits = await house.WriteAsync("sms", Number);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await Assert.ThrowsAsync<OurTrouble>(() => house.Sms.SendAsync(waits, stop.Token));
        await using var db = house.Ground.Open();
        Assert.False(await db.ProviderHandovers.AnyAsync(h => h.DeliveryId == waits.Id, Ct));
        Assert.Equal(3, house.Posts("/Messages.json"));
    }

    [Theory]
    [InlineData(404, """{"code":20404,"message":"Not found","status":404}""")]
    [InlineData(403, """{"code":20003,"message":"This key may not read","status":403}""")]
    public async Task A_no_to_the_question_is_none_to_the_message(int status, string body)
    {
        await using var house = await ChannelHouse.NewAsync("twilio");
        await house.UseAsync(Provider.Twilio);
        house.Server.Answers = asked => asked.Method == "GET" ? new(status, body) : new(500, "{}");
        var sms = await house.WriteAsync("sms", Number);
        await house.Sender.RunAsync(Ct);
        house.Ground.Clock.Forward(TimeSpan.FromMinutes(1));
        await house.Sender.RunAsync(Ct);
        Assert.Equal((DeliveryStatus.Waiting, 2), await house.ReadAsync(sms.Id) is var waits ? (waits.Status, waits.Tries) : default);
        Assert.Equal(1, house.Posts("/Messages.json"));
    }

    [Fact]
    public async Task The_same_words_to_the_same_number_a_little_earlier_are_another_message()
    {
        await using var house = await ChannelHouse.NewAsync("twilio");
        await house.UseAsync(Provider.Twilio);
        house.Server.Answers = _ => new(201, """{"sid":"SM-earlier","status":"queued"}""");
        await house.WriteAsync("sms", Number);
        await house.Sender.RunAsync(Ct);
        house.Server.Answers = _ => new(500, "{}");
        var sms = await house.WriteAsync("sms", Number);
        await house.Sender.RunAsync(Ct);

        var listed = new JsonObject { ["sid"] = "SM-earlier", ["status"] = "sent", ["body"] = "Hello, Ann", ["date_created"] = house.Ground.Clock.Now().ToString("R") };
        house.Server.Answers = asked => asked.Method == "GET" ? new(200, new JsonObject { ["messages"] = new JsonArray(listed.DeepClone()) }.ToJsonString()) : new(201, """{"sid":"SM-later","status":"queued"}""");
        house.Ground.Clock.Forward(TimeSpan.FromMinutes(1));
        await house.Sender.RunAsync(Ct);
        Assert.Equal((DeliveryStatus.Sent, "SM-later"), await house.ReadAsync(sms.Id) is var sent ? (sent.Status, sent.Receipt) : default);
    }

    [Fact]
    public async Task How_much_goes_at_once_is_said_by_the_live_account_whatever_went_last()
    {
        var own = new SentBox("email");
        await using var house = await ChannelHouse.NewAsync("resend", own);
        await house.UseAsync(Provider.Resend, isSandbox: true);
        var client = await house.Ground.AddAsync(new Client { Name = "Trial", IsSandbox = true, CreatedAt = house.Ground.Clock.Now() });
        await house.WriteAsync("email", "ann@example.com", client.Id);
        Assert.Equal(1, await house.Sender.RunAsync(Ct));
        Assert.Equal((1, ((IChannel)own).AtOnce), (house.Server.Requests.Count, house.Email.AtOnce));

        await house.UseAsync(Provider.Resend);
        Assert.Equal("Resend", await house.Email.ThroughAsync(Ct));
        Assert.Equal(16, house.Email.AtOnce);
    }

    [Fact]
    public async Task A_text_message_whose_answer_was_lost_is_asked_for_before_it_is_sent_again()
    {
        await using var house = await ChannelHouse.NewAsync("twilio");
        await house.UseAsync(Provider.Twilio);
        house.Server.Answers = _ => new(500, "{}");
        var sms = await house.WriteAsync("sms", Number);
        await house.Sender.RunAsync(Ct);
        Assert.Contains("asked whether it has it", (await house.ReadAsync(sms.Id)).Trouble, StringComparison.Ordinal);

        // They have nothing of it: it is sent again, and that answer is lost too.
        house.Server.Answers = asked => asked.Method == "GET" ? new(200, """{"messages":[]}""") : new(500, "{}");
        house.Ground.Clock.Forward(TimeSpan.FromMinutes(1));
        await house.Sender.RunAsync(Ct);
        Assert.Equal(2, house.Posts("/Messages.json"));

        var listed = new JsonObject { ["sid"] = "SM-of-it", ["status"] = "sent", ["body"] = "Hello, Ann", ["date_created"] = house.Ground.Clock.Now().ToString("R") };
        house.Server.Answers = _ => new(200, new JsonObject { ["messages"] = new JsonArray(listed) }.ToJsonString());
        house.Ground.Clock.Forward(TimeSpan.FromMinutes(10));
        await house.Sender.RunAsync(Ct);
        Assert.Equal(2, house.Posts("/Messages.json"));
        Assert.Equal((DeliveryStatus.Sent, "SM-of-it"), await house.ReadAsync(sms.Id) is var sent ? (sent.Status, sent.Receipt) : default);
    }

    [Theory]
    [InlineData("whatsapp", false)]
    [InlineData("whatsapp", true)]
    [InlineData("sendgrid", false)]
    [InlineData("sendgrid", true)]
    public async Task Where_nobody_can_be_asked_it_is_given_up_in_words_unless_it_guards_an_account(string provider, bool isCritical)
    {
        await using var house = await ChannelHouse.NewAsync(provider);
        await house.UseAsync(provider is "whatsapp" ? Provider.Whatsapp : Provider.Sendgrid);
        house.Server.Answers = _ => new(502, "<html>");
        var message = await house.WriteAsync(provider is "whatsapp" ? "whatsapp" : "email", provider is "whatsapp" ? Number : "ann@example.com", isCritical: isCritical);
        await house.Sender.RunAsync(Ct);
        var tried = await house.ReadAsync(message.Id);
        Assert.Equal(isCritical ? DeliveryStatus.Waiting : DeliveryStatus.Dead, tried.Status);
        Assert.Equal(!isCritical, tried.Trouble!.Contains("It may have arrived, so it is not sent again by itself.", StringComparison.Ordinal));

        // Whoever sends it again by hand knows more.
        house.Server.Answers = _ => provider is "whatsapp" ? new(200, """{"messaging_product":"whatsapp","messages":[{"id":"wamid.1"}]}""") : new Answer(202);
        house.Ground.Clock.Forward(TimeSpan.FromMinutes(1));
        if (!isCritical)
            await new DeliveryDesk(house.Ground.Database, new([]), house.Ground.Clock).SendAgainAsync(house.Room.Admin, message.Id, Ct);
        await house.Sender.RunAsync(Ct);
        Assert.Equal(DeliveryStatus.Sent, (await house.ReadAsync(message.Id)).Status);
        Assert.Equal(2, house.Server.Requests.Count);
    }

    [Fact]
    public async Task What_was_handed_over_when_its_host_was_killed_is_not_handed_over_again()
    {
        await using var house = await ChannelHouse.NewAsync("whatsapp");
        await house.UseAsync(Provider.Whatsapp);
        var message = await house.WriteAsync("whatsapp", Number);
        await house.Ground.AddAsync(new ProviderHandover { DeliveryId = message.Id, Provider = Provider.Whatsapp, IsSandbox = false, Account = "of-theirs", BeganAt = house.Ground.Clock.Now() });
        await house.Sender.RunAsync(Ct);
        Assert.Empty(house.Server.Requests);
        Assert.Contains("when the portal stopped", (await house.ReadAsync(message.Id)).Trouble, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_key_makes_a_second_time_harmless_with_the_account_that_had_the_first_and_with_no_other(bool isChanged)
    {
        await using var house = await ChannelHouse.NewAsync("resend");
        var config = await house.UseAsync(Provider.Resend);
        house.Server.Answers = _ => new(502, "<html>");
        var mail = await house.WriteAsync("email", "ann@example.com");
        await house.Sender.RunAsync(Ct);
        Assert.Equal(DeliveryStatus.Waiting, (await house.ReadAsync(mail.Id)).Status);
        var asked = house.Server.Requests.Count;

        if (isChanged)
            await house.Room.ChangeAsync(config.Id, c => c.ApiKey = "key-of-another");
        house.Server.Answers = _ => null;
        house.Ground.Clock.Forward(TimeSpan.FromMinutes(1));
        await house.Sender.RunAsync(Ct);
        Assert.Equal(isChanged ? DeliveryStatus.Dead : DeliveryStatus.Sent, (await house.ReadAsync(mail.Id)).Status);
        Assert.Equal(isChanged ? asked : asked + 1, house.Server.Requests.Count);
    }

    [Fact]
    public async Task A_notice_goes_by_the_template_for_notices()
    {
        await using var house = await ChannelHouse.NewAsync("whatsapp");
        var config = await house.UseAsync(Provider.Whatsapp);
        await house.Room.SetAsync(config.Id, ("notice_template", "notice:en_GB"));
        house.Server.Answers = asked => house.Server.Find(asked).Description!.Faults(asked).ToList() is [] ? new(200, """{"messaging_product":"whatsapp","messages":[{"id":"wamid.1"}]}""") : null;
        await house.WriteAsync("whatsapp", Number, isCritical: true);
        Assert.Equal(1, await house.Sender.RunAsync(Ct));
        var template = house.Server.Last.Json!["template"]!;
        Assert.Equal(("notice", "en_GB", "Hello, Ann"), (template["name"]!.GetValue<string>(), template["language"]!["code"]!.GetValue<string>(), template["components"]![0]!["parameters"]![0]!["text"]!.GetValue<string>()));
    }
}
