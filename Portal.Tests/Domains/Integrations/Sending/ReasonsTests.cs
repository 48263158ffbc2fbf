using Portal.Core.Domains.Integrations;
using Portal.Tests.Domains.Integrations.Channels;

namespace Portal.Tests.Domains.Integrations.Sending;

/// <summary>Why a message did not arrive, for people who know no codes.</summary>
public class ReasonsTests
{
    private static readonly Reasons All = new([MailReasons.Book, TwilioReasons.Book, WhatsappReasons.Book, SendgridReasons.Book]);

    [Theory]
    [InlineData("sms", "Error 30003", "The phone was switched off or out of reach (30003).")]
    [InlineData("sms", "Twilio said 400 (21211): Invalid 'To' Phone Number: +1555", "The number is not a telephone number (21211).")]
    [InlineData("sms", "Error 39999", "Error 39999")]
    [InlineData("sms", "Twilio said 500.", "Twilio said 500.")]
    [InlineData("whatsapp", "131047: Re-engagement message", "More than 24 hours have passed since the person last wrote: only an approved template reaches them now (131047).")]
    [InlineData("whatsapp", "WhatsApp Business said 404 (132001): Template name does not exist in the translation", "There is no such template in this language, or it is not approved (132001).")]
    [InlineData("whatsapp", "139999: Something new", "139999: Something new")]
    [InlineData("email", "550 5.1.1 No such user", "There is no mailbox of this name (5.1.1).")]
    [InlineData("email", "550-5.1.1 The email account that you tried to reach does not exist.", "There is no mailbox of this name (5.1.1).")]
    [InlineData("email", "The mail server refused it: 552 5.2.2 Mailbox full", "The mailbox is full (5.2.2).")]
    [InlineData("email", "550 5.7.999 Policy", "The receiving side's rules did not allow it (5.7.999).")]
    [InlineData("email", "The mail server refuses our login: 535 5.7.8 Wrong password", "The mail server refuses our login: 535 5.7.8 Wrong password")]
    [InlineData("email", "Not sent: this address has refused mail since 21 November 2026. 550 5.1.1 No such user.", "Not sent: this address has refused mail since 21 November 2026. 550 5.1.1 No such user.")]
    [InlineData("email", "Bounced Address", "Mail to this address has come back before, so it was not sent (Bounced Address).")]
    [InlineData("email", "500 unknown recipient", "500 unknown recipient")]
    public void A_code_that_is_known_is_said_in_words_and_any_other_as_the_provider_said_it(string channel, string said, string line) =>
        Assert.Equal(line, All.Of(channel, said)!.Line);

    [Fact]
    public void Every_code_of_the_simulators_has_words() => Assert.All(
        new[] { "131026", "131030", "131047", "131049", "131050", "131053", "131056", "130429", "132001", "132015" }, code => Assert.NotEqual($"{code}: x", All.Of("whatsapp", $"{code}: x")!.Words));

    [Fact]
    public void Each_meaning_is_a_sentence() => Assert.All(
        new[] { MailReasons.Book, TwilioReasons.Book, WhatsappReasons.Book, SendgridReasons.Book }.SelectMany(b => b.Meanings.Values), words => Assert.Matches(@"^[A-Z].*[^.]\.$", words));

    [Fact]
    public async Task What_a_provider_told_after_it_took_a_message_is_shown_in_words_to_its_sender_and_on_deliveries()
    {
        await using var house = await ChannelHouse.NewAsync("twilio");
        await house.UseAsync(Provider.Twilio);
        house.Server.Answers = _ => new(201, """{"sid":"SM1","status":"queued"}""");
        var message = await house.Messages.SendAsync(house.Room.Admin, new() { Channel = MessageChannel.Sms, To = "+263771234567", Body = "Hello" }, Ct);
        await house.Sender.RunAsync(Ct);
        await using (var db = house.Ground.Open())
        {
            await HeardReports.AddAsync(db, [new("sms", "SM1", "twilio", ReportStatus.Failed, house.Ground.Clock.Now(), "Error 30003", null)], house.Ground.Clock.Now(), Ct);
            await db.SaveChangesAsync(Ct);
        }

        var seen = (await house.Queries.GetAsync(house.Room.Admin, message.Id, ct: Ct)).Message;
        Assert.Equal((MessageState.Failed, "The phone was switched off or out of reach.", "30003"), (seen.Status, seen.Error, seen.ErrorCode));
        var delivery = Assert.Single((await new DeliveryDesk(house.Ground.Database, All, house.Ground.Clock).ListAsync(house.Room.Admin, new(), Ct)).Items);
        Assert.Equal((DeliveryState.Sent, ReportStatus.Failed, "The phone was switched off or out of reach (30003)."), (delivery.State, delivery.Reported, delivery.Why));
    }

    [Fact]
    public async Task What_was_taken_and_no_more_is_told_of_it_is_shown_as_sent()
    {
        await using var house = await ChannelHouse.NewAsync("twilio");
        await house.UseAsync(Provider.Twilio);
        house.Server.Answers = _ => new(201, """{"sid":"SM1","status":"queued"}""");
        await house.WriteAsync("sms", "+263771234567");
        await house.Sender.RunAsync(Ct);
        await using (var db = house.Ground.Open())
        {
            await HeardReports.AddAsync(db, [new("sms", "SM1", "twilio", ReportStatus.Sent, house.Ground.Clock.Now(), null, null)], house.Ground.Clock.Now(), Ct);
            await db.SaveChangesAsync(Ct);
        }

        var delivery = Assert.Single((await new DeliveryDesk(house.Ground.Database, All, house.Ground.Clock).ListAsync(house.Room.Admin, new(), Ct)).Items);
        Assert.Equal((DeliveryState.Sent, null, null), (delivery.State, delivery.Reported, delivery.Error));
    }
}
