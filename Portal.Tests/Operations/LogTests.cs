using System.Text.Json;
using System.Text.RegularExpressions;

namespace Portal.Tests.Operations;

/// <summary>What a busy host in Production prints.</summary>
public partial class LogTests
{
    private const string Canary = "canary7391";

    [Fact]
    public async Task No_secret_that_goes_in_comes_out_in_the_log()
    {
        using var data = new TempFolder();
        await using var host = await HostProcess.StartAsync(data.Path, ("Logging__LogLevel__Default", "Debug"), ("Logging__LogLevel__Portal", "Trace"));
        var client = host.Client;
        foreach (var (path, body) in Posts())
        {
            using var answer = await client.PostAsync(path, body);
            Assert.NotEqual(System.Net.HttpStatusCode.OK, answer.StatusCode);
        }

        await AskAsync(client, $"/api/auth/me?token={Canary}query", "Authorization", $"Bearer {Canary}bearer");
        await AskAsync(client, $"/dashboard/admin?code={Canary}query", "Cookie", $"portal={Canary}cookie; .AspNetCore={Canary}cookie");
        await AskAsync(client, $"/set-up?token={Canary}setup", "X-Other", Canary);
        await AskAsync(client, $"/invited?token={Canary}invited", "X-Other", Canary);
        await host.SignInAsync(PortalServer.Admin);
        var bearer = client.DefaultRequestHeaders.Authorization!.Parameter!;
        await AskAsync(client, "/api/admin/clients?page_size=5", "X-Other", Canary);
        await host.TerminateAsync();
        await host.ExitAsync();

        Assert.NotEmpty(host.Said);
        Assert.DoesNotContain(host.Said, line => line.Contains(Canary, StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(host.Said, line => line.Contains(bearer[^40..], StringComparison.Ordinal) || line.Contains(PortalServer.Password, StringComparison.Ordinal));
        Assert.DoesNotContain(host.Said, line => line.Contains(HostProcess.MasterKey, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Each_event_is_one_line_of_JSON_in_UTC_with_the_trace_id_of_the_answer_and_who_asked()
    {
        using var data = new TempFolder();
        await using var host = await HostProcess.StartAsync(data.Path);
        await host.SignInAsync(PortalServer.AcmeOwner);
        await new SqliteProvider($"Data Source={Path.Combine(data.Path, "portal.db")};Pooling=False").ExecuteAsync("ALTER TABLE Agency RENAME TO Gone");
        using var broken = await host.Client.GetAsync(new Uri("/api/terms", UriKind.Relative), Ct);
        var trace = (await broken.RefusedAsync(System.Net.HttpStatusCode.InternalServerError, "unexpected")).Text("trace_id");
        await host.TerminateAsync();
        await host.ExitAsync();

        var lines = host.Said.Select(line => JsonDocument.Parse(line).RootElement).ToList();
        Assert.All(lines, line => Assert.Matches(Utc(), line.Text("Timestamp")));
        var error = Assert.Single(lines, line => line.Text("LogLevel") == "Error");
        var scopes = error.GetProperty("Scopes").EnumerateArray().ToList();
        Assert.Contains(scopes, s => s.TryGetProperty("TraceId", out var id) && id.GetString() == trace);
        var who = Assert.Single(scopes, s => s.TryGetProperty("PersonId", out _));
        Assert.True(who.GetProperty("PersonId").GetInt64() > 0);
        Assert.True(who.GetProperty("ClientId").GetInt64() > 0);
        Assert.DoesNotContain(PortalServer.AcmeOwner, error.GetRawText(), StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<(string Path, object Body)> Posts()
    {
        yield return ("/api/auth/login", new { email = PortalServer.Admin, password = $"{Canary}password" });
        yield return ("/api/auth/mfa", new { mfa_token = $"{Canary}token", code = $"{Canary}code" });
        yield return ("/api/auth/refresh", new { refresh_token = $"{Canary}token" });
        yield return ("/api/auth/login", new { email = new { a = Canary }, password = Canary });
        yield return ($"/api/auth/login?password={Canary}", Canary);
    }

    private static async Task AskAsync(HttpClient client, string path, string header, string value)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.TryAddWithoutValidation(header, value);
        using var answer = await client.SendAsync(request, Ct);
        Assert.True((int)answer.StatusCode < 500, $"{path}: {answer.StatusCode}");
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$")]
    private static partial Regex Utc();
}
