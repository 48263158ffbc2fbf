using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

public class MailAndMessageClientTests
{
    private static readonly ProviderMail Mail = new("desk@agency.example", "ann@example.com", "Hello", "Hello, Ann")
    {
        FromName = "The Agency",
        ReplyTo = "people@agency.example",
        Html = "<p>Hello, Ann</p>",
        Key = "delivery-1",
        Headers = [new("List-Unsubscribe", "<https://portal.example/u/1>")],
        Tags = [new("delivery", "1")],
        Attachments = [new("invoice.pdf", "application/pdf", "%PDF"u8.ToArray())],
    };

    [Fact]
    public async Task SendGrid_gets_mail_as_it_describes_it()
    {
        await using var server = await DescribedServer.StartAsync("sendgrid");
        server.Answers = asked => asked.Body.Contains("delivery", StringComparison.Ordinal) ? new(202) { Headers = [("X-Message-Id", "sg-1")] } : null;
        var client = new SendgridClient(server.Http);

        Assert.Equal("sg-1", await client.SendAsync(server.Account(Provider.Sendgrid, sandbox: false), Mail, Ct));
        Assert.Null(server.Last.Json!["mail_settings"]);
        server.Answers = _ => null;
        await client.SendAsync(server.Account(Provider.Sendgrid), Mail, Ct);
        Assert.True(server.Last.Json!["mail_settings"]!["sandbox_mode"]!["enable"]!.GetValue<bool>());
        Assert.True((await client.TryAsync(server.Account(Provider.Sendgrid), Ct)).Works);

        Assert.Equal("Bearer key-of-account", server.Last["Authorization"]);
        server.AllWasAsDescribed();
        Assert.InRange(server.WrongBodiesAreRefused(), 20, int.MaxValue);
    }

    [Theory]
    [InlineData("""{"errors":[{"field":"personalizations.0.to.0.email","message":"Does not contain a valid address."}]}""", 400, RefusalOf.Recipient)]
    [InlineData("""{"errors":[{"field":"from","message":"The from address does not match a verified Sender Identity."}]}""", 403, RefusalOf.Account)]
    [InlineData("""{"errors":[{"field":null,"message":"Permission denied, wrong credentials"}]}""", 401, RefusalOf.Account)]
    [InlineData("""{"errors":[{"field":"subject","message":"The subject is required."}]}""", 400, RefusalOf.Request)]
    public async Task SendGrids_no_says_whom_it_is_about(string body, int status, RefusalOf of)
    {
        await using var server = await DescribedServer.StartAsync("sendgrid");
        server.Answers = _ => new(status, body);
        var no = await Assert.ThrowsAsync<ProviderRefused>(() => new SendgridClient(server.Http).SendAsync(server.Account(Provider.Sendgrid), Mail, Ct));
        Assert.Equal((of, true), (no.Of, no.IsForGood));
        Assert.Contains(JsonNode.Parse(body)!["errors"]![0]!["message"]!.GetValue<string>(), no.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Resend_gets_mail_as_it_describes_it_and_each_once()
    {
        await using var server = await DescribedServer.StartAsync("resend");
        var client = new ResendClient(server.Http);
        var account = server.Account(Provider.Resend, settings: [("requests_per_second", "100")]);

        Assert.Equal("49a3999c-0ce1-4ea6-ab68-afcd6dc2e794", await client.SendAsync(account, Mail, Ct));
        Assert.Equal("delivery-1", server.Last["Idempotency-Key"]);
        Assert.Equal("The Agency <desk@agency.example>", server.Last.Json!["from"]!.GetValue<string>());
        Assert.NotNull((await client.FindAsync(account, "4ef9a417-02e9-4d39-ad75-9611e0fcc33c", Ct)).LastEvent);
        Assert.Contains("no domain is verified", (await client.TryAsync(account, Ct)).Words, StringComparison.Ordinal);
        server.AllWasAsDescribed();
        Assert.InRange(server.WrongBodiesAreRefused(), 12, int.MaxValue);
    }

    [Fact]
    public async Task A_key_that_may_only_send_mail_is_a_good_one()
    {
        await using var server = await DescribedServer.StartAsync("resend");
        server.Answers = _ => new(401, """{"statusCode":401,"name":"restricted_api_key","message":"This API key is restricted to only send emails"}""");
        var (client, account) = (new ResendClient(server.Http), server.Account(Provider.Resend));
        Assert.True((await client.TryAsync(account, Ct)).Works);
        Assert.Equal(RefusalOf.Request, (await Assert.ThrowsAsync<ProviderRefused>(() => client.FindAsync(account, "49a3999c", Ct))).Of);
    }

    [Theory]
    [InlineData(403, "invalid_api_key", "API key is invalid", RefusalOf.Account, true)]
    [InlineData(422, "validation_error", "Invalid `to` field. The email address needs to follow the format.", RefusalOf.Recipient, true)]
    [InlineData(429, "daily_quota_exceeded", "You have reached your daily email sending quota.", RefusalOf.Account, false)]
    [InlineData(409, "invalid_idempotent_request", "Same key, another payload.", RefusalOf.Request, true)]
    public async Task Resends_no_says_whom_it_is_about(int status, string name, string message, RefusalOf of, bool isForGood)
    {
        await using var server = await DescribedServer.StartAsync("resend");
        server.Answers = _ => new(status, new JsonObject { ["name"] = name, ["message"] = message }.ToJsonString());
        var no = await Assert.ThrowsAsync<ProviderRefused>(() => new ResendClient(server.Http).SendAsync(server.Account(Provider.Resend), Mail with { Key = null }, Ct));
        Assert.Equal((name, of, isForGood), (no.ProviderCode, no.Of, no.IsForGood));
    }

    [Fact]
    public async Task Twilio_gets_messages_as_it_describes_them()
    {
        await using var server = await DescribedServer.StartAsync("twilio");
        var client = new TwilioClient(server.Http);
        var account = server.Account(Provider.Twilio, key: "AC0123456789abcdef0123456789abcdef", settings: [("from", "+15005550006")]);

        var sent = await client.SendAsync(account, new("+263771234567", "Hello, “Ann” & co + more") { StatusCallback = new("https://portal.example/webhooks/twilio?d=1") }, Ct);
        Assert.StartsWith("SM", sent.Sid, StringComparison.Ordinal);
        await client.SendAsync(account, new("+263771234567", "Hello") { From = "MG0123456789abcdef0123456789abcdef" }, Ct);
        Assert.Contains("MessagingServiceSid=MG", server.Last.Body, StringComparison.Ordinal);
        await client.FindAsync(account, "SM0123456789abcdef0123456789abcdef", Ct);
        Assert.Equal(("testing", new DateTime(2019, 5, 24, 17, 44, 46, DateTimeKind.Utc)), (await client.SentToAsync(account, "+263771234567", Ct))[0] is var listed ? (listed.Body, listed.CreatedAt) : default);
        Assert.Equal(new("0.05", "USD"), await client.BalanceAsync(account, Ct));
        Assert.True((await client.TryAsync(account, Ct)).Works);
        server.AllWasAsDescribed();
        Assert.InRange(server.WrongBodiesAreRefused(), 6, int.MaxValue);
    }

    [Theory]
    [InlineData(400, 21211, RefusalOf.Recipient)]
    [InlineData(400, 21610, RefusalOf.Recipient)]
    [InlineData(400, 21606, RefusalOf.Request)]
    [InlineData(400, 21659, RefusalOf.Request)]
    [InlineData(403, 21408, RefusalOf.Request)]
    [InlineData(400, 21212, RefusalOf.Account)]
    [InlineData(401, 20003, RefusalOf.Account)]
    [InlineData(400, 21617, RefusalOf.Request)]
    public async Task Twilios_no_says_whom_it_is_about(int status, int code, RefusalOf of)
    {
        await using var server = await DescribedServer.StartAsync("twilio");
        server.Answers = _ => new(status, $$"""{"code":{{code}},"message":"No.","more_info":"https://www.twilio.com/docs/errors/{{code}}","status":{{status}}}""");
        var no = await Assert.ThrowsAsync<ProviderRefused>(() => new TwilioClient(server.Http).SendAsync(server.Account(Provider.Twilio, settings: [("from", "+15005550006")]), new("+263771234567", "Hello"), Ct));
        Assert.Equal((of, $"{code}"), (no.Of, no.ProviderCode));
    }

    [Fact]
    public async Task WhatsApp_gets_messages_as_it_describes_them()
    {
        await using var server = await DescribedServer.StartAsync("whatsapp", "whatsapp-phone-node");
        var client = new WhatsappClient(server.Http);
        var account = server.Account(Provider.Whatsapp, settings: [("phone_number_id", "106540352242922"), ("business_account_id", "102290129340398"), ("api_version", "v24.0")]);
        server.Answers = asked => asked.Path.EndsWith("/messages", StringComparison.Ordinal) && server.Find(asked).Description!.Faults(asked).ToList() is [] ? new(200, """{"messaging_product":"whatsapp","messages":[{"id":"wamid.1"}]}""") : null;

        Assert.Equal("wamid.1", await client.SendTextAsync(account, "+263 77 123 4567", "Hello", answers: "wamid.0", Ct));
        Assert.Equal("263771234567", server.Last.Json!["to"]!.GetValue<string>());
        Assert.Equal("/v24.0/106540352242922/messages", server.Last.Path);
        await client.SendTemplateAsync(account, "+263771234567", new("due_loan", "en_GB"), Ct);
        await client.SendTemplateAsync(account, "+263771234567", new("due_loan", "en_GB") { HeaderText = "Loan", Body = ["Ann\nLee", "$ 20"], ButtonUrls = new Dictionary<int, string> { [0] = "pay/1" } }, Ct);
        Assert.Contains("Ann Lee", server.Last.Body, StringComparison.Ordinal);
        await client.SendTemplateAsync(account, "+263771234567", new("bill", "en") { HeaderMedia = new(WhatsappMediaKind.Document, "4711", null) { FileName = "bill.pdf" } }, Ct);
        foreach (var kind in Enum.GetValues<WhatsappMediaKind>())
            await client.SendMediaAsync(account, "+263771234567", new(kind, null, new("https://portal.example/file")) { Caption = "See", FileName = "a.pdf" }, Ct);
        await client.UploadAsync(account, "a \"b\".png", "image/png", new byte[] { 1, 13, 10, 2 }, Ct);
        Assert.StartsWith("multipart/form-data; boundary=", server.Last["Content-Type"], StringComparison.Ordinal);
        Assert.NotEmpty(await client.TemplatesAsync(account, "due_loan", Ct));
        Assert.True((await client.TryAsync(account, Ct)).Works);
        server.AllWasAsDescribed();
        Assert.InRange(server.WrongBodiesAreRefused(), 30, int.MaxValue);
    }

    [Fact]
    public async Task A_template_of_WhatsApp_says_how_it_stands()
    {
        await using var server = await DescribedServer.StartAsync("whatsapp-template-node");
        var template = await new WhatsappClient(server.Http).TemplateAsync(server.Account(Provider.Whatsapp), "1627019861106475", Ct);
        Assert.Equal(("APPROVED", "MARKETING", "HEADER"), (template.Status, template.Category, template.Components[0].Type));
        server.AllWasAsDescribed();
    }

    [Theory]
    [InlineData(400, 131026, RefusalOf.Recipient, true)]
    [InlineData(400, 131050, RefusalOf.Recipient, true)]
    [InlineData(401, 190, RefusalOf.Account, true)]
    [InlineData(403, 200, RefusalOf.Account, true)]
    [InlineData(400, 130429, RefusalOf.Request, false)]
    [InlineData(400, 131056, RefusalOf.Request, false)]
    [InlineData(400, 131047, RefusalOf.Request, true)]
    [InlineData(404, 132001, RefusalOf.Request, true)]
    public async Task WhatsApps_no_says_whom_it_is_about_and_for_how_long(int status, int code, RefusalOf of, bool isForGood)
    {
        await using var server = await DescribedServer.StartAsync("whatsapp");
        server.Answers = _ => new(status, $$$"""{"error":{"message":"(#{{{code}}}) No","type":"OAuthException","code":{{{code}}},"error_data":{"messaging_product":"whatsapp","details":"Not this one."},"fbtrace_id":"x"}}""");
        var no = await Assert.ThrowsAsync<ProviderRefused>(() => new WhatsappClient(server.Http).SendTextAsync(server.Account(Provider.Whatsapp, settings: [("phone_number_id", "1")]), "+263771234567", "Hello", null, Ct));
        Assert.Equal((of, isForGood, $"{code}"), (no.Of, no.IsForGood, no.ProviderCode));
        Assert.Contains("Not this one.", no.Said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_missing_in_a_configuration_is_said_in_words()
    {
        await using var server = await DescribedServer.StartAsync("whatsapp");
        var no = await Assert.ThrowsAsync<RuleBroken>(() => new WhatsappClient(server.Http).TemplatesAsync(server.Account(Provider.Whatsapp), null, Ct));
        Assert.Equal("provider_not_configured", no.Code);
        Assert.Empty(server.Requests);
    }
}
