using System.Net;
using System.Net.Http.Json;

namespace Portal.Tests.Api;

public class TeamApiTests
{
    [Theory]
    [InlineData(PortalServer.AcmeOwner)]
    [InlineData(PortalServer.AcmeViewer)]
    [InlineData(PortalServer.MarketingAgent)]
    public async Task The_agencys_own_doors_are_shut_to_everyone_else(string person)
    {
        await using var server = new PortalServer();
        using var client = await server.SignedInAsync(person);
        foreach (var path in new[] { "/api/admin/agents/", "/api/admin/agents/2", "/api/admin/admins/", "/api/admin/invitations/", "/api/admin/agency" })
            await RefusedAsync(client, HttpMethod.Get, path, null, HttpStatusCode.Forbidden);
        await RefusedAsync(client, HttpMethod.Patch, "/api/admin/agents/2", new { capacity = 5 }, HttpStatusCode.Forbidden);
        await RefusedAsync(client, HttpMethod.Patch, "/api/admin/agents/2/status", new { active = false }, HttpStatusCode.Forbidden);
        await RefusedAsync(client, HttpMethod.Post, "/api/admin/agents/2/handover", new { to = 3 }, HttpStatusCode.Forbidden);
        await RefusedAsync(client, HttpMethod.Post, "/api/admin/invitations/", new { full_name = "A", email = "a@example.com", role = "admin" }, HttpStatusCode.Forbidden);
        await RefusedAsync(client, HttpMethod.Delete, "/api/admin/people/1/second-factor", null, HttpStatusCode.Forbidden);
        await RefusedAsync(client, HttpMethod.Put, "/api/admin/agency", new { name = "Mine", sender_name = "Me", invoice_number_format = "{number}" }, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_admin_reads_and_changes_the_agency_by_the_API()
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);

        var agents = await admin.JsonAsync("/api/admin/agents/?sort=-workload&department=website");
        Assert.Equal(
            [("Grace Whitfield", "website", 100), ("Farai Ncube", "website", 50), ("Thabo Mokoena", "website", 44)],
            agents.GetProperty("items").EnumerateArray().Select(a => (a.Text("name"), a.Text("department"), a.GetProperty("workload_percent").GetInt32())));
        var agent = agents.GetProperty("items")[1];
        Assert.Equal(("Farai Ncube", "website", 5, 10, 50), (agent.Text("name"), agent.Text("department"), agent.GetProperty("clients").GetInt32(), agent.GetProperty("capacity").GetInt32(), agent.GetProperty("workload_percent").GetInt32()));
        var path = $"/api/admin/agents/{agent.GetProperty("id").GetInt64()}";
        using var changed = await admin.PatchAsJsonAsync(path, new { specialisation = "Shops" }, Ct);
        Assert.Equal("Shops", (await changed.JsonAsync()).Text("specialisation"));
        await RefusedAsync(admin, HttpMethod.Patch, path, new { department = "marketing" }, HttpStatusCode.Conflict, "agent_has_clients");
        await RefusedAsync(admin, HttpMethod.Patch, path + "/status", new { active = false }, HttpStatusCode.Conflict, "agent_has_clients");
        await RefusedAsync(admin, HttpMethod.Patch, path + "/status", new { }, HttpStatusCode.BadRequest, "malformed");
        await RefusedAsync(admin, HttpMethod.Post, path + "/handover", new { to = agent.GetProperty("id").GetInt64() }, HttpStatusCode.UnprocessableEntity);
        await RefusedAsync(admin, HttpMethod.Get, "/api/admin/agents/1", null, HttpStatusCode.NotFound);
        var me = (await admin.JsonAsync("/api/admin/admins/")).GetProperty("items").EnumerateArray().Single(a => a.Text("email") == PortalServer.Admin).GetProperty("id");
        await RefusedAsync(admin, HttpMethod.Patch, $"/api/admin/admins/{me}/status", new { active = false }, HttpStatusCode.Conflict, "not_yourself");

        var open = (await admin.JsonAsync("/api/admin/invitations/")).GetProperty("total").GetInt32();
        using var invited = await admin.PostAsync("/api/admin/invitations/", new { full_name = "Chipo", email = "chipo@example.com", department = "marketing", capacity = 4 });
        Assert.Equal(HttpStatusCode.Created, invited.StatusCode);
        Assert.Equal(open + 1, (await admin.JsonAsync("/api/admin/invitations/")).GetProperty("total").GetInt32());
        var invitation = $"/api/admin/invitations/{(await invited.JsonAsync()).GetProperty("id")}";
        using var again = await admin.PostAsync(invitation + "/send-again");
        using var withdrawn = await admin.DeleteAsync(new Uri(invitation, UriKind.Relative), Ct);
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.NoContent), (again.StatusCode, withdrawn.StatusCode));
        Assert.Equal(open, (await admin.JsonAsync("/api/admin/invitations/")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task The_agencys_profile_is_read_and_written_as_a_whole_with_its_version()
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        var profile = await admin.JsonAsync("/api/admin/agency");
        Assert.Equal("INV-{year}-{number:4}", profile.Text("invoice_number_format"));
        using var saved = await admin.PutAsJsonAsync("/api/admin/agency", new { name = "Marula", legal_name = (string?)null, currency = "ZAR", zone = "Africa/Harare", sender_name = "Marula", invoice_number_format = "{number}", version = 0 }, Ct);
        Assert.Equal((1, ""), (await saved.JsonAsync()) is var now ? (now.GetProperty("version").GetInt32(), now.Text("legal_name")) : default);
        await RefusedAsync(admin, HttpMethod.Put, "/api/admin/agency", new { name = "Other", sender_name = "Other", invoice_number_format = "{number}", version = 0 }, HttpStatusCode.Conflict, "changed");
        using var terms = await admin.PutAsJsonAsync("/api/admin/agency/terms", new { text = "Be kind.", version = 1 }, Ct);
        using var stranger = server.CreateClient();
        Assert.Equal(("Marula", 2), (await stranger.JsonAsync("/api/terms")) is var t ? (t.Text("agency"), t.GetProperty("version").GetInt32()) : default);
    }

    [Fact]
    public async Task An_owner_runs_their_team_by_the_API_and_a_viewer_only_sees_it()
    {
        await using var server = new PortalServer();
        using var owner = await server.SignedInAsync(PortalServer.AcmeOwner);
        using var viewer = await server.SignedInAsync(PortalServer.AcmeViewer);
        var people = (await viewer.JsonAsync("/api/team/")).GetProperty("items").EnumerateArray().ToList();
        Assert.Equal(["owner@acme.local", "viewer@acme.local"], people.Select(p => p.Text("email")).Order());
        var other = $"/api/team/{people.Single(p => p.Text("email") == PortalServer.AcmeViewer).GetProperty("user_id")}";
        var own = $"/api/team/{people.Single(p => p.Text("email") == PortalServer.AcmeOwner).GetProperty("user_id")}";

        await RefusedAsync(viewer, HttpMethod.Patch, other, new { level = "owner" }, HttpStatusCode.Forbidden);
        await RefusedAsync(viewer, HttpMethod.Delete, own, null, HttpStatusCode.Forbidden);
        await RefusedAsync(viewer, HttpMethod.Post, "/api/team/invitations", new { full_name = "A", email = "a@example.com", level = "viewer" }, HttpStatusCode.Forbidden);
        await RefusedAsync(owner, HttpMethod.Patch, own, new { level = "viewer" }, HttpStatusCode.Conflict, "last_owner");
        await RefusedAsync(owner, HttpMethod.Patch, other, new { level = "worker" }, HttpStatusCode.UnprocessableEntity);
        using var changed = await owner.PatchAsJsonAsync(other, new { level = "manager" }, Ct);
        using var invited = await owner.PostAsync("/api/team/invitations", new { full_name = "A", email = "a@example.com", level = "viewer" });
        Assert.Equal((HttpStatusCode.NoContent, HttpStatusCode.Created), (changed.StatusCode, invited.StatusCode));
        using var removed = await owner.DeleteAsync(new Uri(other, UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NoContent, removed.StatusCode);
        using var gone = await viewer.GetAsync(new Uri("/api/team/", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.Unauthorized, gone.StatusCode);
    }

    [Fact]
    public async Task Another_clients_team_and_profile_are_not_there()
    {
        await using var server = new PortalServer();
        using var owner = await server.SignedInAsync(PortalServer.AcmeOwner);
        using var agent = await server.SignedInAsync(PortalServer.MarketingAgent);
        using var globex = await server.SignedInAsync(PortalServer.GlobexOwner);
        var id = (await globex.JsonAsync("/api/client/closing")).GetProperty("client_id");
        foreach (var client in new[] { owner, agent })
        {
            await RefusedAsync(client, HttpMethod.Get, $"/api/team/?client={id}", null, HttpStatusCode.NotFound);
            await RefusedAsync(client, HttpMethod.Get, $"/api/client/profile?client={id}", null, HttpStatusCode.NotFound);
        }

        await RefusedAsync(owner, HttpMethod.Put, $"/api/client/profile?client={id}", new { name = "Mine" }, HttpStatusCode.NotFound);
        await RefusedAsync(owner, HttpMethod.Post, $"/api/client/closing?client={id}", new { name = "Globex Learning" }, HttpStatusCode.NotFound);
        await RefusedAsync(owner, HttpMethod.Post, $"/api/team/invitations?client={id}", new { full_name = "A", email = "a@example.com", level = "viewer" }, HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_organisation_is_closed_and_kept_by_the_API()
    {
        await using var server = new PortalServer();
        using var owner = await server.SignedInAsync(PortalServer.GlobexOwner);
        await RefusedAsync(owner, HttpMethod.Post, "/api/client/closing", new { name = "Acme" }, HttpStatusCode.UnprocessableEntity);
        using var closed = await owner.PostAsync("/api/client/closing", new { name = "Globex Learning" });
        Assert.Equal("closing", (await closed.JsonAsync()).Text("status"));
        using var kept = await owner.DeleteAsync(new Uri("/api/client/closing", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NoContent, kept.StatusCode);
        Assert.Equal("active", (await owner.JsonAsync("/api/client/closing")).Text("status"));
        using var profile = await owner.PutAsJsonAsync("/api/client/profile", new { name = "Globex", currency = "INR", zone = "Asia/Kolkata", country = "in", version = (await owner.JsonAsync("/api/client/profile")).GetProperty("version").GetInt64() }, Ct);
        Assert.Equal("IN", (await profile.JsonAsync()).Text("country"));
    }

    private static async Task RefusedAsync(HttpClient client, HttpMethod method, string path, object? body, HttpStatusCode status, string? code = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await client.SendAsync(request, Ct);
        Assert.True(answer.StatusCode == status, $"{method} {path}: {(int)answer.StatusCode} instead of {(int)status}");
        await answer.RefusedAsync(status, code ?? status switch { HttpStatusCode.Forbidden => "forbidden", HttpStatusCode.NotFound => "not_found", _ => "invalid" });
    }
}
