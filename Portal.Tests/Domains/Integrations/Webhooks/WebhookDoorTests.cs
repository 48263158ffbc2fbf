using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations.Webhooks;

/// <summary>What comes in at the doors of the running host.</summary>
public sealed class WebhookDoorTests : IAsyncLifetime
{
    private readonly WebhookHost host = new();

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync() => host.DisposeAsync();

    [Theory]
    [InlineData("/webhooks/stripe")]
    [InlineData("/webhooks/stripe/")]
    [InlineData("/services/webhooks/stripe")]
    [InlineData("/services/webhooks/stripe/")]
    public async Task A_payment_is_stored_sealed_and_waits_for_the_wallet(string path)
    {
        Assert.Equal(HttpStatusCode.OK, await host.SendAsync(host.Stripe("""{"id":"evt_1","type":"payment_intent.succeeded","data":{"object":{"receipt_email":"canary@example.com","metadata":{"client_id":"1"}}}}""", path)));
        await host.HandleAsync();

        var row = Assert.Single(await host.StoredAsync());
        Assert.Equal(("stripe", "evt_1", "payment_intent.succeeded", InboxState.Kept, 1L), (row.Provider, row.EventId, row.Type, row.State, row.ClientId));
        Assert.DoesNotContain("canary", Encoding.UTF8.GetString(row.Body), StringComparison.Ordinal);
        Assert.Contains("canary", Encoding.UTF8.GetString(host.Server.Get<InboxSeal>().Open(row)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_as_it_should_be_is_refused_with_a_code_and_nothing_is_stored()
    {
        const string Body = """{"id":"evt_1","type":"x"}""";
        var wrong = host.Stripe(Body, secret: "another");
        var old = host.Stripe(Body);
        var plain = host.Stripe(Body);
        plain.Content!.Headers.ContentType = new("text/plain");
        host.Clock.Forward(TimeSpan.FromSeconds(301));

        await RefusedAsync(wrong, HttpStatusCode.Unauthorized, "bad_signature");
        await RefusedAsync(old, HttpStatusCode.Unauthorized, "bad_signature");
        await RefusedAsync(plain, HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        await RefusedAsync(WebhookHost.Post("/webhooks/stripe", Body), HttpStatusCode.Unauthorized, "bad_signature");
        await RefusedAsync(host.Stripe(new string(' ', (1 << 20) + 1)), HttpStatusCode.RequestEntityTooLarge, "too_large");
        await RefusedAsync(WebhookHost.Post("/webhooks/nobody", Body), HttpStatusCode.NotFound, "not_found");
        Assert.Equal(HttpStatusCode.MethodNotAllowed, await host.SendAsync(new(HttpMethod.Put, "/webhooks/stripe")));
        Assert.Empty(await host.StoredAsync());
    }

    [Fact]
    public async Task Without_a_secret_the_provider_is_asked_to_try_again_later()
    {
        await using var bare = new PortalServer { Settings = { ["Portal:PublicUrl"] = WebhookHost.Public } };
        using var http = bare.CreateClient();
        using var answer = await http.SendAsync(host.Resend("{}", "msg_1"), Ct);
        await answer.RefusedAsync(HttpStatusCode.ServiceUnavailable, "provider_not_configured");
        Assert.True(answer.Headers.Contains("Retry-After"));
    }

    [Fact]
    public async Task When_PayPals_certificate_cannot_be_had_it_is_asked_to_try_again_later()
    {
        host.Certificates.IsAway = true;
        var vector = WebhookVector.All.First(v => v.Provider == "paypal" && v.IsValid);
        host.Clock.Set(vector.Now);
        await RefusedAsync(WebhookHost.Post("/webhooks/paypal", vector.Body, "application/json", [.. vector.Headers.Select(h => (h.Key, h.Value))]), HttpStatusCode.ServiceUnavailable, "certificate_unavailable");
    }

    [Fact]
    public async Task Twilio_has_signed_the_address_it_called_and_not_the_one_behind_the_proxy()
    {
        const string Form = "MessageSid=SM1&MessageStatus=delivered&To=%2B15558675310&AccountSid=AC1";
        Assert.Equal(HttpStatusCode.OK, await host.SendAsync(WebhookHost.Twilio(Form)));
        Assert.Equal(HttpStatusCode.OK, await host.SendAsync(WebhookHost.Twilio(Form, WebhookHost.Public + ":443/webhooks/twilio")));
        Assert.Equal(HttpStatusCode.OK, await host.SendAsync(WebhookHost.Twilio(Form, WebhookHost.Public + "/services/webhooks/twilio/?a=%20b", "/services/webhooks/twilio/?a=%20b")));
        await RefusedAsync(WebhookHost.Twilio(Form, "http://localhost/webhooks/twilio"), HttpStatusCode.Unauthorized, "bad_signature");
        Assert.Equal("SM1:delivered", Assert.Single(await host.StoredAsync()).EventId);
    }

    [Fact]
    public async Task A_batch_is_one_event_each_and_what_cannot_be_read_is_kept()
    {
        Assert.Equal(HttpStatusCode.OK, await host.SendAsync(host.Sendgrid("""[{"sg_event_id":"a","event":"delivered","sg_message_id":"m.filter1"},{"sg_event_id":"b","event":"open","sg_message_id":"m.filter1"},{"sg_event_id":"a","event":"delivered"}]""" + "\r\n")));
        Assert.Equal(HttpStatusCode.OK, await host.SendAsync(WebhookHost.Whatsapp("""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"contacts":[{"wa_id":"7"}],"statuses":[{"id":"wamid.1","status":"sent"},{"id":"wamid.1","status":"read"}]}},{"field":"messages","value":{"messages":[{"id":"wamid.2","from":"7","type":"text","text":{"body":"Hello"}}]}},{"field":"user_preferences","value":{"user_preferences":[{"value":"stop"}]}}]}]}""")));
        Assert.Equal(HttpStatusCode.OK, await host.SendAsync(WebhookHost.Whatsapp("Hello, World!")));
        Assert.Equal(HttpStatusCode.OK, await host.SendAsync(host.Stripe("""{"id":"evt_1","type":"a.type.of.tomorrow"}""")));
        await host.HandleAsync();

        var rows = await host.StoredAsync();
        Assert.Equal(["a", "b", "wamid.1:sent", "wamid.1:read", "wamid.2:message"], rows.Select(r => r.EventId).Take(5));
        Assert.Equal(["delivered", "open", "status.sent", "status.read", "message.text", "user_preferences", "unreadable", "a.type.of.tomorrow"], rows.Select(r => r.Type));
        Assert.Equal([.. Enumerable.Repeat(InboxState.Handled, 4), .. Enumerable.Repeat(InboxState.Kept, 4)], rows.Select(r => r.State));
        var message = JsonElement.Parse(host.Server.Get<InboxSeal>().Open(rows[4])).GetProperty("entry")[0].GetProperty("changes")[0].GetProperty("value");
        Assert.Equal("Hello", message.GetProperty("messages")[0].GetProperty("text").GetProperty("body").GetString());
        Assert.False(message.TryGetProperty("statuses", out _));
    }

    [Fact]
    public async Task What_is_refused_is_counted_by_its_reason_and_shown_to_the_admin()
    {
        for (var i = 0; i < 3; i++)
            await host.SendAsync(host.Stripe("{}", secret: "another"));
        await host.SendAsync(WebhookHost.Post("/webhooks/sendgrid", "[]"));
        using var admin = await host.Server.SignedInAsync(PortalServer.Admin);
        var refused = (await admin.JsonAsync("/api/integrations/webhook-events/refused")).EnumerateArray().Select(r => $"{r.Text("provider")} {r.Text("reason")} {r.GetProperty("count")}");
        Assert.Equal(["sendgrid not_signed 1", "stripe wrong_signature 3"], refused.Order(StringComparer.Ordinal));

        Assert.Equal(1, await host.Server.Get<WebhookTrouble>().RunAsync(Ct));
        while (await host.Server.Get<EventRelay>().RunAsync(Ct) > 0)
        {
            // Until all has been told.
        }

        await using var db = host.Server.Open();
        Assert.NotEqual(0, await db.Deliveries.CountAsync(d => d.Title == "No call of Stripe is taken", Ct));
    }

    [Fact]
    public async Task The_page_says_how_many_were_refused_and_what_to_do()
    {
        await using var server = new PortalServer();
        for (var i = 0; i < 3; i++)
            server.Get<RefusalCount>().Add(Provider.Stripe, RefusedFor.WrongSignature);
        using var browser = await server.BrowserAsync(PortalServer.Admin);
        var page = await browser.GetStringAsync(new Uri("/dashboard/admin/settings/webhooks", UriKind.Relative), Ct);
        Assert.Contains("Stripe: 3 calls refused.", page, StringComparison.Ordinal);
        Assert.Contains("Their signature does not match.", page, StringComparison.Ordinal);
    }

    /// <summary>The short version of ten thousand.</summary>
    [Fact]
    public async Task One_event_a_thousand_times_from_sixteen_sides_is_one_row_and_one_effect()
    {
        var left = 1_000;
        var answers = new ConcurrentBag<HttpStatusCode>();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
            {
                answers.Add(await host.SendAsync(host.Sendgrid("""[{"sg_event_id":"one","event":"spamreport","sg_message_id":"m1.filter","email":"Kate@example.com"}]""")));
                if (left % 250 == 0)
                    await host.HandleAsync();
            }
        })));
        await host.HandleAsync();

        Assert.Equal(1_000, answers.Count(a => a is HttpStatusCode.OK));
        Assert.Equal(InboxState.Handled, Assert.Single(await host.StoredAsync()).State);
        await using var db = host.Server.Open();
        Assert.Equal(ReportStatus.Complained, (await db.DeliveryReports.SingleAsync(r => r.Receipt == "m1", Ct)).Status);
        Assert.Equal(1, await db.MailSuppressions.CountAsync(s => s.Address == "kate@example.com", Ct));
    }

    [Fact]
    public async Task Nothing_that_a_webhook_says_or_is_signed_with_leaves_by_the_log_the_answers_or_the_disk()
    {
        const string Canary = "canary7731";
        await host.SendAsync(host.Stripe($$$"""{"id":"evt_1","type":"x","data":{"object":{"receipt_email":"{{{Canary}}}@example.com","client_secret":"{{{Canary}}}","metadata":{"{{{Canary}}}note":"{{{Canary}}}"} } } }"""));
        await host.SendAsync(WebhookHost.Twilio($"MessageSid=SM9&SmsStatus=received&Body={Canary}&From=%2B263{Canary}"));
        await host.SendAsync(host.Stripe("{}", secret: Canary));
        await host.SendAsync(host.Resend($$$"""{"type":"email.bounced","created_at":"{{{Canary}}}","data":{"email_id":"e1","subject":"{{{Canary}}}","bounce":{"type":"Transient"} } }""", "msg_1"));
        await host.HandleAsync();
        using var admin = await host.Server.SignedInAsync(PortalServer.Admin);

        var said = new StringBuilder();
        foreach (var row in await host.StoredAsync())
            said.Append(await admin.GetStringAsync(new Uri($"/api/integrations/webhook-events/{row.Id}", UriKind.Relative), Ct));
        said.Append(await admin.GetStringAsync(new Uri("/api/integrations/webhook-events", UriKind.Relative), Ct));
        said.Append(await admin.GetStringAsync(new Uri("/api/audit?page_size=100", UriKind.Relative), Ct));

        Assert.Contains("evt_1", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain($"{Canary}@", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain($"\"{Canary}\"", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain($"={Canary}", said.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(host.Log.Lines, line => line.Contains(Canary, StringComparison.Ordinal) || line.Contains(WebhookHost.StripeSecret, StringComparison.Ordinal));
        Assert.DoesNotContain(Directory.EnumerateFiles(host.Server.DataPath, "portal.db*"), file => Text(file).Contains(Canary, StringComparison.Ordinal));
    }

    /// <summary>The short version of a hundred thousand: changed anywhere, in every way, at every door.</summary>
    [Fact]
    public async Task Five_thousand_spoilt_requests_are_refused_and_leave_nothing()
    {
        var chance = new Random(7731);
        var valid = WebhookVector.All.Where(v => v.IsOurs && !v.IsHandshake).ToList();
        for (var i = 0; i < 5_000; i++)
        {
            var vector = valid[chance.Next(valid.Count)];
            var status = await host.SendAsync(Spoilt(vector, chance));
            Assert.True((int)status is >= 400 and < 500 || status is HttpStatusCode.OK, $"{i}: {vector.Id} was answered with {(int)status}");
            Assert.NotEqual(HttpStatusCode.OK, status); // this host knows none of their secrets
        }

        Assert.Empty(await host.StoredAsync());
    }

    /// <summary>Signed, and still nothing that anyone would send.</summary>
    [Fact]
    public async Task What_is_signed_and_makes_no_sense_is_kept_and_breaks_nothing()
    {
        string[] odd =
        [
            "", "null", "[]", "{}", "\"x\"", "1e999", new string('[', 5_000), "{\"id\":\"\\ud800\",\"type\":\"x\"}", "{\"\\udc00\":1}", "{\"id\":{},\"type\":[]}", "{\"id\":\"a\\u0000b\",\"type\":\"\\n\"}",
            $$"""{"id":"{{new string('x', 5_000)}}","type":"{{new string('y', 5_000)}}"}""", "{\"entry\":[{\"changes\":[{\"value\":{\"statuses\":[{\"id\":5,\"status\":{}},7,null]}}]}]}", "[1,null,{},[]]",
            "{\"data\":{\"object\":{\"metadata\":{\"client_id\":\"99999999999999999999\"}}}}", "[{\"event\":\"bounce\",\"email\":5,\"timestamp\":\"never\",\"sg_message_id\":\"m\"}]", "[{\"event\":\"bounce\",\"email\":\"\\ud800\",\"timestamp\":99999999999999,\"sg_message_id\":\"m2\"}]",
        ];
        foreach (var body in odd)
        {
            foreach (var request in new[] { host.Stripe(body), WebhookHost.Whatsapp(body), host.Sendgrid(body), host.Resend(body, "msg_" + odd.IndexOf(body)) })
                Assert.Equal(HttpStatusCode.OK, await host.SendAsync(request));
        }

        await host.HandleAsync();
        Assert.DoesNotContain(await host.StoredAsync(), r => r.State is InboxState.Dead or InboxState.Waiting);
    }

    private static HttpRequestMessage Spoilt(WebhookVector vector, Random chance)
    {
        var (body, headers, type) = (vector.Body, vector.Headers.ToDictionary(), vector.Headers.GetValueOrDefault("Content-Type", "application/json"));
        switch (chance.Next(7))
        {
            case 0 when body.Length > 0:
                body = (byte[])body.Clone();
                body[chance.Next(body.Length)] ^= (byte)(1 << chance.Next(8));
                break;
            case 1:
                body = body[..chance.Next(body.Length + 1)];
                break;
            case 2 when headers.Count > 0:
                headers.Remove(headers.Keys.ElementAt(chance.Next(headers.Count)));
                break;
            case 3 when headers.Count > 0:
                headers[headers.Keys.ElementAt(chance.Next(headers.Count))] = new string((char)chance.Next(33, 126), chance.Next(1, 300));
                break;
            case 4:
                body = Encoding.UTF8.GetBytes(new string(chance.Next(2) == 0 ? '{' : '[', chance.Next(1, 20_000)));
                break;
            case 5:
                type = new[] { "text/plain", "application/json; charset=utf-7", "multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "x" }[chance.Next(5)];
                break;
            default:
                body = [.. Enumerable.Range(0, chance.Next(1, 300)).Select(_ => (byte)chance.Next(256))];
                break;
        }

        var path = chance.Next(2) == 0 ? $"/webhooks/{vector.Provider}" : $"/services/webhooks/{vector.Provider}/?x=%ff";
        return WebhookHost.Post(path, body, type, [.. headers.Where(h => h.Key != "Content-Type").Select(h => (h.Key, h.Value))]);
    }

    private static string Text(string file)
    {
        using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var copy = new MemoryStream();
        stream.CopyTo(copy);
        return Encoding.Latin1.GetString(copy.ToArray());
    }

    private async Task RefusedAsync(HttpRequestMessage request, HttpStatusCode status, string code)
    {
        using (request)
        {
            using var answer = await host.Http.SendAsync(request, Ct);
            await answer.RefusedAsync(status, code);
        }
    }
}
