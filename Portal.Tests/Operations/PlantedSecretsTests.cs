using System.IO.Compression;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;
using Portal.Tests.Domains.Integrations;

namespace Portal.Tests.Operations;

/// <summary>
/// Every secret of every provider is planted in the program as it runs in Production, logging all it can, and used: at a provider that fails and says
/// everything back, by webhooks, in what is refused. Then all is read that anyone can read.
/// </summary>
public sealed class PlantedSecretsTests : IAsyncLifetime
{
    private const string Configs = "/api/integrations/api-configs";
    private const string Page = "/dashboard/admin/settings/integrations";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);
    private readonly TempFolder data = new();
    private readonly TempFolder kept = new();
    private readonly StringBuilder said = new();
    private readonly CookieContainer cookies = new();
    private DescribedServer provider = null!;
    private HostProcess host = null!;
    private HttpClient browser = null!;

    public async ValueTask InitializeAsync()
    {
        provider = await DescribedServer.StartAsync("sendgrid");
        provider.Answers = asked => new(provider.Requests.Count % 3 == 0 ? 500 : 401, Echo(asked)) { Headers = [("X-Said", string.Join(' ', asked.Headers.Values))] };
        host = await HostProcess.StartAsync(data.Path, [
            ("Logging__LogLevel__Default", "Trace"), ("Logging__LogLevel__Portal", "Trace"), ("Logging__LogLevel__Microsoft.EntityFrameworkCore", "Trace"), ("Portal__Simulators", "true"), ("Portal__MetricsToken", $"{PlantedSecrets.Canary}-metrics"), .. PlantedSecrets.Environment(Url)]);
        browser = new(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = host.Client.BaseAddress };
    }

    public async ValueTask DisposeAsync()
    {
        browser.Dispose();
        await host.DisposeAsync();
        await provider.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        data.Dispose();
        kept.Dispose();
    }

    [Fact]
    public async Task A_planted_secret_is_found_nowhere()
    {
        await host.SignInAsync(PortalServer.Admin);
        using (var shown = await browser.GetAsync(new Uri("/sign-in", UriKind.Relative), Ct))
            (await browser.PostFormAsync("/sign-in", shown, ("_handler", "sign-in"), ("Input.Email", PortalServer.Admin), ("Input.Password", PortalServer.Password))).Dispose();

        var ids = await ConfigureAsync();
        await RefusedAsync(ids[0]);
        await WebhooksAsync();
        await SendAsync();
        await TryAsync(ids);
        await ReadAsync(ids);
        await PagesAsync(ids);
        var backup = await BackUpAsync();
        await host.TerminateAsync();
        await host.ExitAsync();

        // All of it was there, and was used.
        var heard = provider.Requests.SelectMany(r => r.Headers.Values.Append(r.Body)).ToList();
        Assert.True(heard.Count(PlantedSecrets.IsIn) > 10, "The provider was not told the secrets.");
        Assert.Contains("Planted TikTok", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("said 401", said.ToString(), StringComparison.Ordinal);
        Assert.Contains("evt_planted", said.ToString(), StringComparison.Ordinal);

        Assert.False(PlantedSecrets.IsIn(said.ToString()), PlantedSecrets.Around(said.ToString()));
        Assert.Contains(host.Said, line => line.Contains("\"LogLevel\":\"Trace\"", StringComparison.Ordinal) || line.Contains("\"LogLevel\":\"Debug\"", StringComparison.Ordinal));
        Assert.DoesNotContain(host.Said, line => PlantedSecrets.IsIn(line));
        Assert.All(data.Files().Concat(backup), file => Assert.False(PlantedSecrets.IsIn(File.ReadAllBytes(file)), file));
    }

    private string Url => provider.Url.AbsoluteUri.TrimEnd('/');

    /// <summary>All that came, in the shape of every provider's refusal.</summary>
    private static string Echo(Domains.Integrations.Asked asked)
    {
        var all = $"{string.Join(' ', asked.Headers.Select(h => $"{h.Key}: {h.Value}"))} {string.Join(' ', asked.Query)} {asked.Body}";
        var error = new JsonObject { ["type"] = "invalid_request_error", ["code"] = "4711", ["message"] = all, ["error_user_msg"] = all };
        return new JsonObject { ["error"] = error, ["errors"] = new JsonArray(error.DeepClone()), ["success"] = false, ["message"] = all, ["name"] = "validation_error", ["code"] = 20003 }.ToJsonString();
    }

    private async Task<List<long>> ConfigureAsync()
    {
        var ids = new List<long>();
        foreach (var form in ProviderForms.All)
        {
            var config = PlantedSecrets.Configuration(form, Url);
            using var added = await host.Client.PostAsync(Configs, config, $"planted-{form.Provider}");
            Assert.True(added.StatusCode is HttpStatusCode.Created, $"{form.Provider}: {await added.Content.ReadAsStringAsync(Ct)}");
            ids.Add((await HeardAsync(added)).GetProperty("id").GetInt64());
            await HearAsync(host.Client.PostAsync(Configs, config, $"planted-{form.Provider}"));
        }

        // What is replaced verifies webhooks for another day, so it is kept.
        await HearAsync(SendAsync(HttpMethod.Patch, $"{Configs}/{ids[0]}", $$"""{"api_secret":"{{PlantedSecrets.Canary}}-replaced"}"""));
        await HearAsync(host.Client.PostAsync("/api/integrations/encryption/renew"));
        return ids;
    }

    private async Task RefusedAsync(long id)
    {
        string[] wrong =
        [
            $$"""{"api_secret":"{{PlantedSecrets.Canary}}""", $$"""{"api_secret":{"{{PlantedSecrets.Canary}}":1} }""", $$"""{"api_secret":"{{PlantedSecrets.Canary}}{{new string('x', 9_000)}}"}""", $$"""{"api_secret":"{{PlantedSecrets.Canary}}\u0001"}""",
            $$"""{"config_data":{"a":{"token":"{{PlantedSecrets.Canary}}"} } }""", $$"""{"api_key":["{{PlantedSecrets.Canary}}"]}""", $$"""{"api_url":"https://user:{{PlantedSecrets.Canary}}@api.example.com"}""", $$"""{"provider":"stripe","api_key":"{{PlantedSecrets.Canary}}"}""",
        ];
        foreach (var body in wrong)
        {
            await HearAsync(SendAsync(HttpMethod.Patch, $"{Configs}/{id}", body));
            await HearAsync(SendAsync(HttpMethod.Post, Configs, body));
        }

        await HearAsync(SendAsync(HttpMethod.Patch, $"{Configs}/999999", $$"""{"api_secret":"{{PlantedSecrets.Canary}}"}"""));
        await HearAsync(browser.GetAsync(new Uri($"{Page}/999999", UriKind.Relative), Ct));
        await HearAsync(browser.GetAsync(new Uri("/dashboard/admin/nothing/here", UriKind.Relative), Ct));
    }

    /// <summary>Genuine ones, whose secret the environment or the database holds, and such as show our secrets to us.</summary>
    private async Task WebhooksAsync()
    {
        var time = DateTimeOffset.UtcNow.ToUnixTimeSeconds();
        foreach (var where in new[] { "environment", "database" })
        {
            var body = $$$"""{"id":"evt_planted_{{{where}}}","type":"payment_intent.succeeded","data":{"object":{"client_secret":"{{{PlantedSecrets.Canary}}}","receipt_email":"{{{PlantedSecrets.Canary}}}@example.com"} } }""";
            var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes($"{PlantedSecrets.Canary}-{where}-webhook_secret-of-Stripe-end"), Encoding.UTF8.GetBytes($"{time}.{body}")));
            using var taken = await SendAsync(HttpMethod.Post, "/webhooks/stripe", body, ("Stripe-Signature", $"t={time},v1={signature}"));
            Assert.Equal(HttpStatusCode.OK, taken.StatusCode);
            using var shaken = await host.Client.GetAsync(new Uri($"/webhooks/whatsapp?hub.mode=subscribe&hub.challenge=yes&hub.verify_token={PlantedSecrets.Canary}-{where}-verify_token-of-Whatsapp-end", UriKind.Relative), Ct);
            Assert.Equal("yes", await shaken.Content.ReadAsStringAsync(Ct));
        }

        foreach (var name in new[] { "stripe", "resend", "whatsapp", "twilio", "sendgrid", "paypal", "nobody" })
        {
            foreach (var header in new[] { "Stripe-Signature", "svix-signature", "X-Hub-Signature-256", "X-Twilio-Signature", "PAYPAL-CERT-URL", "Authorization" })
                await HearAsync(SendAsync(HttpMethod.Post, $"/webhooks/{name}?secret={PlantedSecrets.Canary}", $$"""{"id":"{{PlantedSecrets.Canary}}"}""", (header, $"t={time},v1={PlantedSecrets.Canary}")));
        }
    }

    /// <summary>By the accounts of the environment, and until each has been refused by the provider.</summary>
    private async Task SendAsync()
    {
        await HearAsync(host.Client.PostAsync("/api/services/email", new { to = "ann@example.com", subject = "Hello", body = "Hello" }));
        await HearAsync(host.Client.PostAsync("/api/services/sms", new { to = "+263771234567", body = "Hello" }));
        await HearAsync(host.Client.PostAsync("/api/services/whatsapp", new { to = "+263771234567", body = "Hello" }));
        foreach (var path in new[] { "/mail/send", "Messages.json", "/messages" })
            await UntilAsync(() => Task.FromResult(provider.Requests.Any(r => r.Path.EndsWith(path, StringComparison.Ordinal))), path);
        await UntilAsync(async () => (await host.Client.GetStringAsync(new Uri("/api/deliveries?page_size=100", UriKind.Relative), Ct)).Contains(" said ", StringComparison.Ordinal), "a delivery that was refused");
    }

    /// <summary>Each configuration is tried by the job, and some by hand: ten times in ten minutes.</summary>
    private async Task TryAsync(List<long> ids)
    {
        await HearAsync(host.Client.PostAsync("/api/admin/jobs/check-providers/run"));
        foreach (var id in ids)
            await HearAsync(host.Client.PostAsync($"{Configs}/{id}/test"));
        await UntilAsync(async () => (await host.Client.JsonAsync($"{Configs}?page_size=100&status=broken")).GetProperty("total").GetInt32() >= 10, "ten broken configurations");
        await UntilAsync(async () => (await host.Client.GetStringAsync(new Uri("/api/notifications?page_size=100", UriKind.Relative), Ct)).Contains("does not work any more", StringComparison.Ordinal), "a notification");
    }

    private async Task ReadAsync(List<long> ids)
    {
        string[] looks =
        [
            Configs + "?page_size=100", $"{Configs}/providers", "/api/integrations/encryption", "/api/integrations/webhook-events/silent", "/api/deliveries/export", "/api/audit/export", "/api/notifications?page_size=100", "/api/services/email", "/api/services/sms",
            "/api/services/whatsapp", "/api/services/sms/balance", "/api/admin/jobs", "/api/admin/jobs/check-providers/runs", "/api/admin/mail", "/metrics", "/health/ready", "/openapi.json", $"{Configs}/999999", "/api/nothing",
            .. ids.SelectMany(id => new[] { $"{Configs}/{id}", $"{Configs}/{id}/history" }),
            .. (await IdsAsync("/api/integrations/webhook-events?page_size=20")).Select(id => $"/api/integrations/webhook-events/{id}"),
            .. (await IdsAsync("/api/audit?page_size=100")).Select(id => $"/api/audit/{id}"),
            .. (await IdsAsync("/api/deliveries?page_size=20")).SelectMany(id => new[] { $"/api/deliveries/{id}", $"/api/deliveries/{id}/content" }),
        ];
        foreach (var look in looks)
            await HearAsync(host.Client.GetAsync(new Uri(look, UriKind.Relative), Ct));
    }

    private async Task PagesAsync(List<long> ids)
    {
        const string Admin = "/dashboard/admin";
        string[] looks =
        [
            Admin, Page, $"{Page}/new", $"{Admin}/settings/webhooks", $"{Admin}/deliveries", $"{Admin}/sent", $"{Admin}/audit", $"{Admin}/notifications", $"{Admin}/jobs", $"{Admin}/jobs/check-providers", $"{Admin}/settings/email", $"{Admin}/settings/security",
            .. ProviderForms.All.Select(f => $"{Page}/new?provider={Input.Name(f.Provider.ToString())}"),
            .. ids.Select(id => $"{Page}/{id}"),
            .. SimulatorAccounts.Simulated.SelectMany(p => new[] { "things", "calls", "callbacks" }.Select(tab => $"{Admin}/settings/simulators?provider={Input.Name(p.ToString())}&tab={tab}")),
            .. (await IdsAsync("/api/integrations/webhook-events?page_size=10")).Select(id => $"{Admin}/settings/webhooks?open={id}"),
            .. (await IdsAsync("/api/deliveries?page_size=10")).Select(id => $"{Admin}/deliveries?open={id}"),
            .. (await IdsAsync("/api/audit?page_size=10")).Select(id => $"{Admin}/audit/{id}"),
            .. (await IdsAsync("/api/services/email")).Select(id => $"{Admin}/sent?open={id}"),
        ];
        foreach (var look in looks)
            Assert.Equal((look, HttpStatusCode.OK), (look, await HearAsync(browser.GetAsync(new Uri(look, UriKind.Relative), Ct))));
    }

    /// <returns>Everything in the archive, unpacked, and the archive.</returns>
    private async Task<List<string>> BackUpAsync()
    {
        var archive = Path.Combine(kept.Path, "portal.zip");
        var (exitCode, words) = await HostProcess.RunAsync(data.Path, "backup", archive);
        Assert.True(exitCode == 0, words);
        said.AppendLine(words);
        await ZipFile.ExtractToDirectoryAsync(archive, Path.Combine(kept.Path, "unpacked"), Ct);
        Assert.Contains(kept.Files(), f => f.EndsWith("portal.db", StringComparison.Ordinal));
        return [.. kept.Files()];
    }

    private async Task<IEnumerable<long>> IdsAsync(string list)
    {
        using var answer = await host.Client.GetAsync(new Uri(list, UriKind.Relative), Ct);
        return [.. (await HeardAsync(answer)).GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetInt64())];
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string body, params (string Name, string Value)[] headers)
    {
        var request = new HttpRequestMessage(method, path) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        foreach (var (name, value) in headers)
            request.Headers.TryAddWithoutValidation(name, value);
        return host.Client.SendAsync(request, Ct);
    }

    private async Task<HttpStatusCode> HearAsync(Task<HttpResponseMessage> asking)
    {
        using var answer = await asking;
        said.Append(answer.Headers).AppendLine(await answer.Content.ReadAsStringAsync(Ct));
        return answer.StatusCode;
    }

    private async Task<JsonElement> HeardAsync(HttpResponseMessage answer)
    {
        var text = await answer.Content.ReadAsStringAsync(Ct);
        said.Append(answer.Headers).AppendLine(text);
        return JsonElement.Parse(text);
    }

    private static async Task UntilAsync(Func<Task<bool>> isSo, string what)
    {
        for (var began = TimeProvider.System.GetTimestamp(); !await isSo(); await Task.Delay(200, Ct))
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"Waited for {what} in vain.");
    }
}
