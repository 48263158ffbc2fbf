using Portal.Core.Domains.Integrations;
using Portal.Tests.Domains.Integrations.Channels;

namespace Portal.Tests.Domains.Integrations.Sending;

public class StatusChecksTests
{
    [Fact]
    public async Task An_email_of_which_nothing_was_told_is_asked_for_every_five_minutes_until_it_has_arrived()
    {
        await using var house = await ChannelHouse.NewAsync("resend");
        await house.UseAsync(Provider.Resend);
        await house.WriteAsync("email", "ann@example.com");
        await house.Sender.RunAsync(Ct);
        Assert.False(await house.Checks.HasWorkAsync(Provider.Resend, Ct));

        house.Ground.Clock.Forward(TimeSpan.FromMinutes(5));
        house.Server.Answers = _ => new(200, """{"id":"49a3999c","last_event":"sent"}""");
        Assert.Equal((1, 1), await house.Checks.RunAsync(Provider.Resend, Ct));
        Assert.Equal((0, 0), await house.Checks.RunAsync(Provider.Resend, Ct));
        house.Ground.Clock.Forward(TimeSpan.FromMinutes(5));
        house.Server.Answers = _ => new(200, """{"id":"49a3999c","last_event":"delivered"}""");
        Assert.Equal((1, 1), await house.Checks.RunAsync(Provider.Resend, Ct));

        house.Ground.Clock.Forward(TimeSpan.FromDays(1));
        Assert.False(await house.Checks.HasWorkAsync(Provider.Resend, Ct));
        await using var db = house.Ground.Open();
        Assert.Equal(ReportStatus.Delivered, (await db.DeliveryReports.SingleAsync(Ct)).Status);
    }

    [Fact]
    public async Task A_text_message_is_asked_for_every_hour_and_not_at_all_once_a_webhook_has_told()
    {
        await using var house = await ChannelHouse.NewAsync("twilio");
        await house.UseAsync(Provider.Twilio);
        house.Server.Answers = asked => asked.Method == "POST" ? new(201, $$"""{"sid":"SM{{house.Server.Requests.Count}}","status":"queued"}""") : null;
        await house.WriteAsync("sms", "+263771234567");
        await house.Sender.RunAsync(Ct);
        var told = await house.WriteAsync("sms", "+263771234568");
        await house.Sender.RunAsync(Ct);
        await using (var db = house.Ground.Open())
        {
            await HeardReports.AddAsync(db, [new("sms", (await house.ReadAsync(told.Id)).Receipt!, "twilio", ReportStatus.Delivered, house.Ground.Clock.Now(), null, null)], house.Ground.Clock.Now(), Ct);
            await db.SaveChangesAsync(Ct);
        }

        house.Ground.Clock.Forward(TimeSpan.FromHours(1));
        house.Server.Answers = _ => new(200, """{"sid":"SM1","status":"undelivered","error_code":30005}""");
        Assert.Equal((1, 1), await house.Checks.RunAsync(Provider.Twilio, Ct));
        await using (var db = house.Ground.Open())
        {
            Assert.Equal((ReportStatus.Failed, "Error 30005"), await db.DeliveryReports.SingleAsync(r => r.Receipt == "SM1", Ct) is var report ? (report.Status, report.Trouble) : default);
        }

        house.Ground.Clock.Forward(TimeSpan.FromDays(31));
        Assert.False(await house.Checks.HasWorkAsync(Provider.Twilio, Ct));
        Assert.Equal(2, await house.Checks.CleanUpAsync(Ct));
    }

    [Fact]
    public async Task However_many_are_due_one_run_sees_to_all_of_them_and_asks_only_for_those_of_which_nothing_final_was_told()
    {
        await using var house = await ChannelHouse.NewAsync("resend");
        await house.UseAsync(Provider.Resend);
        for (var i = 0; i < 420; i++)
            await SentAsync(house, $"m{i}", isTold: i < 210);
        house.Ground.Clock.Forward(TimeSpan.FromMinutes(5));
        house.Server.Answers = _ => new(200, """{"id":"49a3999c","last_event":"delivered"}""");
        Assert.Equal((210, 210), await house.Checks.RunAsync(Provider.Resend, Ct));
        Assert.Equal(210, house.Server.Requests.Count);
        house.Ground.Clock.Forward(TimeSpan.FromDays(1));
        Assert.False(await house.Checks.HasWorkAsync(Provider.Resend, Ct));
    }

    [Fact]
    public async Task A_key_that_may_only_send_ends_the_asking_and_one_that_nothing_is_said_of_does_not_keep_the_others_waiting()
    {
        await using var house = await ChannelHouse.NewAsync("resend");
        await house.UseAsync(Provider.Resend);
        await SentAsync(house, "m1");
        await SentAsync(house, "m2");
        house.Ground.Clock.Forward(TimeSpan.FromMinutes(5));
        house.Server.Answers = asked => asked.Path.EndsWith("/m1", StringComparison.Ordinal) ? new(401, """{"name":"missing_api_key","message":"No"}""") : new(200, """{"id":"m2","last_event":"delivered"}""");
        Assert.Equal((1, 0), await house.Checks.RunAsync(Provider.Resend, Ct));
        house.Ground.Clock.Forward(TimeSpan.FromMinutes(1));
        Assert.Equal((2, 1), await house.Checks.RunAsync(Provider.Resend, Ct));

        house.Server.Answers = _ => new(401, """{"name":"restricted_api_key","message":"This API key is restricted to only send emails"}""");
        Assert.Equal((1, 0), await house.Checks.RunAsync(Provider.Resend, Ct));
        house.Ground.Clock.Forward(TimeSpan.FromDays(1));
        Assert.False(await house.Checks.HasWorkAsync(Provider.Resend, Ct));
    }

    [Fact]
    public async Task Whoever_cannot_be_asked_now_is_asked_later_and_after_three_days_no_more()
    {
        await using var house = await ChannelHouse.NewAsync("resend");
        await house.UseAsync(Provider.Resend);
        await house.WriteAsync("email", "ann@example.com");
        await house.Sender.RunAsync(Ct);
        house.Ground.Clock.Forward(TimeSpan.FromMinutes(5));
        house.Server.Answers = _ => new(401, """{"name":"missing_api_key","message":"No"}""");
        Assert.Equal((1, 0), await house.Checks.RunAsync(Provider.Resend, Ct));
        Assert.True(await house.Checks.HasWorkAsync(Provider.Resend, Ct));

        house.Ground.Clock.Forward(TimeSpan.FromDays(4));
        house.Server.Answers = _ => new(200, """{"id":"49a3999c","last_event":"sent"}""");
        Assert.Equal((1, 1), await house.Checks.RunAsync(Provider.Resend, Ct));
        house.Ground.Clock.Forward(TimeSpan.FromDays(1));
        Assert.False(await house.Checks.HasWorkAsync(Provider.Resend, Ct));
    }

    private static async Task SentAsync(ChannelHouse house, string receipt, bool isTold = false)
    {
        var now = house.Ground.Clock.Now();
        var mail = new Delivery { Key = receipt, Channel = "email", Recipient = "ann@example.com", Title = "Hello", Body = "Hello", CreatedAt = now }.From(now);
        mail.Sent(receipt, now);
        await house.Ground.AddAsync(mail);
        await using var db = house.Ground.Open();
        db.Add(new ProviderHandover { DeliveryId = mail.Id, Provider = Provider.Resend, IsSandbox = false, Account = "of-ours", BeganAt = now, NextLookAt = now });
        if (isTold)
            await HeardReports.AddAsync(db, [new("email", receipt, "resend", ReportStatus.Bounced, now, null, null)], now, Ct);
        await db.SaveChangesAsync(Ct);
    }
}
