using System.Net;
using System.Text;

namespace Portal.Tests.Api;

public class AuditTests
{
    [Fact]
    public async Task What_people_do_is_in_the_audit_log_with_all_there_is_to_know()
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(PortalServer.Admin);

        var page = await client.JsonAsync("/api/audit?type=signed_in");

        Assert.Equal(["items", "next", "page_size", "previous", "total"], page.EnumerateObject().Select(p => p.Name).Order());
        var line = page.GetProperty("items")[0];
        Assert.Equal(("Nomsa Dube", "admin", "user"), (line.Text("actor_name"), line.Text("actor_role"), line.Text("subject_kind")));
        Assert.EndsWith("Z", line.Text("at"), StringComparison.Ordinal);
        Assert.Equal("api", line.GetProperty("data").Text("by"));
        var one = await client.JsonAsync($"/api/audit/{line.GetProperty("id")}");
        Assert.Equal(line.ToString(), one.ToString());
    }

    [Fact]
    public async Task The_log_is_filtered_paged_and_exported_alike()
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(PortalServer.Admin);
        var opened = await client.JsonAsync("/api/audit?type=client_opened&page_size=1&sort=id");
        var count = opened.GetProperty("total").GetInt32();
        Assert.Equal(1, opened.GetProperty("items").GetArrayLength());
        var next = await client.JsonAsync($"/api/audit?type=client_opened&page_size=1&sort=id&cursor={opened.Text("next")}");
        Assert.NotEqual(opened.GetProperty("items")[0].Text("client_name"), next.GetProperty("items")[0].Text("client_name"));
        Assert.All((await client.JsonAsync("/api/audit?q=NOMSA")).GetProperty("items").EnumerateArray(), e => Assert.Equal("Nomsa Dube", e.Text("actor_name")));

        using var csv = await client.GetAsync(new Uri("/api/audit/export?type=client_opened", UriKind.Relative), Ct);
        Assert.Equal("text/csv", csv.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", csv.Content.Headers.ContentDisposition!.DispositionType);
        Assert.Equal(count + 1, (await csv.Content.ReadAsStringAsync(Ct)).TrimEnd().Split("\r\n").Length);
        using var xlsx = await client.GetAsync(new Uri("/api/audit/export?format=xlsx", UriKind.Relative), Ct);
        Assert.Equal("PK", Encoding.ASCII.GetString((await xlsx.Content.ReadAsByteArrayAsync(Ct))[..2]));
        using var pdf = await client.GetAsync(new Uri("/api/audit/export?format=pdf", UriKind.Relative), Ct);
        await pdf.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
    }

    [Theory]
    [InlineData("from=2026-11-21&to=2026-11-21", true)]
    [InlineData("from=2026-11-22", false)]
    [InlineData("from=2026-11-22&zone=Pacific/Kiritimati", true)] // fourteen hours ahead: there it is tomorrow already
    [InlineData("from=2026-11-21&to=2026-11-21&zone=Pacific/Kiritimati", false)]
    [InlineData("from=0001-01-01&to=9999-12-31&zone=Pacific/Kiritimati", true)]
    public async Task A_day_is_a_day_of_the_zone_that_is_named(string days, bool isIn)
    {
        await using var server = new PortalServer { Clock = new() };
        using var client = await server.SignedInAsync(PortalServer.Admin);
        var own = (await client.JsonAsync("/api/audit?type=signed_in&sort=-id&page_size=1")).GetProperty("items")[0];

        var found = await client.JsonAsync($"/api/audit?type=signed_in&actor={own.GetProperty("actor_id")}&sort=-id&page_size=100&{days}");

        Assert.Equal(("Nomsa Dube", "2026-11-21T10:00:00Z"), (own.Text("actor_name"), own.Text("at")));
        Assert.Equal(isIn, found.GetProperty("items").EnumerateArray().Any(e => e.GetProperty("id").GetInt64() == own.GetProperty("id").GetInt64()));
    }

    [Fact]
    public async Task The_chain_is_sealed_and_checked_from_outside()
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(PortalServer.Admin);
        Assert.True((await client.JsonAsync("/api/audit/chain")).GetProperty("unsealed").GetInt32() > 0);
        await server.Get<Sealer>().RunAsync(Ct);
        var report = await client.JsonAsync("/api/audit/chain");
        Assert.Equal(0, report.GetProperty("unsealed").GetInt32());
        Assert.True(report.GetProperty("sealed").GetInt32() >= 3);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, report.GetProperty("trouble").ValueKind);
    }

    [Fact]
    public async Task The_person_whose_sign_in_was_paused_gets_one_mail()
    {
        await using var server = new PortalServer();
        using var client = server.CreateClient();
        for (var i = 0; i < 5; i++)
            (await client.PostAsync("/api/auth/login", new { email = PortalServer.AcmeOwner, password = "wrong password" })).Dispose();

        for (var i = 0; i < 2; i++)
        {
            await server.Get<EventRelay>().RunAsync(Ct);
            await server.Get<DeliverySender>().RunAsync(Ct);
        }

        var mail = Assert.Single(Directory.EnumerateFiles(Path.Combine(server.DataPath, "mailbox")));
        Assert.Contains($"To: <{PortalServer.AcmeOwner}>", await File.ReadAllTextAsync(mail, Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secrets_are_never_in_the_log_nor_in_the_events()
    {
        var log = new HeardLog();
        await using var server = new PortalServer { Log = log, Settings = { ["Logging:LogLevel:Default"] = "Trace", ["Logging:LogLevel:Microsoft.AspNetCore"] = "Trace", ["Logging:LogLevel:Microsoft.EntityFrameworkCore"] = "Trace" } };
        using var client = server.CreateClient();
        using var answer = await client.PostAsync("/api/auth/login", new { email = PortalServer.Admin, password = PortalServer.Password });
        var grant = await answer.JsonAsync();
        using var renewed = await client.PostAsync("/api/auth/refresh", new { refresh_token = grant.Text("refresh_token") });
        var second = await renewed.JsonAsync();
        using var wrong = await client.PostAsync("/api/auth/login", new { email = PortalServer.AcmeOwner, password = "my other password" });
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me") { Headers = { Authorization = new("Bearer", second.Text("access_token")) } };
        using var me = await client.SendAsync(request, Ct);
        Assert.Equal(HttpStatusCode.OK, me.StatusCode);

        var said = string.Join('\n', log.Lines);
        Assert.Contains("/api/auth/login", said, StringComparison.Ordinal); // it was listened to
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        said += string.Join('\n', await db.Events.Select(e => e.Data).ToListAsync(Ct));
        foreach (var secret in new[] { PortalServer.Password, "my other password", grant.Text("access_token"), grant.Text("refresh_token"), second.Text("access_token"), second.Text("refresh_token") })
            Assert.DoesNotContain(secret, said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Whoever_is_turned_away_is_in_the_log_and_cannot_write_a_line_of_it()
    {
        var log = new HeardLog();
        await using var server = new PortalServer { Log = log };
        using var client = await server.SignedInAsync(PortalServer.AcmeOwner);
        var owner = await server.UserAsync(PortalServer.AcmeOwner);

        (await client.GetAsync(new Uri("/api/audit?q=secret", UriKind.Relative), Ct)).Dispose();
        client.DefaultRequestHeaders.Authorization = null;
        (await client.GetAsync(new Uri("/api/auth/me%0D%0Aforged", UriKind.Relative), Ct)).Dispose();
        (await client.GetAsync(new Uri("/api/auth/me", UriKind.Relative), Ct)).Dispose();

        var refused = log.Lines.Where(l => l.Contains("Refused with", StringComparison.Ordinal)).ToList();
        Assert.Contains(refused, l => l.Contains($"Refused with 403: GET /api/audit, person {owner.Id} from", StringComparison.Ordinal));
        Assert.Contains(refused, l => l.Contains("Refused with 401: GET /api/auth/me, person 0 from", StringComparison.Ordinal));
        Assert.All(refused, l => Assert.True(!l.Contains('\n') && !l.Contains("secret", StringComparison.Ordinal), l));
    }

    [Fact]
    public async Task A_second_host_on_the_same_data_starts_and_knows_the_firsts_tokens()
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(PortalServer.Admin);
        await using var beside = new PortalServer { DataPath = server.DataPath };
        using var there = beside.CreateClient();
        there.DefaultRequestHeaders.Authorization = client.DefaultRequestHeaders.Authorization;
        Assert.Equal(PortalServer.Admin, (await there.JsonAsync("/api/auth/me")).Text("email"));
    }

    [Fact]
    public async Task On_a_port_it_is_the_same_host()
    {
        await using var server = new PortalServer();
        var address = server.Listen();
        using var client = new HttpClient { BaseAddress = address };
        Assert.Equal("ES256", (await client.JsonAsync("/.well-known/jwks.json")).GetProperty("keys")[0].Text("alg"));
    }
}
