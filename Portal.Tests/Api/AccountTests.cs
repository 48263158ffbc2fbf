using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Portal.Tests.Api;

/// <summary>A person's own account, asked for by programs.</summary>
public sealed class AccountTests(PortalServer server) : IClassFixture<PortalServer>
{
    [Fact]
    public async Task Only_the_fields_that_are_sent_are_changed()
    {
        using var client = await server.SignedInAsync(PortalServer.GlobexOwner);

        using var changed = await client.PatchAsJsonAsync("/api/auth/me", new { mobile = "+91 98765 43210", culture = "en-IN", whats_app_notifications = true }, Ct);
        var me = await changed.JsonAsync();

        Assert.Equal(("Meera Iyer", "+919876543210", "Asia/Kolkata", "en-IN", "system"), (me.Text("full_name"), me.Text("mobile"), me.Text("zone"), me.Text("culture"), me.Text("theme")));
        Assert.True(me.GetProperty("whats_app_notifications").GetBoolean());
    }

    [Theory]
    [InlineData("""{"mobile":"12345"}""", "mobile")]
    [InlineData("""{"zone":"Nowhere/Else"}""", "zone")]
    [InlineData("""{"full_name":"  "}""", "full_name")]
    [InlineData("""{"culture":"xx"}""", "culture")]
    public async Task A_field_that_does_not_fit_is_named(string body, string field)
    {
        using var client = await server.SignedInAsync(PortalServer.GlobexOwner);
        using var content = new StringContent(body, System.Text.Encoding.UTF8, "application/json");
        using var answer = await client.PatchAsync(new Uri("/api/auth/me", UriKind.Relative), content, Ct);

        var problem = await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");

        Assert.Equal(field, Assert.Single(problem.GetProperty("errors").EnumerateObject()).Name);
    }

    [Fact]
    public async Task The_sign_in_log_tells_of_ones_own_account_and_of_no_other()
    {
        using var client = await server.SignedInAsync(PortalServer.AcmeViewer);
        using var other = await server.SignedInAsync(PortalServer.AcmeOwner);

        var log = (await client.JsonAsync("/api/account/sign-ins/?page_size=100")).GetProperty("items").EnumerateArray().ToList();

        Assert.Equal("signed_in", log[0].Text("type"));
        var me = (await server.ActorAsync(PortalServer.AcmeViewer)).UserId;
        await using var db = server.Open();
        var mine = await db.Events.Where(e => e.Type == "signed_in" && e.ActorId == me).OrderByDescending(e => e.Id).Select(e => e.Id).ToListAsync(Ct);
        Assert.Equal(mine, log.Where(e => e.Text("type") == "signed_in").Select(e => e.GetProperty("id").GetInt64()));
        using var wrong = await client.GetAsync(new Uri("/api/account/sign-ins/?sort=data", UriKind.Relative), Ct);
        await wrong.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
    }

    [Fact]
    public async Task The_export_holds_everything_about_the_person_and_no_secret()
    {
        using var client = await server.SignedInAsync(PortalServer.MarketingAgent);

        var export = await client.JsonAsync("/api/account/export");

        Assert.Equal(PortalServer.MarketingAgent, export.GetProperty("person").Text("email"));
        Assert.Equal(
            ["Acme Jewellers", "Harbour & Pine", "Impala Insurance Brokers", "Kopje Coffee Roasters", "Rift Valley Tours", "Savanna Print", "Thames Cycle Works"],
            export.GetProperty("access").EnumerateArray().Select(a => a.Text("name")).Order());
        Assert.NotEmpty(export.GetProperty("sessions").EnumerateArray());
        Assert.Contains(export.GetProperty("events").EnumerateArray(), e => e.Text("type") == "signed_in");
        Assert.Equal((JsonValueKind.Array, JsonValueKind.Array), (export.GetProperty("invitations").ValueKind, export.GetProperty("passkeys").ValueKind));
        Assert.DoesNotContain("hash", export.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secret", export.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.Equal(1, await server.EventsAsync((await server.ActorAsync(PortalServer.MarketingAgent)).UserId, "own_data_exported"));
    }

    [Theory]
    [InlineData("GET", "/api/account/sessions/")]
    [InlineData("POST", "/api/account/sessions/end-others")]
    [InlineData("GET", "/api/account/sign-ins/")]
    [InlineData("GET", "/api/account/export")]
    [InlineData("PATCH", "/api/auth/me")]
    public async Task A_stranger_has_no_account(string method, string path)
    {
        using var client = server.CreateClient();
        using var request = new HttpRequestMessage(new HttpMethod(method), path) { Content = JsonContent.Create(new { }) };
        using var answer = await client.SendAsync(request, Ct);
        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }
}
