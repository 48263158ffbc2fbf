using System.Net;

namespace Portal.Tests.Api;

/// <summary>Messages to given addresses, over HTTP.</summary>
public sealed class MessagesTests(PortalServer server) : IClassFixture<PortalServer>
{
    [Fact]
    public async Task A_message_is_sent_listed_read_and_hidden_at_the_root_as_under_api()
    {
        using var owner = await server.SignedInAsync(PortalServer.AcmeOwner);
        using var made = await owner.PostAsync("/services/email/", new { to = "kuda@example.com", subject = "Ready", body = "Your ring is ready." }, "key-1");
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        var message = await made.JsonAsync();
        Assert.Equal(("kuda@example.com", "queued", "email", "Acme Jewellers"), (message.Text("to"), message.Text("status"), message.Text("channel"), message.Text("client_name")));
        using var again = await owner.PostAsync("/services/email/", new { to = "kuda@example.com", subject = "Ready", body = "Your ring is ready." }, "key-1");
        Assert.Equal(message.GetProperty("id").GetInt64(), (await again.JsonAsync()).GetProperty("id").GetInt64());

        // A host that died before it kept its answer left the message, and it is sent once all the same.
        await using (var db = server.Open())
            await db.Set<AnsweredRequest>().ExecuteDeleteAsync(Ct);
        using var after = await owner.PostAsync("/services/email/", new { to = "kuda@example.com", subject = "Ready", body = "Your ring is ready." }, "key-1");
        Assert.Equal(message.GetProperty("id").GetInt64(), (await after.JsonAsync()).GetProperty("id").GetInt64());
        using var another = await owner.PostAsync("/services/email/", new { to = "kuda.two@example.com", subject = "Ready", body = "Your ring is ready." }, "key-2");
        Assert.NotEqual(message.GetProperty("id").GetInt64(), (await another.JsonAsync()).GetProperty("id").GetInt64());

        await server.Get<DeliverySender>().RunAsync(Ct);
        var listed = (await owner.JsonAsync("/api/services/email/?q=kuda&status=sent&sort=-to")).GetProperty("items")[0];
        Assert.Equal(message.GetProperty("id").GetInt64(), listed.GetProperty("id").GetInt64());
        var path = new Uri($"/services/email/{listed.GetProperty("id")}/", UriKind.Relative);
        Assert.Equal("Your ring is ready.", (await owner.JsonAsync(path.OriginalString)).Text("body"));
        using var asSms = await owner.GetAsync(new Uri($"/services/sms/{listed.GetProperty("id")}", UriKind.Relative), Ct);
        await asSms.RefusedAsync(HttpStatusCode.NotFound, "not_found");
        for (var i = 0; i < 2; i++)
        {
            using var hidden = await owner.DeleteAsync(path, Ct);
            Assert.Equal(HttpStatusCode.NoContent, hidden.StatusCode);
        }

        using var gone = await owner.GetAsync(path, Ct);
        await gone.RefusedAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Many_get_one_each_and_what_is_wrong_is_named_by_its_place()
    {
        using var agent = await server.SignedInAsync(PortalServer.MarketingAgent);
        var acme = (await agent.JsonAsync("/api/agents/my-clients?q=acme")).GetProperty("items")[0].GetProperty("id").GetInt64();
        using var made = await agent.PostAsync("/services/sms/bulk", new { client = acme, recipients = new[] { "+263 77 123 0001", "263771230002" }, body = "Open until six" });
        Assert.Equal(HttpStatusCode.Created, made.StatusCode);
        Assert.Equal(["+263771230001", "+263771230002"], (await made.JsonAsync()).GetProperty("items").EnumerateArray().Select(i => i.Text("to")));
        using var wrong = await agent.PostAsync("/services/sms/bulk", new { client = acme, recipients = new[] { "+263771230001", "12" }, body = "Open until six" });
        Assert.True((await wrong.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid")).GetProperty("errors").TryGetProperty("recipients[1]", out _));
    }

    [Fact]
    public async Task A_client_named_as_answers_name_it_is_refused_and_nothing_goes_for_the_agency_instead()
    {
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        using var wrong = await admin.PostAsync("/services/email/", new { client_id = 1, to = "nobody.in.particular@example.com", subject = "s", body = "b" });
        Assert.True((await wrong.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid")).GetProperty("errors").TryGetProperty("client_id", out _));
        Assert.Empty((await admin.JsonAsync("/services/email/?q=nobody.in.particular")).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Who_may_not_is_refused_and_the_cookie_opens_nothing_here()
    {
        using var viewer = await server.SignedInAsync(PortalServer.AcmeViewer);
        using var refused = await viewer.PostAsync("/services/email/", new { to = "a@example.com", subject = "s", body = "b" });
        await refused.RefusedAsync(HttpStatusCode.Forbidden, "forbidden");
        using var cookie = await server.BrowserAsync(PortalServer.AcmeOwner);
        using var unknown = await cookie.GetAsync(new Uri("/services/email/", UriKind.Relative), Ct);
        await unknown.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized");
        using var owner = await server.SignedInAsync(PortalServer.AcmeOwner);
        using var foreign = await owner.PostAsync("/services/email/", new { client = 987654, to = "a@example.com", subject = "s", body = "b" });
        await foreign.RefusedAsync(HttpStatusCode.NotFound, "not_found");
        using var agencys = await owner.PostAsync("/services/email/", new { to = "a@example.com", template = "invoice_overdue" });
        await agencys.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        using var balance = await owner.GetAsync(new Uri("/services/sms/balance", UriKind.Relative), Ct);
        await balance.RefusedAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Fact]
    public async Task The_balance_is_asked_for_or_said_not_to_be_configured()
    {
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        using var none = await admin.GetAsync(new Uri("/services/sms/balance", UriKind.Relative), Ct);
        await none.RefusedAsync(HttpStatusCode.Conflict, "provider_not_configured");
    }
}
