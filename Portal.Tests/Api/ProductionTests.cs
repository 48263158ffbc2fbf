using System.Net;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Portal.Tests.Api;

/// <summary>The host as it runs for real: no demo people, keys and the first admin from configuration.</summary>
public class ProductionTests
{
    [Fact]
    public async Task The_first_admin_comes_from_configuration_and_nobody_else_is_there()
    {
        await using var server = Production();
        using var client = server.CreateClient();
        using var demo = await client.PostAsync("/api/auth/login", new { email = PortalServer.Admin, password = PortalServer.Password });
        await demo.RefusedAsync(HttpStatusCode.Unauthorized, "invalid_credentials");

        using var signedIn = await server.SignedInAsync("boss@example.com");
        Assert.Equal("admin", (await signedIn.JsonAsync("/api/auth/me")).Text("role"));
        await using var again = Production(server.DataPath);
        using var there = await again.SignedInAsync("boss@example.com"); // a second start makes no second admin
        Assert.Equal(1, (await there.JsonAsync("/api/audit?type=first_admin_created")).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task Without_a_master_key_it_does_not_start()
    {
        await using var server = new PortalServer { Environment = "Production" };
        var refusal = Assert.ThrowsAny<Exception>(server.CreateClient);
        Assert.Contains("Portal:MasterKey", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_bench_and_its_garbage_collection_are_not_there()
    {
        await using var server = Production();
        using var client = server.CreateClient(new() { AllowAutoRedirect = false });
        using var answer = await client.GetAsync(new Uri("/gc", UriKind.Relative), Ct);
        Assert.False(answer.IsSuccessStatusCode);
    }

    [Fact]
    public async Task The_wrong_method_is_told_so_for_reading_too()
    {
        await using var server = Production();
        using var client = server.CreateClient();
        using var answer = await client.GetAsync(new Uri("/api/auth/login", UriKind.Relative), Ct);
        await answer.RefusedAsync(HttpStatusCode.MethodNotAllowed, "method_not_allowed");
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
    }

    [Fact]
    public async Task Another_name_than_the_portals_own_is_not_answered()
    {
        await using var server = Production();
        using var client = server.CreateClient(new() { BaseAddress = new("http://evil.example"), AllowAutoRedirect = false });
        using var answer = await client.GetAsync(new Uri("/dashboard/admin", UriKind.Relative), Ct);
        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Over_TLS_browsers_are_told_to_stay_there()
    {
        await using var server = Production();
        using var client = server.CreateClient(new() { BaseAddress = new("https://portal.example.com") });
        using var answer = await client.GetAsync(new Uri("/.well-known/jwks.json", UriKind.Relative), Ct);
        Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
        using var refused = await client.PostAsync("/api/auth/login", new { email = "none" });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.StatusCode);
        Assert.Single(refused.Headers.GetValues("Strict-Transport-Security"));
    }

    [Fact]
    public async Task Over_TLS_every_cookie_is_for_this_host_and_for_TLS_alone()
    {
        await using var server = Production();
        using var client = server.CreateClient(new() { BaseAddress = new("https://portal.example.com"), AllowAutoRedirect = false });
        using var shown = await client.GetAsync(new Uri("/sign-in", UriKind.Relative), Ct);
        using var entered = await client.PostFormAsync("/sign-in", shown, ("_handler", "sign-in"), ("Input.Email", "boss@example.com"), ("Input.Password", PortalServer.Password));

        Assert.Equal(HttpStatusCode.Redirect, entered.StatusCode);
        var cookies = shown.Headers.GetValues("Set-Cookie").Concat(entered.Headers.GetValues("Set-Cookie")).ToList();
        Assert.Contains(cookies, c => c.StartsWith("__Host-portal-form=", StringComparison.Ordinal) && c.Contains("samesite=strict", StringComparison.Ordinal));
        Assert.Contains(cookies, c => c.StartsWith("__Host-portal=", StringComparison.Ordinal) && c.Contains("samesite=lax", StringComparison.Ordinal));
        Assert.All(cookies, c => Assert.True(c.StartsWith("__Host-", StringComparison.Ordinal) && c.Contains("path=/;", StringComparison.Ordinal) && c.Contains("secure", StringComparison.Ordinal) && c.Contains("httponly", StringComparison.Ordinal), c));
        using var home = await client.GetAsync(new Uri("/dashboard/admin", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, home.StatusCode);
    }

    [Fact]
    public async Task The_log_is_JSON_in_UTC()
    {
        await using var server = Production();
        Assert.Equal("json", server.Get<IOptions<ConsoleLoggerOptions>>().Value.FormatterName);
        Assert.True(server.Get<IOptionsMonitor<JsonConsoleFormatterOptions>>().CurrentValue.UseUtcTimestamp);
    }

    private static PortalServer Production(string? dataPath = null) => new()
    {
        Environment = "Production",
        DataPath = dataPath!,
        Settings =
        {
            ["ReloadStaticAssetsAtRuntime"] = "false", // as it is when published
            ["Portal:MasterKey"] = "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=",
            ["Portal:PublicUrl"] = "https://portal.example.com",
            ["Portal:FirstAdmin:Email"] = "boss@example.com",
            ["Portal:FirstAdmin:Password"] = PortalServer.Password,
        },
    };
}
