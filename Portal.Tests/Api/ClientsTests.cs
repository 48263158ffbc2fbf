using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Portal.Tests.Api;

public class ClientsTests
{
    [Fact]
    public async Task A_client_is_opened_read_changed_and_found()
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        var active = (await admin.JsonAsync("/api/admin/clients/counts")).GetProperty("active").GetInt32();

        using var made = await admin.PostAsync("/api/admin/clients/", new { name = "Mopane", currency = "ZAR", zone = "Africa/Harare", owner_email = "rudo@mopane.example" }, idempotencyKey: "mopane");
        using var again = await admin.PostAsync("/api/admin/clients/", new { name = "Mopane", currency = "ZAR", zone = "Africa/Harare", owner_email = "rudo@mopane.example" }, idempotencyKey: "mopane");

        Assert.Equal((HttpStatusCode.Created, HttpStatusCode.Created), (made.StatusCode, again.StatusCode));
        var client = await made.JsonAsync();
        var path = made.Headers.Location!.ToString();
        Assert.Equal(("active", "none"), (client.Text("status"), client.Text("credit_status"))); // no wallet: nothing was ever posted
        Assert.Equal("rudo@mopane.example", Assert.Single(client.GetProperty("invitations").EnumerateArray()).Text("email"));
        using var changed = await admin.PatchAsJsonAsync(path, new { version = client.GetProperty("version").GetInt64(), note = "Pays late." }, Ct);
        Assert.Equal("Pays late.", (await changed.JsonAsync()).Text("note"));
        using var stale = await admin.PatchAsJsonAsync(path, new { version = client.GetProperty("version").GetInt64(), note = "x" }, Ct);
        await stale.RefusedAsync(HttpStatusCode.Conflict, "changed");
        using var blind = await admin.PatchAsJsonAsync(path, new { note = "x" }, Ct);
        Assert.True((await blind.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid")).GetProperty("errors").TryGetProperty("version", out _));
        var found = await admin.JsonAsync("/api/admin/clients?q=mop");
        Assert.Equal(["items", "next", "page_size", "previous", "total"], found.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(("Mopane", "none"), Assert.Single(found.GetProperty("items").EnumerateArray()) is var row ? (row.Text("name"), row.Text("credit_status")) : default);
        Assert.Equal(active + 1, (await admin.JsonAsync("/api/admin/clients?status=active")).GetProperty("total").GetInt32());
        Assert.Equal(0, (await admin.JsonAsync("/api/admin/clients?status=Pending&service=website&without_agent=true&agent=1&from=2026-01-01")).GetProperty("total").GetInt32());
        using var unknown = await admin.GetAsync(new Uri("/api/admin/clients?status=sleeping", UriKind.Relative), Ct);
        Assert.True((await unknown.RefusedAsync(HttpStatusCode.BadRequest, "malformed")).GetProperty("errors").TryGetProperty("status", out _));
        Assert.Equal(active + 1, (await admin.JsonAsync("/api/admin/clients/counts")).GetProperty("active").GetInt32());
    }

    [Theory]
    [InlineData("PATCH")]
    [InlineData("POST")]
    public async Task A_client_that_waits_is_approved_then_deactivated_and_activated(string method)
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        var path = $"/api/admin/clients/{await PendingAsync(server)}";

        using var approve = new HttpRequestMessage(new(method), $"{path}/approve");
        using var approved = await admin.SendAsync(approve, Ct);
        Assert.Equal(HttpStatusCode.NoContent, approved.StatusCode);
        using var twice = await admin.PostAsync($"{path}/approve");
        await twice.RefusedAsync(HttpStatusCode.Conflict, "client_not_pending");
        using var declined = await admin.PostAsync($"{path}/decline", new { reason = "No." });
        await declined.RefusedAsync(HttpStatusCode.Conflict, "client_not_pending");
        using var unsaid = await admin.PatchAsJsonAsync($"{path}/status", new { status = "inactive" }, Ct);
        await unsaid.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        using var closed = await admin.PatchAsJsonAsync($"{path}/status", new { status = "closed", reason = "x" }, Ct);
        await closed.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        using var off = await admin.PatchAsJsonAsync($"{path}/status", new { status = "inactive", reason = "Unpaid." }, Ct);
        using var on = await admin.PatchAsJsonAsync($"{path}/status", new { status = "active" }, Ct);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (off.StatusCode, on.StatusCode));
        Assert.Equal("active", (await admin.JsonAsync(path)).Text("status"));
    }

    [Fact]
    public async Task An_owner_whose_address_is_not_confirmed_yet_is_marked_until_it_is()
    {
        const string Ada = "ada@okafor.example";
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        using var browser = await server.BrowserAsync(PortalServer.Admin);
        using var registered = await admin.PostAsync("/api/auth/register", Entries.Registrant(Ada));
        var id = await server.ClientIdAsync("Okafor & Daughters");
        Assert.Equal((false, true), await ShownAsync());

        await server.ChangeAsync(Ada, user => user.EmailConfirmed = true);

        Assert.Equal((true, false), await ShownAsync());

        async Task<(bool Confirmed, bool Marked)> ShownAsync()
        {
            var owner = Assert.Single((await admin.JsonAsync($"/api/admin/clients/{id}")).GetProperty("people").EnumerateArray());
            var page = await browser.GetStringAsync(new Uri($"/dashboard/admin/clients/{id}", UriKind.Relative), Ct);
            Assert.Contains(Ada, page, StringComparison.Ordinal);
            return (owner.GetProperty("email_confirmed").GetBoolean(), page.Contains("Not confirmed yet", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task An_agent_is_assigned_and_sees_the_client_and_is_taken_off_and_does_not()
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        using var agent = await server.SignedInAsync(PortalServer.MarketingAgent);
        var (globex, tendai) = (await ClientAsync(server, "Globex Learning"), (await agent.JsonAsync("/api/auth/me")).GetProperty("id").GetInt64());
        var had = (await agent.JsonAsync("/api/agents/my-clients/")).GetProperty("total").GetInt32();
        using var before = await agent.GetAsync(new Uri($"/api/agents/my-clients/{globex}", UriKind.Relative), Ct);
        await before.RefusedAsync(HttpStatusCode.NotFound, "not_found");

        using var wrong = await admin.PostAsync($"/api/admin/clients/{globex}/agents/", new { agent = tendai, service = "website" });
        await wrong.RefusedAsync(HttpStatusCode.Conflict, "wrong_department");
        for (var i = 0; i < 2; i++)
            (await admin.PostAsync($"/api/admin/clients/{globex}/agents/", new { agent = tendai, service = "marketing" })).EnsureSuccessStatusCode().Dispose();

        Assert.Equal(2, (await admin.JsonAsync($"/api/admin/clients/{globex}/agents/")).GetArrayLength());
        Assert.Equal(("Globex Learning", "none"), await agent.JsonAsync($"/api/agents/my-clients/{globex}") is var mine ? (mine.Text("name"), mine.Text("credit_status")) : default);
        using (var browser = await server.BrowserAsync(PortalServer.MarketingAgent))
            Assert.Contains("No wallet yet: it opens with the first posting", await browser.GetStringAsync(new Uri($"/dashboard/agent/clients/{globex}", UriKind.Relative), Ct), StringComparison.Ordinal);
        using (var browser = await server.BrowserAsync(PortalServer.Admin))
            Assert.Contains("No wallet yet: it opens with the first posting", await browser.GetStringAsync(new Uri($"/dashboard/admin/clients/{globex}", UriKind.Relative), Ct), StringComparison.Ordinal);
        Assert.Equal(had + 1, (await agent.JsonAsync("/api/agents/my-clients/")).GetProperty("total").GetInt32());
        var stats = await agent.JsonAsync("/api/agents/stats/");
        Assert.Equal((8, 12, 66), (stats.GetProperty("current").GetInt32(), stats.GetProperty("max").GetInt32(), stats.GetProperty("workload").GetInt32()));
        Assert.Equal("marketing", stats.GetProperty("by_service")[0].Text("service"));

        using var off = await admin.DeleteAsync(new Uri($"/api/admin/clients/{globex}/agents/{tendai}?service=marketing", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NoContent, off.StatusCode);
        using var after = await agent.GetAsync(new Uri($"/api/agents/my-clients/{globex}", UriKind.Relative), Ct);
        await after.RefusedAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Theory]
    [InlineData(PortalServer.MarketingAgent)]
    [InlineData(PortalServer.AcmeOwner)]
    [InlineData(PortalServer.AcmeViewer)]
    public async Task Whoever_is_no_admin_is_refused_at_every_door_of_theirs(string person)
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(person);
        foreach (var path in new[] { "", "/counts", "/export", "/1", "/1/agents", "/import/template" })
            (await client.GetAsync(new Uri("/api/admin/clients" + path, UriKind.Relative), Ct)).Is(HttpStatusCode.Forbidden, path);
        foreach (var (path, body) in new (string, object)[] { ("", new { name = "x" }), ("/1/approve", new { }), ("/1/decline", new { reason = "x" }), ("/1/agents", new { agent = 2 }) })
            (await client.PostAsync("/api/admin/clients" + path, body)).Is(HttpStatusCode.Forbidden, path);
        (await client.PatchAsJsonAsync("/api/admin/clients/1", new { version = 0 }, Ct)).Is(HttpStatusCode.Forbidden, "PATCH");
        (await client.PatchAsJsonAsync("/api/admin/clients/1/status", new { status = "active" }, Ct)).Is(HttpStatusCode.Forbidden, "status");
        (await client.DeleteAsync(new Uri("/api/admin/clients/1/agents/2", UriKind.Relative), Ct)).Is(HttpStatusCode.Forbidden, "DELETE");
        (await client.PostAsync(new Uri("/api/admin/clients/import", UriKind.Relative), Csv("name\nX"), Ct)).Is(HttpStatusCode.Forbidden, "import");
    }

    [Theory]
    [InlineData(PortalServer.Admin)]
    [InlineData(PortalServer.AcmeOwner)]
    public async Task Whoever_is_no_agent_has_no_clients_of_their_own(string person)
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(person);
        foreach (var path in new[] { "my-clients/", "my-clients/1", "stats/" })
            (await client.GetAsync(new Uri("/api/agents/" + path, UriKind.Relative), Ct)).Is(HttpStatusCode.Forbidden, path);
    }

    [Fact]
    public async Task A_list_is_tried_then_imported_from_the_body_or_a_form_and_exported_again()
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        const string List = "name,owner_email\nMopane,rudo@mopane.example\nBad,nobody\nACME jewellers,\n";

        var tried = await ImportAsync(admin, "?dry_run=true", Csv(List));
        Assert.Equal((true, 1, 1, 1), (tried.GetProperty("is_dry_run").GetBoolean(), tried.GetProperty("new").GetInt32(), tried.GetProperty("skipped").GetInt32(), tried.GetProperty("wrong").GetInt32()));
        Assert.Equal(("wrong", "owner_email"), (tried.GetProperty("lines")[1].Text("verdict"), tried.GetProperty("lines")[1].Text("field")));
        using var form = new MultipartFormDataContent { { Csv(List), "file", "clients.csv" } };
        Assert.Equal(1, (await ImportAsync(admin, "?invite=true", form)).GetProperty("new").GetInt32());
        Assert.Equal(0, (await ImportAsync(admin, "", Csv(List))).GetProperty("new").GetInt32());

        var csv = await admin.GetStringAsync(new Uri("/api/admin/clients/export?q=mop", UriKind.Relative), Ct);
        Assert.Equal(2, csv.Trim().Split('\n').Length);
        Assert.Contains("Mopane", csv, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_screens_export_counts_days_where_its_reader_is()
    {
        await using var server = new PortalServer { Clock = new() };
        server.Clock.Forward(TimeSpan.FromHours(12.5)); // half past midnight in Harare, half past ten in the evening in UTC
        using (var program = await server.SignedInAsync(PortalServer.Admin))
            (await program.PostAsync("/api/admin/clients/", new { name = "Mopane" })).EnsureSuccessStatusCode().Dispose();
        using var admin = await server.BrowserAsync(PortalServer.Admin);

        foreach (var path in new[] { "/dashboard/admin/clients", "/dashboard/admin/clients/export.csv" })
        {
            Assert.Contains("Mopane", await admin.GetStringAsync(new Uri($"{path}?from=2026-11-22", UriKind.Relative), Ct), StringComparison.Ordinal);
            Assert.DoesNotContain("Mopane", await admin.GetStringAsync(new Uri($"{path}?to=2026-11-21", UriKind.Relative), Ct), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("clients/export.csv?from=rubbish", "“rubbish” is not a day for the filter “from”.")]
    [InlineData("audit/export.xlsx?to=2026-13-01", "“2026-13-01” is not a day for the filter “to”.")]
    [InlineData("audit/export.csv?type=unheard_of", "There is no such kind of event.")]
    public async Task A_screens_export_says_which_filter_it_cannot_read(string export, string words)
    {
        await using var server = new PortalServer();
        using var admin = await server.BrowserAsync(PortalServer.Admin);

        using var refused = await admin.GetAsync(new Uri($"/dashboard/admin/{export}", UriKind.Relative), Ct);

        var page = WebUtility.HtmlDecode(await refused.Content.ReadAsStringAsync(Ct));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Contains(words, page, StringComparison.Ordinal);
        Assert.DoesNotContain("on our side", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_is_none_is_refused_plainly()
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        using var json = await admin.PostAsync("/api/admin/clients/import", new { name = "x" });
        await json.RefusedAsync(HttpStatusCode.UnsupportedMediaType, "unsupported_media_type");
        using var large = await admin.PostAsync(new Uri("/api/admin/clients/import", UriKind.Relative), Csv(new string('x', (2 * 1024 * 1024) + 1)), Ct);
        await large.RefusedAsync(HttpStatusCode.RequestEntityTooLarge, "too_large");
        using var nameless = await admin.PostAsync(new Uri("/api/admin/clients/import", UriKind.Relative), Csv("phone\n1"), Ct);
        Assert.True((await nameless.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid")).GetProperty("errors").TryGetProperty("file", out _));
    }

    private static StringContent Csv(string text) => new(text, Encoding.UTF8, "text/csv");

    private static async Task<JsonElement> ImportAsync(HttpClient client, string query, HttpContent content)
    {
        using var answer = await client.PostAsync(new Uri("/api/admin/clients/import" + query, UriKind.Relative), content, Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.JsonAsync();
    }

    private static async Task<long> PendingAsync(PortalServer server)
    {
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        var client = new Client { Name = "Waiting Ltd", CreatedAt = server.Get<TimeProvider>().Now() };
        db.Add(client);
        await db.SaveChangesAsync(Ct);
        return client.Id;
    }

    private static async Task<long> ClientAsync(PortalServer server, string name)
    {
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        return (await db.Clients.SingleAsync(c => c.Name == name, Ct)).Id;
    }
}

file static class Answers
{
    public static void Is(this HttpResponseMessage answer, HttpStatusCode expected, string what)
    {
        Assert.True(answer.StatusCode == expected, $"{what}: {answer.StatusCode}");
        answer.Dispose();
    }
}
