using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Startup;

namespace Portal.Tests.Api;

public class RefusalTests(PortalServer server) : IClassFixture<PortalServer>
{
    [Theory]
    [InlineData("/api/auth/me")]
    [InlineData("/api/audit")]
    [InlineData("/api/deliveries")]
    [InlineData("/api/audit/1")]
    public async Task A_stranger_is_asked_who_they_are(string path)
    {
        using var client = server.CreateClient(new() { AllowAutoRedirect = false });
        using var answer = await GetAsync(client, path);
        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Theory]
    [InlineData("rubbish")]
    [InlineData("a.b.c")]
    [InlineData("eyJhbGciOiJub25lIn0.e30.")]
    [InlineData("eyJhbGciOiLFIn0.e30.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")] // bytes that are no UTF-8
    public async Task A_token_that_is_none_of_ours_is_not_taken(string token)
    {
        using var client = server.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await GetAsync(client, "/api/auth/me");
        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "invalid_token");
        Assert.Contains("invalid_token", answer.Headers.WwwAuthenticate.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(PortalServer.AcmeOwner, "/api/audit")]
    [InlineData(PortalServer.MarketingAgent, "/api/audit/export")]
    [InlineData(PortalServer.AcmeViewer, "/api/deliveries")]
    [InlineData(PortalServer.AcmeOwner, "/api/audit/chain")]
    public async Task Who_may_not_is_told_so(string email, string path)
    {
        using var client = await server.SignedInAsync(email);
        using var answer = await GetAsync(client, path);
        await answer.RefusedAsync(HttpStatusCode.Forbidden, "forbidden");
    }

    [Theory]
    [InlineData("/api/audit/999999")]
    [InlineData("/api/nothing")]
    [InlineData("/api")]
    [InlineData("/api/audit/one")]
    public async Task What_is_not_there_is_not_found(string path)
    {
        using var client = await server.SignedInAsync(PortalServer.Admin);
        using var answer = await GetAsync(client, path);
        await answer.RefusedAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task The_wrong_method_is_told_so()
    {
        using var client = await server.SignedInAsync(PortalServer.Admin);
        using var answer = await client.DeleteAsync(new Uri("/api/audit", UriKind.Relative), Ct);
        await answer.RefusedAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
    }

    [Theory]
    [InlineData("text/plain", "hello", 415, "unsupported_media_type", null)]
    [InlineData("application/json", "{", 400, "malformed", null)]
    [InlineData("application/json", "", 400, "malformed", null)]
    [InlineData("application/json", "null", 400, "malformed", null)]
    [InlineData("application/json", "[]", 400, "malformed", null)]
    [InlineData("application/json", """{"email":7,"password":"x"}""", 400, "malformed", "email")]
    [InlineData("application/json", """{"email":"a@b.c","email":"d@e.f","password":"x"}""", 400, "malformed", null)]
    [InlineData("application/json", """{"email":"\ud800@b.c","password":"x"}""", 400, "malformed", null)]
    [InlineData("application/json", """{"email":"a","password":"x"}""", 422, "invalid", "email")]
    [InlineData("application/json", """{"email":"a@b.c"}""", 422, "invalid", "password")]
    [InlineData("application/json", """{"email":null,"password":null}""", 422, "invalid", "email")]
    [InlineData("application/json", "{}", 422, "invalid", "email")]
    public async Task A_body_that_does_not_fit_is_refused_by_its_field(string type, string body, int status, string code, string? field)
    {
        using var client = server.CreateClient();
        using var content = new StringContent(body, Encoding.UTF8, type);
        using var answer = await client.PostAsync(new Uri("/api/auth/login", UriKind.Relative), content, Ct);
        var problem = await answer.RefusedAsync((HttpStatusCode)status, code);
        if (field is not null)
            Assert.NotEmpty(problem.GetProperty("errors").GetProperty(field).EnumerateArray().First().GetString()!);
    }

    [Theory]
    [InlineData("page_size=101", 422, "page_size")]
    [InlineData("page=0", 422, "page")]
    [InlineData("page=101&page_size=100", 422, "page")]
    [InlineData("sort=rubbish", 422, "sort")]
    [InlineData("cursor=rubbish", 422, "cursor")]
    [InlineData("cursor=eyJTb3J0IjoiYXQrIiwiQmFjayI6ZmFsc2UsIktleSI6IjIwMjYtMTEtMjFUMTA6MDA6MDAiLCJJZCI6MX0&sort=at", 422, "cursor")]
    [InlineData("page=one", 400, "page")]
    [InlineData("client=one", 400, "client")]
    [InlineData("from=yesterday", 400, "from")]
    public async Task A_parameter_that_does_not_fit_is_refused_by_its_name(string query, int status, string field)
    {
        using var client = await server.SignedInAsync(PortalServer.Admin);
        using var answer = await GetAsync(client, $"/api/audit?{query}");
        var problem = await answer.RefusedAsync((HttpStatusCode)status, status == 400 ? "malformed" : "invalid");
        Assert.True(problem.GetProperty("errors").TryGetProperty(field, out _), problem.ToString());
    }

    // A binder that overlooks what a filter inherits would answer with the standard page.
    [Fact]
    public async Task Every_list_reads_the_size_of_its_page()
    {
        var lists = (await (await server.SignedInAsync(PortalServer.Admin)).JsonAsync("/openapi.json")).GetProperty("paths").EnumerateObject()
            .Where(path => path.Value.TryGetProperty("get", out var get) && get.TryGetProperty("parameters", out var asked) && asked.EnumerateArray().Any(p => p.Text("name") == "page_size"))
            .Select(path => Regex.Replace(path.Name.Replace("{name}", "clean-up", StringComparison.Ordinal).Replace("{key}", "welcome", StringComparison.Ordinal), @"\{\w+\}", "1")).ToList();
        Assert.NotEmpty(lists);
        var deaf = lists.ToHashSet();
        foreach (var person in new[] { PortalServer.Admin, PortalServer.MarketingAgent, PortalServer.AcmeOwner })
        {
            using var client = await server.SignedInAsync(person);
            foreach (var list in lists)
            {
                using var answer = await GetAsync(client, $"{list}?page_size=0");
                if (answer.StatusCode is HttpStatusCode.UnprocessableEntity && (await answer.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid")).GetProperty("errors").TryGetProperty("page_size", out _))
                    deaf.Remove(list);
            }
        }

        Assert.Empty(deaf);
    }

    [Theory]
    [InlineData("to=9999-12-31")]
    [InlineData("from=0001-01-01&to=0001-01-01")]
    [InlineData("q=%25_%5B")]
    [InlineData("q=%00")]
    [InlineData("subject_kind=client&subject_id=-1")]
    public async Task A_filter_at_the_edge_is_only_a_filter(string query)
    {
        using var client = await server.SignedInAsync(PortalServer.Admin);
        using var answer = await GetAsync(client, $"/api/audit?{query}");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("/api/audit")]
    [InlineData("/api/audit/")]
    [InlineData("/api/deliveries/")]
    [InlineData("/api/auth/me/")]
    [InlineData("/API/Auth/Me")]
    public async Task A_slash_at_the_end_makes_no_difference(string path)
    {
        using var client = await server.SignedInAsync(PortalServer.Admin);
        using var answer = await GetAsync(client, path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Fact]
    public async Task A_cookie_opens_nothing_under_the_API()
    {
        using var client = server.CreateClient(new() { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("Cookie", "portal=CfDJ8anything");
        using var answer = await GetAsync(client, "/api/auth/me");
        await answer.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized");
    }

    [Theory]
    [InlineData("%2Fdashboard%2Fadmin%2Faudit", "/dashboard/admin/audit")]
    [InlineData("https%3A%2F%2Fevil.example", "/")]
    [InlineData("%2F%2Fevil.example", "/")]
    [InlineData("%2F%5Cevil.example", "/")]
    [InlineData("%2F%09%2Fevil.example", "/")]
    public async Task Signing_in_leads_to_a_page_of_ours_whatever_the_link_says(string asked, string led)
    {
        using var browser = await server.BrowserAsync(PortalServer.Admin);
        using var answer = await GetAsync(browser, $"/sign-in?return={asked}");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        Assert.Equal(led, answer.Headers.Location!.ToString().Replace("http://localhost", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_bug_says_nothing_but_where_to_look_for_it()
    {
        using var body = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = server.Services, Request = { Path = "/api/anything" }, Response = { Body = body } };

        await new Errors(NullLogger<Errors>.Instance).TryHandleAsync(http, new InvalidOperationException("Password=secret; at Portal.Core"), Ct);

        var problem = JsonDocument.Parse(body.ToArray()).RootElement;
        Assert.Equal((500, "unexpected"), (http.Response.StatusCode, problem.Text("code")));
        Assert.Equal(["code", "status", "title", "trace_id"], problem.EnumerateObject().Select(p => p.Name).Where(n => n != "type").Order());
        Assert.DoesNotContain("secret", Encoding.UTF8.GetString(body.ToArray()), StringComparison.Ordinal);
    }

    private static Task<HttpResponseMessage> GetAsync(HttpClient client, string path) => client.GetAsync(new Uri(path, UriKind.Relative), Ct);
}
