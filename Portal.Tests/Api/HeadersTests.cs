using System.Buffers.Text;
using System.Security.Cryptography;

namespace Portal.Tests.Api;

public class HeadersTests(PortalServer server) : IClassFixture<PortalServer>
{
    [Theory]
    [InlineData("/api/auth/me", 401)]
    [InlineData("/api/nothing", 404)]
    [InlineData("/api/audit?page=one", 401)]
    [InlineData("/.well-known/jwks.json", 200)]
    [InlineData("/openapi.json", 200)]
    [InlineData("/docs/index.html", 200)]
    [InlineData("/", 302)]
    public async Task Every_kind_of_answer_carries_the_headers_that_protect_it(string path, int status)
    {
        using var client = server.CreateClient(new() { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("nosniff", Header(answer, "X-Content-Type-Options"));
        Assert.Equal("DENY", Header(answer, "X-Frame-Options"));
        Assert.Equal("same-origin", Header(answer, "Cross-Origin-Opener-Policy"));
        Assert.Equal("strict-origin-when-cross-origin", Header(answer, "Referrer-Policy"));
        Assert.Contains("geolocation=()", Header(answer, "Permissions-Policy"), StringComparison.Ordinal);
        var policy = Header(answer, "Content-Security-Policy");
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.Contains("script-src 'self';", policy, StringComparison.Ordinal);
        Assert.Equal(path.StartsWith("/docs", StringComparison.Ordinal), policy.Contains("unsafe-inline", StringComparison.Ordinal));
        Assert.NotNull(answer.Headers.CacheControl);
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("X-Powered-By"));
    }

    [Theory]
    [InlineData("/sign-in", 200)]
    [InlineData("/dashboard/admin", 302)]
    [InlineData("/nothing-here", 404)]
    public async Task Whoever_asks_only_for_the_head_of_a_page_gets_it(string path, int status)
    {
        using var client = server.CreateClient(new() { AllowAutoRedirect = false });
        using var asked = new HttpRequestMessage(HttpMethod.Head, path);
        using var answer = await client.SendAsync(asked, Ct);

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync(Ct));
    }

    [Theory]
    [InlineData("/sign-in", "text/html")]
    [InlineData("/portal.css", "text/css")]
    [InlineData("/portal.js", "text/javascript")]
    public async Task Every_text_says_in_which_letters_it_is_written(string path, string type)
    {
        using var client = server.CreateClient();
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.Equal((type, "utf-8"), (answer.Content.Headers.ContentType!.MediaType, answer.Content.Headers.ContentType.CharSet));
    }

    [Theory]
    [InlineData(null, 200)]
    [InlineData("http://localhost", 200)]
    [InlineData("http://localhost:5080", 200)] // the name people use
    [InlineData("https://evil.example.com", 403)]
    [InlineData("http://localhost.evil.example.com", 403)]
    [InlineData("null", 403)]
    public async Task A_circuit_is_opened_by_our_own_pages_only(string? origin, int status)
    {
        using var client = server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/_blazor/negotiate?negotiateVersion=1");
        if (origin is not null)
            request.Headers.Add("Origin", origin);
        using var answer = await client.SendAsync(request, Ct);
        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Whoever_signs_out_leaves_no_half_written_form_in_the_browser()
    {
        using var browser = await server.BrowserAsync(PortalServer.AcmeViewer);
        using var answer = await browser.PressAsync("/sign-out", "/forbidden");
        Assert.Equal("\"storage\"", Header(answer, "Clear-Site-Data"));
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/auth/me")]
    [InlineData("/portal.css")]
    public async Task Nobody_traces_a_request(string path)
    {
        using var client = server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Trace, path) { Headers = { { "X-Secret", "echo" } } };
        using var answer = await client.SendAsync(request, Ct);
        Assert.False(answer.IsSuccessStatusCode);
        Assert.DoesNotContain("X-Secret", await answer.Content.ReadAsStringAsync(Ct), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_person_saw_stays_out_of_caches()
    {
        using var client = await server.SignedInAsync(PortalServer.AcmeOwner);
        using var answer = await client.GetAsync(new Uri("/api/auth/me", UriKind.Relative), Ct);
        Assert.True(answer.Headers.CacheControl!.NoStore);
    }

    [Fact]
    public async Task The_public_keys_are_whole_and_public_only()
    {
        using var client = server.CreateClient();
        var keys = (await client.JsonAsync("/.well-known/jwks.json")).GetProperty("keys").EnumerateArray().ToList();
        var key = Assert.Single(keys);
        Assert.Equal(["alg", "crv", "kid", "kty", "use", "x", "y"], key.EnumerateObject().Select(p => p.Name).Order());
        Assert.Equal(("ES256", "P-256", "EC", "sig"), (key.Text("alg"), key.Text("crv"), key.Text("kty"), key.Text("use")));

        using var made = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new() { X = Base64Url.DecodeFromChars(key.Text("x")), Y = Base64Url.DecodeFromChars(key.Text("y")) },
        });
        using var signedIn = await server.SignedInAsync(PortalServer.AcmeOwner);
        var token = signedIn.DefaultRequestHeaders.Authorization!.Parameter!;
        Assert.Equal(key.Text("kid"), Jwt.KidOf(token));
        Assert.NotNull(Jwt.Verify(token, made));
    }

    [Fact]
    public async Task Other_sites_are_closed_out_unless_they_are_named()
    {
        using var closed = await AskAsync(server, "https://app.example.com");
        Assert.False(closed.Headers.Contains("Access-Control-Allow-Origin"));

        await using var open = new PortalServer { Settings = { ["Portal:CorsOrigins:0"] = "https://app.example.com" } };
        using var named = await AskAsync(open, "https://app.example.com");
        Assert.Equal("https://app.example.com", Header(named, "Access-Control-Allow-Origin"));
        Assert.False(named.Headers.Contains("Access-Control-Allow-Credentials"));
        using var other = await AskAsync(open, "https://evil.example.com");
        Assert.False(other.Headers.Contains("Access-Control-Allow-Origin"));
    }

    private static async Task<HttpResponseMessage> AskAsync(PortalServer server, string origin)
    {
        using var client = server.CreateClient();
        using var request = new HttpRequestMessage(HttpMethod.Options, "/api/auth/login");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type");
        return await client.SendAsync(request, Ct);
    }

    private static string Header(HttpResponseMessage answer, string name) => Assert.Single(answer.Headers.GetValues(name));
}
