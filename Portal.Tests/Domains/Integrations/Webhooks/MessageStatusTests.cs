using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations.Webhooks;

/// <summary>What providers tell of messages, and what becomes of it.</summary>
public sealed class MessageStatusTests : IAsyncLifetime
{
    private TestDatabase house = null!;

    public async ValueTask InitializeAsync() => house = await TestDatabase.NewAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Theory]
    [InlineData("sendgrid", """{"event":"processed","sg_message_id":"m1.filter1"}""", "email", "m1", ReportStatus.Sent)]
    [InlineData("sendgrid", """{"event":"deferred","sg_message_id":"m1.filter1","response":"400 later"}""", "email", "m1", ReportStatus.Delayed)]
    [InlineData("sendgrid", """{"event":"delivered","sg_message_id":"14c5d75ce93.dfd.64b469.filter0001.16648.5515E0B88.0"}""", "email", "14c5d75ce93.dfd.64b469", ReportStatus.Delivered)]
    [InlineData("sendgrid", """{"event":"click","sg_message_id":"m1.recvd-a"}""", "email", "m1", ReportStatus.Read)]
    [InlineData("sendgrid", """{"event":"bounce","type":"blocked","sg_message_id":"m1"}""", "email", "m1", ReportStatus.Failed)]
    [InlineData("sendgrid", """{"event":"bounce","email":"a@b.c","sg_message_id":"m1"}""", "email", "m1", ReportStatus.Bounced)]
    [InlineData("sendgrid", """{"event":"dropped","reason":"Bounced Address","email":"a@b.c","sg_message_id":"m1"}""", "email", "m1", ReportStatus.Bounced)]
    [InlineData("sendgrid", """{"event":"spamreport","email":"a@b.c","sg_message_id":"m1"}""", "email", "m1", ReportStatus.Complained)]
    [InlineData("resend", """{"type":"email.delivered","data":{"email_id":"e1"}}""", "email", "e1", ReportStatus.Delivered)]
    [InlineData("resend", """{"type":"email.bounced","data":{"email_id":"e1","to":["a@b.c"],"bounce":{"type":"Permanent","message":"No."}}}""", "email", "e1", ReportStatus.Bounced)]
    [InlineData("resend", """{"type":"email.bounced","data":{"email_id":"e1","to":["a@b.c"],"bounce":{"type":"Transient"}}}""", "email", "e1", ReportStatus.Failed)]
    [InlineData("resend", """{"type":"email.suppressed","data":{"email_id":"e1","to":["a@b.c"]}}""", "email", "e1", ReportStatus.Bounced)]
    [InlineData("twilio", "MessageSid=SM1&MessageStatus=undelivered&ErrorCode=30003", "sms", "SM1", ReportStatus.Failed)]
    [InlineData("twilio", "MessageSid=SM1&MessageStatus=read&To=whatsapp%3A%2B1555", "whatsapp", "SM1", ReportStatus.Read)]
    [InlineData("twilio", """{"MessageSid":"SM1","MessageStatus":"delivered"}""", "sms", "SM1", ReportStatus.Delivered)]
    [InlineData("whatsapp", """{"entry":[{"changes":[{"value":{"statuses":[{"id":"w1","status":"failed","errors":[{"code":131050,"title":"Opted out"}]}]}}]}]}""", "whatsapp", "w1", ReportStatus.Failed)]
    [InlineData("whatsapp", """{"entry":[{"changes":[{"value":{"statuses":[{"id":"w1","status":"read"}]}}]}]}""", "whatsapp", "w1", ReportStatus.Read)]
    public void Each_providers_words_become_ours(string provider, string body, string channel, string id, ReportStatus status)
    {
        var change = MessageStatuses.Of(Message(provider, body))!;
        Assert.Equal((channel, id, status), (change.Channel, change.ProviderMessageId, change.Status));
        Assert.Equal(status is ReportStatus.Bounced or ReportStatus.Complained, change.Address is "a@b.c");
    }

    [Theory]
    [InlineData("sendgrid", """{"event":"unsubscribe","sg_message_id":"m1"}""")]
    [InlineData("sendgrid", "[]")]
    [InlineData("resend", """{"type":"email.delivered","data":{}}""")]
    [InlineData("resend", """{"type":"email.delivered","data":{"email_id":{}}}""")]
    [InlineData("whatsapp", """{"entry":[{"changes":[{"value":{"statuses":[{"id":"w1","status":"tomorrow"}]}}]}]}""")]
    [InlineData("twilio", "MessageStatus=delivered")]
    [InlineData("stripe", "{}")]
    public void What_tells_of_no_message_is_nothing(string provider, string body) => Assert.Null(MessageStatuses.Of(Message(provider, body)));

    /// <summary>Hundreds of orders of the same words, some of them said twice, in groups of any size: the same end.</summary>
    [Fact]
    public async Task In_whatever_order_they_are_told_the_end_is_the_same()
    {
        string[] told =
        [
            """{"event":"processed","sg_message_id":"m1","timestamp":100}""", """{"event":"deferred","sg_message_id":"m1","timestamp":105,"response":"later"}""", """{"event":"delivered","sg_message_id":"m1","timestamp":110}""",
            """{"event":"open","sg_message_id":"m1","timestamp":130}""", """{"event":"open","sg_message_id":"m1","timestamp":120}""", """{"event":"bounce","type":"blocked","sg_message_id":"m2","timestamp":90,"reason":"full"}""",
            """{"event":"delivered","sg_message_id":"m2","timestamp":95}""", """{"event":"bounce","sg_message_id":"m3","timestamp":99,"reason":"no such","email":"a@example.com"}""", """{"event":"delivered","sg_message_id":"m3","timestamp":98}""",
            """{"event":"spamreport","sg_message_id":"m4","timestamp":97,"email":"A@example.com"}""",
        ];
        var ends = new HashSet<string>();
        var handler = new MessageStatusHandler(house.Clock);
        for (var seed = 0; seed < 200; seed++)
        {
            var chance = new Random(seed);
            var order = told.Concat(told.Where(_ => chance.Next(3) == 0)).ToArray();
            chance.Shuffle(order);
            await using (var db = house.Open())
            {
                await db.DeliveryReports.ExecuteDeleteAsync(Ct);
                await db.MailSuppressions.ExecuteDeleteAsync(Ct);
            }

            foreach (var group in order.Chunk(chance.Next(1, 6)))
            {
                await using var db = house.Open();
                await handler.HandleAsync([.. group.Select(body => Message("sendgrid", body))], db, Ct);
                await db.SaveChangesAsync(Ct);
            }

            await using var after = house.Open();
            ends.Add(JsonSerializer.Serialize(await after.DeliveryReports.OrderBy(r => r.Receipt).Select(r => new { r.Channel, r.Receipt, r.Status, r.At, r.DeliveredAt, r.ReadAt, r.Trouble }).ToListAsync(Ct))
                + string.Join(',', await after.MailSuppressions.Select(s => $"{s.IsComplaint} {s.Reason} {s.Address}").ToListAsync(Ct)));
        }

        var end = Assert.Single(ends);
        Assert.Contains("1970-01-01T00:02:00", end, StringComparison.Ordinal); // read first at 120
        Assert.EndsWith("True The recipient called our mail unwanted. a@example.com", end, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_that_an_admin_has_lifted_is_not_refused_again_by_an_old_bounce()
    {
        await SentAsync("m1");
        var seal = new InboxSeal(house.Box);
        var intake = new InboxIntake(house.Lane, seal, new([new MessageStatusHandler(house.Clock)]), house.Clock);
        await using var closing = intake;
        var pump = new InboxPump(house.Database, house.Lane, seal, new([new MessageStatusHandler(house.Clock)]), house.Clock, NullLogger<InboxPump>.Instance);
        await intake.StoreAsync("sendgrid", [new("e1", "bounce", """{"event":"bounce","sg_message_id":"m1","email":"a@example.com","reason":"no such user"}"""u8.ToArray())], Ct);
        Assert.Equal(1, await pump.RunAsync(Ct));
        var admin = await house.PersonAsync(Role.Admin);
        await using (var db = house.Open())
        {
            Assert.Equal("no such user", (await db.MailSuppressions.SingleAsync(Ct)).Reason);
            await db.MailSuppressions.ExecuteDeleteAsync(Ct);
        }

        var desk = new InboxDesk(house.Database, seal, house.Clock);
        await desk.RunAgainAsync(admin, 1, Ct);
        Assert.Equal("webhook_waiting", (await Assert.ThrowsAsync<RuleBroken>(() => desk.RunAgainAsync(admin, 1, Ct))).Code);
        Assert.Equal(1, await pump.RunAsync(Ct));

        await using var after = house.Open();
        Assert.Equal(0, await after.MailSuppressions.CountAsync(Ct));
        Assert.Equal((InboxState.Handled, "Message was as far already."), await after.Inbox.SingleAsync(Ct) is var r ? (r.State, r.Note) : default);
        Assert.Equal(1, await after.Events.CountAsync(e => e.Type == "webhook_run_again", Ct));
    }

    [Fact]
    public async Task A_status_of_a_message_that_did_not_leave_from_here_is_said_to_be_not_ours()
    {
        var mail = await SentAsync("m1", DeliveryKind.Notice);
        await SentAsync("SM1", channel: "sms");
        await SentAsync("w1", DeliveryKind.Notice, "whatsapp");
        var notes = await NotesAsync(
            Message("sendgrid", $$"""{"event":"delivered","sg_message_id":"m1.filter1","delivery":"{{mail}}"}"""), Message("sendgrid", $$"""{"event":"delivered","sg_message_id":"m2.filter1","delivery":"{{mail}}"}"""),
            Message("sendgrid", """{"event":"delivered","sg_message_id":"m3.filter1"}"""), Message("resend", $$$$"""{"type":"email.delivered","data":{"email_id":"m1","tags":{"delivery":"{{{{mail}}}}"}}}"""),
            Message("twilio", "MessageSid=SM1&MessageStatus=delivered"), Message("twilio", "MessageSid=SM2&MessageStatus=delivered"),
            Message("whatsapp", """{"entry":[{"changes":[{"value":{"statuses":[{"id":"w1","status":"read"}]}}]}]}"""));
        Assert.Equal(["Message is delivered.", InboxRow.NotOurs, InboxRow.NotOurs, "Message was as far already.", "Message is delivered.", InboxRow.NotOurs, "Message is read."], notes);
    }

    [Fact]
    public async Task While_a_message_is_being_handed_over_nobody_says_that_its_status_is_not_ours()
    {
        var delivery = new Delivery { Key = "1", Channel = "sms", Recipient = "+1555", Title = "Hello", Body = "Hello", CreatedAt = house.Clock.Now() }.From(house.Clock.Now());
        await house.AddAsync(delivery);
        await using (var db = house.Open())
            await db.Deliveries.ExecuteUpdateAsync(d => d.SetProperty(x => x.Holder, "a host"), Ct);
        Assert.Equal(["Message is sent."], await NotesAsync(Message("twilio", "MessageSid=SM1&MessageStatus=sent")));
    }

    [Fact]
    public async Task What_comes_back_where_nothing_is_real_keeps_no_real_mail_from_an_address()
    {
        var told = Message("sendgrid", """{"event":"spamreport","sg_message_id":"m1","email":"a@example.com"}""") with { IsSandbox = true };
        await using var db = house.Open();
        await new MessageStatusHandler(house.Clock).HandleAsync([told], db, Ct);
        await db.SaveChangesAsync(Ct);
        Assert.Equal(ReportStatus.Complained, (await db.DeliveryReports.SingleAsync(Ct)).Status);
        Assert.Empty(await db.MailSuppressions.ToListAsync(Ct));
    }

    [Fact]
    public async Task The_delivery_page_finds_what_was_told_before_our_own_row_knew_the_receipt()
    {
        await using (var db = house.Open())
        {
            await new MessageStatusHandler(house.Clock).HandleAsync([Message("whatsapp", """{"entry":[{"changes":[{"value":{"statuses":[{"id":"w1","status":"delivered","timestamp":"100"}]}}]}]}""")], db, Ct);
            await db.SaveChangesAsync(Ct);
        }

        var delivery = new Delivery { Key = "1", Channel = "whatsapp", Recipient = "+1555", Title = "Hello", Body = "Hello", CreatedAt = house.Clock.Now() }.From(house.Clock.Now());
        delivery.Sent("w1", house.Clock.Now());
        await house.AddAsync(delivery);

        var report = await new ReportQueries(house.Database).OfAsync(await house.PersonAsync(Role.Admin), delivery.Id, Ct);
        Assert.Equal(ReportStatus.Delivered, report!.Status);
    }

    private async Task<string[]> NotesAsync(params InboxMessage[] told)
    {
        await using var db = house.Open();
        var notes = await new MessageStatusHandler(house.Clock).HandleAsync(told, db, Ct);
        await db.SaveChangesAsync(Ct);
        return [.. notes];
    }

    private async Task<long> SentAsync(string receipt, DeliveryKind kind = DeliveryKind.Message, string channel = "email")
    {
        var delivery = new Delivery { Key = receipt, Kind = kind, Channel = channel, Recipient = "+1555", Title = "Hello", Body = "Hello", CreatedAt = house.Clock.Now() }.From(house.Clock.Now());
        delivery.Sent(receipt, house.Clock.Now());
        return (await house.AddAsync(delivery)).Id;
    }

    private InboxMessage Message(string provider, string body) => new(provider, Guid.NewGuid().ToString(), "", Encoding.UTF8.GetBytes(body), house.Clock.Now(), null);
}
