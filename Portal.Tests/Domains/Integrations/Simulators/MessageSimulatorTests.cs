using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;
using Portal.Simulators;

namespace Portal.Tests.Domains.Integrations.Simulators;

/// <summary>E-mail, text messages and WhatsApp: sent by the real clients, told back by signed webhooks.</summary>
public sealed class MessageSimulatorTests : IAsyncLifetime
{
    private SimulatorHouse house = null!;

    public async ValueTask InitializeAsync() => house = await SimulatorHouse.NewAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Theory]
    [InlineData(Provider.Sendgrid)]
    [InlineData(Provider.Resend)]
    public async Task A_mail_is_delivered_and_read_and_one_to_special_addresses_comes_back(Provider provider)
    {
        var good = await MailAsync(provider, "ann@example.com");
        var bad = await MailAsync(provider, "bounce@example.com");
        var unwanted = await MailAsync(provider, "spam@example.com");
        var later = await MailAsync(provider, "deferred@example.com");
        await house.PassAsync(10);
        Assert.Equal((ReportStatus.Delivered, ReportStatus.Bounced, ReportStatus.Delayed), (await house.StatusAsync(good), await house.StatusAsync(bad), await house.StatusAsync(later)));
        await house.PassAsync(30);
        Assert.Equal((ReportStatus.Read, ReportStatus.Complained, ReportStatus.Delivered), (await house.StatusAsync(good), await house.StatusAsync(unwanted), await house.StatusAsync(later)));

        await using var db = house.Open();
        Assert.All(await db.Inbox.Where(r => !r.EventId.Contains("demo")).ToListAsync(Ct), r => Assert.True(r.IsSandbox));
        Assert.False(await db.MailSuppressions.AnyAsync(s => s.Address.StartsWith("bounce@") || s.Address.StartsWith("spam@"), Ct)); // real mail may go there
        var shown = await house.Get<SimulatorBoard>().ListAsync(house.Admin, new() { Provider = provider, Kind = "message", Sort = "id" }, Ct);
        Assert.Equal("ann@example.com", shown.Items[0].Owner);
        Assert.Contains("\"text\": \"Good day\"", (await house.Get<SimulatorBoard>().GetAsync(house.Admin, shown.Items[0].Id, Ct)).Json, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_mail_with_a_key_is_one_mail_and_the_key_of_another_is_refused()
    {
        var (client, account) = (house.Get<ResendClient>(), await house.AccountAsync(Provider.Resend));
        var mail = new ProviderMail("us@example.com", "ann@example.com", "Hello", "Good day") { Key = "k1" };
        Assert.Equal(await client.SendAsync(account, mail, Ct), await client.SendAsync(account, mail, Ct));
        Assert.Equal("invalid_idempotent_request", (await Assert.ThrowsAsync<ProviderRefused>(() => client.SendAsync(account, mail with { Text = "Another" }, Ct))).ProviderCode);
        await using var db = house.Open();
        Assert.Equal(1, await db.SimulatedObjects.CountAsync(o => o.Provider == Provider.Resend && o.Kind == "message", Ct));
    }

    [Fact]
    public async Task A_text_message_is_delivered_paid_for_and_the_magic_numbers_are_refused()
    {
        var (client, account) = (house.Get<TwilioClient>(), await house.AccountAsync(Provider.Twilio));
        var callback = new Uri(house.Address, "webhooks/twilio?d=1");
        var before = await client.BalanceAsync(account, Ct);
        var sent = await client.SendAsync(account, new("+263771234567", "Hello & good day, Ann") { StatusCallback = callback }, Ct);
        var lost = await client.SendAsync(account, new("+26377" + "30003", "Hello"), Ct);
        Assert.Equal("queued", sent.Status);
        var (good, bad) = (await house.SentAsync("sms", "+263771234567", sent.Sid), await house.SentAsync("sms", "+2637730003", lost.Sid));
        await house.PassAsync(10);
        Assert.Equal((ReportStatus.Delivered, ReportStatus.Failed), (await house.StatusAsync(good), await house.StatusAsync(bad)));
        Assert.Equal(("delivered", 30003), ((await client.FindAsync(account, sent.Sid, Ct)).Status, (await client.FindAsync(account, lost.Sid, Ct)).ErrorCode));
        Assert.Equal(("100.00", "99.90"), (before.Balance, (await client.BalanceAsync(account, Ct)).Balance));

        var refused = await Assert.ThrowsAsync<ProviderRefused>(() => client.SendAsync(account, new("+15005550001", "Hello"), Ct));
        Assert.Equal(("21211", RefusalOf.Recipient), (refused.ProviderCode, refused.Of));
        Assert.Equal("21610", (await Assert.ThrowsAsync<ProviderRefused>(() => client.SendAsync(account, new("+15005550004", "Hello"), Ct))).ProviderCode);
        Assert.Equal(("21606", RefusalOf.Request), await Assert.ThrowsAsync<ProviderRefused>(() => client.SendAsync(account, new("+263771234567", "Hello") { From = "+15005550007" }, Ct)) is var no ? (no.ProviderCode, no.Of) : default);
    }

    [Fact]
    public async Task Text_messages_are_listed_by_whom_they_went_to_the_newest_first()
    {
        var (client, account) = (house.Get<TwilioClient>(), await house.AccountAsync(Provider.Twilio));
        await client.SendAsync(account, new("+263771234561", "First"), Ct);
        await client.SendAsync(account, new("+263771234562", "Of another"), Ct);
        var second = await client.SendAsync(account, new("+263771234561", "Second"), Ct);
        var listed = await client.SentToAsync(account, "+263771234561", Ct);
        Assert.Equal(["Second", "First"], listed.Select(m => m.Body));
        Assert.Equal((second.Sid, true), (listed[0].Sid, (house.Clock.Now() - listed[0].CreatedAt).Duration() < TimeSpan.FromMinutes(1)));
        Assert.Empty(await client.SentToAsync(account, "+263771234563", Ct));
    }

    [Fact]
    public async Task Nobody_but_this_portal_is_called_back()
    {
        var (client, account) = (house.Get<TwilioClient>(), await house.AccountAsync(Provider.Twilio));
        await client.SendAsync(account, new("+263771234567", "Hello") { StatusCallback = new("https://elsewhere.example/webhooks/twilio") }, Ct);
        await client.SendAsync(account, new("+263771234567", "Hello") { StatusCallback = new(house.Address, "sign-out") }, Ct);
        await using var db = house.Open();
        Assert.All(await db.SimulatedCallbacks.ToListAsync(Ct), c => Assert.Equal("/webhooks/twilio", c.Path));
    }

    [Fact]
    public async Task A_template_is_approved_after_a_while_and_only_then_sent()
    {
        var (client, account) = (house.Get<WhatsappClient>(), await house.AccountAsync(Provider.Whatsapp));
        Assert.Equal("132001", (await Assert.ThrowsAsync<ProviderRefused>(() => client.SendTemplateAsync(account, "+263771234567", new("due_loan", "en"), Ct))).ProviderCode);
        using (var http = new HttpClient { BaseAddress = house.Address })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, $"simulators/whatsapp/v23.0/{account.Settings["business_account_id"]}/message_templates") { Content = new StringContent("""{"name":"due_loan","language":"en","category":"UTILITY","components":[{"type":"BODY","text":"Hello {{1}}"}]}""", System.Text.Encoding.UTF8, "application/json") };
            request.Headers.Authorization = new("Bearer", account.Token);
            using var answer = await http.SendAsync(request, Ct);
            Assert.Equal("PENDING", JsonNode.Parse(await answer.Content.ReadAsStringAsync(Ct))!["status"]!.GetValue<string>());
        }

        Assert.Equal("132015", (await Assert.ThrowsAsync<ProviderRefused>(() => client.SendTemplateAsync(account, "+263771234567", new("due_loan", "en"), Ct))).ProviderCode);
        await house.PassAsync(100);
        var template = Assert.Single(await client.TemplatesAsync(account, "due_loan", Ct));
        Assert.Equal(("APPROVED", "UTILITY"), (template.Status, template.Category));
        Assert.Equal("APPROVED", (await client.TemplateAsync(account, template.Id, Ct)).Status);
        Assert.Equal(["message_template_status_update"], await house.HeardAsync("whatsapp"));
        var sent = await house.SentAsync("whatsapp", "+263771234567", await client.SendTemplateAsync(account, "+263771234567", new("due_loan", "en") { Body = ["Ann"] }, Ct));
        await house.PassAsync(10);
        Assert.Equal(ReportStatus.Delivered, await house.StatusAsync(sent));
    }

    [Fact]
    public async Task A_message_is_read_one_fails_and_a_picture_is_sent_by_its_id()
    {
        var (client, account) = (house.Get<WhatsappClient>(), await house.AccountAsync(Provider.Whatsapp));
        await house.Get<SimulatorActs>().LetWriteAsync(house.Admin, new() { Number = "+263771234567", Text = "Good day" }, Ct);
        var good = await house.SentAsync("whatsapp", "+263771234567", await client.SendTextAsync(account, "+263771234567", "Hello", null, Ct));
        var bad = await house.SentAsync("whatsapp", "+26377131026", await client.SendTextAsync(account, "+26377131026", "Hello", null, Ct));
        var media = await client.UploadAsync(account, "a.png", "image/png", new byte[] { 1, 2, 3 }, Ct);
        Assert.NotEmpty(await client.SendMediaAsync(account, "+263771234567", new(WhatsappMediaKind.Image, media), Ct));
        await Assert.ThrowsAsync<ProviderRefused>(() => client.SendMediaAsync(account, "+263771234567", new(WhatsappMediaKind.Image, "4711"), Ct));
        await house.PassAsync(40);
        Assert.Equal((ReportStatus.Read, ReportStatus.Failed), (await house.StatusAsync(good), await house.StatusAsync(bad)));
        Assert.Equal("131030", (await Assert.ThrowsAsync<ProviderRefused>(() => client.SendTextAsync(account, "+26377131030", "Hello", null, Ct))).ProviderCode);
    }

    [Fact]
    public async Task Words_of_ones_own_reach_somebody_on_WhatsApp_within_a_day_of_their_last_message_and_a_template_at_any_time()
    {
        var (client, account, acts) = (house.Get<WhatsappClient>(), await house.AccountAsync(Provider.Whatsapp), house.Get<SimulatorActs>());
        const string Ann = "+263771234567";
        var early = await TextAsync();
        var template = await house.SentAsync("whatsapp", Ann, await client.SendTemplateAsync(account, Ann, new("hello_world", "en_US"), Ct));
        await house.PassAsync(10);
        Assert.Equal((ReportStatus.Failed, ReportStatus.Delivered), (await house.StatusAsync(early), await house.StatusAsync(template)));
        Assert.StartsWith("131047: ", (await house.Get<ReportQueries>().OfAsync(house.Admin, early, Ct))!.Trouble, StringComparison.Ordinal);

        Assert.Equal(["number"], (await Assert.ThrowsAsync<Invalid>(() => acts.LetWriteAsync(house.Admin, new() { Number = "12", Text = "Good day" }, Ct))).Errors.Keys);
        await acts.LetWriteAsync(house.Admin, new() { Number = Ann, Text = "Good day" }, Ct);
        var answer = await TextAsync();
        await house.PassAsync(86_390);
        var late = await TextAsync();
        await house.PassAsync(10);
        var closed = await TextAsync();
        await house.PassAsync(10);
        Assert.Equal((ReportStatus.Read, ReportStatus.Delivered, ReportStatus.Failed), (await house.StatusAsync(answer), await house.StatusAsync(late), await house.StatusAsync(closed)));

        await acts.DoAsync(house.Admin, Provider.Whatsapp, (await house.ThingAsync(Provider.Whatsapp, "contact")).Id, "write", Ct);
        var again = await TextAsync();
        await house.PassAsync(10);
        Assert.Equal(ReportStatus.Delivered, await house.StatusAsync(again));
        Assert.Equal(2, (await house.HeardAsync("whatsapp")).Count(t => t == "message.text"));

        async Task<long> TextAsync() => await house.SentAsync("whatsapp", Ann, await client.SendTextAsync(account, Ann, "Hello", null, Ct));
    }

    [Fact]
    public async Task An_admin_lets_a_mail_come_back_and_somebody_answer()
    {
        var mail = await MailAsync(Provider.Sendgrid, "unread@example.com");
        await house.PassAsync(10);
        Assert.Equal(ReportStatus.Delivered, await house.StatusAsync(mail));
        var acts = house.Get<SimulatorActs>();
        Assert.Equal(["open", "bounce", "complain"], acts.Of(Provider.Sendgrid, "message"));
        await acts.DoAsync(house.Admin, Provider.Sendgrid, (await house.ThingAsync(Provider.Sendgrid, "message")).Id, "complain", Ct);
        await house.PassAsync(1);
        Assert.Equal(ReportStatus.Complained, await house.StatusAsync(mail));

        await house.Get<WhatsappClient>().SendTextAsync(await house.AccountAsync(Provider.Whatsapp), "+263771234567", "Hello", null, Ct);
        await acts.DoAsync(house.Admin, Provider.Whatsapp, (await house.ThingAsync(Provider.Whatsapp, "message")).Id, "reply", Ct);
        await house.PassAsync(1);
        Assert.Contains("message.text", await house.HeardAsync("whatsapp"));
        await using var db = house.Open();
        Assert.Equal(2, await db.Events.CountAsync(e => e.Type == "simulator_used" && e.Data.Contains("\"of\":\"") && !e.Data.Contains("settings"), Ct));
    }

    private async Task<long> MailAsync(Provider provider, string to)
    {
        var (account, mail) = (await house.AccountAsync(provider), new ProviderMail("us@example.com", to, "Hello", "Good day") { Key = $"{to}-1" });
        var receipt = provider is Provider.Sendgrid ? await house.Get<SendgridClient>().SendAsync(account, mail, Ct) : await house.Get<ResendClient>().SendAsync(account, mail, Ct);
        return await house.SentAsync("email", to, receipt);
    }
}
