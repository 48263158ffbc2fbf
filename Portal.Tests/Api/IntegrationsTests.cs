using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Portal.Core.Domains.Integrations;
using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Api;

/// <summary>API configurations by REST, and that nothing of their secrets is anywhere to be found.</summary>
public sealed class IntegrationsTests
{
    private const string Root = "/api/integrations/api-configs";

    [Fact]
    public async Task A_configuration_is_added_read_changed_and_deleted_in_the_names_of_the_feature_list()
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        using var added = await admin.PostAsync($"{Root}/", new { provider = "whatsapp", name = "WhatsApp, live", api_url = "https://graph.facebook.com/v18.0", access_token = "EAAG-very-secret-9x7Q", config_data = new { phone_number_id = "1065", business_account_id = "1022", app_secret = "shhhhhhhhhhh1234" }, is_active = true, is_sandbox = false });
        Assert.Equal(HttpStatusCode.Created, added.StatusCode);
        var made = await added.JsonAsync();
        var path = added.Headers.Location!.ToString();
        Assert.Equal("{\"set\":true,\"last_four\":\"9x7Q\"", made.GetProperty("access_token").GetRawText()[..30]);
        Assert.Equal(("1065", "1234", 16), (made.GetProperty("config_data").Text("phone_number_id"), made.GetProperty("config_data").GetProperty("app_secret").Text("last_four"), made.GetProperty("access_token").Text("fingerprint").Length));
        Assert.Equal((true, false, "untested", "https://graph.facebook.com/v18.0"), (made.GetProperty("is_active").GetBoolean(), made.GetProperty("is_sandbox").GetBoolean(), made.Text("status"), made.Text("api_url")));

        using var read = await admin.GetAsync(new Uri(path + "/", UriKind.Relative), Ct);
        var tag = read.Headers.ETag!.ToString();
        Assert.False((await read.JsonAsync()).GetProperty("api_key").GetProperty("set").GetBoolean());
        using var put = await SendAsync(admin, HttpMethod.Put, path, new { provider = "whatsapp", name = "WhatsApp", config_data = new { phone_number_id = "2065" } }, tag);
        Assert.Equal(["phone_number_id", "app_secret"], (await put.JsonAsync()).GetProperty("config_data").EnumerateObject().Select(p => p.Name));
        using var late = await SendAsync(admin, HttpMethod.Patch, path, new { name = "Too late" }, tag);
        await late.RefusedAsync(HttpStatusCode.Conflict, "changed");
        using var patched = await SendAsync(admin, HttpMethod.Patch, path, new { is_active = false }, put.Headers.ETag!.ToString());
        Assert.False((await patched.JsonAsync()).GetProperty("is_active").GetBoolean());
        using var odd = await SendAsync(admin, HttpMethod.Patch, path, new { name = "x" }, "\"a word\"");
        await odd.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");

        Assert.Equal(["api_config_deactivated", "api_config_changed", "api_config_activated", "api_config_created"], (await admin.JsonAsync($"{path}/history")).GetProperty("items").EnumerateArray().Select(h => h.Text("what")));
        using var test = await admin.PostAsync($"{path}/test");
        Assert.Contains(test.StatusCode, new[] { HttpStatusCode.OK, HttpStatusCode.Conflict });
        using var deleted = await admin.DeleteAsync(new Uri(path, UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        using var gone = await admin.GetAsync(new Uri(path, UriKind.Relative), Ct);
        await gone.RefusedAsync(HttpStatusCode.NotFound, "not_found");
    }

    [Fact]
    public async Task Lists_page_and_filter_and_say_what_is_used_for_each_provider()
    {
        await using var server = new PortalServer { Settings = { ["TWILIO_ACCOUNT_SID"] = "AC1", ["TWILIO_AUTH_TOKEN"] = "hidden-environment-token" } };
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        Assert.Equal(5, (await admin.JsonAsync($"{Root}/?page_size=2")).GetProperty("total").GetInt32());
        Assert.Equal(["Stripe, test mode", "Stripe, the account before"], (await admin.JsonAsync($"{Root}?provider=Stripe&sort=name")).GetProperty("items").EnumerateArray().Select(c => c.Text("name")));
        Assert.Equal(2, (await admin.JsonAsync($"{Root}?is_active=false")).GetProperty("total").GetInt32());
        using var wrong = await admin.GetAsync(new Uri($"{Root}?sort=secret", UriKind.Relative), Ct);
        await wrong.RefusedAsync(HttpStatusCode.UnprocessableEntity, "invalid");
        using var odd = await admin.GetAsync(new Uri($"{Root}?is_active=banana", UriKind.Relative), Ct);
        Assert.Equal(["is_active"], (await odd.JsonAsync()).GetProperty("errors").EnumerateObject().Select(e => e.Name));
        using var twice = await admin.PostAsync(Root, new { provider = "stripe", name = "stripe, TEST mode", api_key = "sk_live_1" });
        await twice.RefusedAsync(HttpStatusCode.UnprocessableEntity, "name_taken");
        var audited = (await admin.JsonAsync("/api/audit?subject_kind=api_config")).GetProperty("items").EnumerateArray().Select(e => e.Text("subject_name"));
        Assert.Contains("Resend, a key that was withdrawn", audited);

        var providers = (await admin.JsonAsync($"{Root}/providers")).EnumerateArray().ToDictionary(p => p.Text("provider"));
        Assert.Equal(["smtp", "sendgrid", "resend", "twilio", "whatsapp", "stripe", "paypal", "namecheap", "cloudflare", "page_speed", "search_console", "analytics", "instagram", "youtube", "tiktok"], providers.Keys);
        Assert.Equal(("environment", "database"), (providers["twilio"].GetProperty("live").Text("source"), providers["stripe"].GetProperty("sandbox").Text("source")));
        Assert.Equal(JsonValueKind.Null, providers["stripe"].GetProperty("live").GetProperty("source").ValueKind);
        Assert.Contains(providers["twilio"].GetProperty("fields").EnumerateArray(), f => f.Text("variable") == "TWILIO_AUTH_TOKEN" && f.GetProperty("is_secret").GetBoolean());
    }

    [Theory]
    [InlineData("""{"provider":"fax","name":"x"}""", 400, "malformed")]
    [InlineData("""{"provider":"stripe","name":"x","api_key":5}""", 400, "malformed")]
    [InlineData("""{"provider":"stripe","name":"x","api_key":"k","config_data":[1]}""", 400, "malformed")]
    [InlineData("""{"provider":"stripe","name":"x","api_key":"k","config_data":{"a":1,"a":2}}""", 400, "malformed")]
    [InlineData("""{"provider":"stripe","name":"x","api_key":"k","config_data":{"a":{"b":1,"b":2}}}""", 400, "malformed")]
    [InlineData("""{"provider":"stripe","name":"x","api_key":"k","config_data":{"":1}}""", 422, "invalid")]
    [InlineData("""{"provider":"stripe","name":"x"}""", 422, "invalid")]
    [InlineData("""{"provider":"stripe","name":"x\u0000","api_key":"k"}""", 422, "invalid")]
    [InlineData("""{"provider":"stripe","name":"x","api_key":"k","config_data":{"publishable_key":{"set":true}}}""", 422, "invalid")]
    public async Task What_cannot_be_a_configuration_is_refused_as_a_whole(string body, int status, string code)
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        using var answer = await admin.PostAsync(new Uri(Root, UriKind.Relative), new StringContent(body, Encoding.UTF8, "application/json"), Ct);
        await answer.RefusedAsync((HttpStatusCode)status, code);
        Assert.Equal(5, (await admin.JsonAsync(Root)).GetProperty("total").GetInt32());
    }

    [Fact]
    public async Task When_one_breaks_every_admin_hears_of_it_once_by_bell_and_by_mail()
    {
        await using var server = new PortalServer();
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        using var added = await admin.PostAsync(Root, new { provider = "stripe", name = "Stripe, live", api_key = "sk_live_breaks_1234" });
        var id = (await added.JsonAsync()).GetProperty("id").GetInt64();
        var account = await server.Get<ProviderAccounts>().GetAsync(Provider.Stripe, false, Ct);
        for (var i = 0; i < 3; i++)
            await server.Get<ProviderHealth>().BrokenAsync(account, "401 Invalid API Key", Ct);
        while (await server.Get<EventRelay>().RunAsync(Ct) > 0)
        {
            // Until all has been told.
        }

        await using var db = server.Open();
        var admins = await db.Users.Where(u => u.Role == Role.Admin && u.IsActive).Select(u => u.Id).ToListAsync(Ct);
        var link = $"/dashboard/admin/settings/integrations/{id}";
        var notes = await db.Set<Notification>().Where(n => n.Link == link).ToListAsync(Ct);
        Assert.Equal(admins.Order(), notes.Select(n => n.UserId).Order());
        Assert.All(notes, n => Assert.Equal(("Stripe, live does not work any more", "Stripe: 401 Invalid API Key", "account_status"), (n.Title, n.Text, n.Type)));
        Assert.Equal(admins.Count, await db.Deliveries.CountAsync(d => d.Title == "Stripe, live does not work any more", Ct));
    }

    [Fact]
    public async Task A_secret_is_found_nowhere_but_where_it_is_used()
    {
        const string Canary = "cAnArY";
        using var log = new HeardLog();
        await using var server = new PortalServer { Log = log };
        using var admin = await server.SignedInAsync(PortalServer.Admin);
        using var browser = await server.BrowserAsync(PortalServer.Admin);
        var said = new StringBuilder();
        var full = new { provider = "tiktok", name = "TikTok", api_key = $"{Canary}-1-key-long-enough", api_secret = $"{Canary}-2", access_token = $"{Canary}-3", config_data = new Dictionary<string, object> { ["refresh_token"] = $"{Canary}-4", ["my_password"] = $"{Canary}-5" } };
        using var added = await admin.PostAsync(Root, full, "the-key-of-this-request");
        using var repeated = await admin.PostAsync(Root, full, "the-key-of-this-request");
        await HearAsync(added);
        await HearAsync(repeated);
        var path = added.Headers.Location!.ToString();
        var page = path.Replace(Root, "/dashboard/admin/settings/integrations", StringComparison.Ordinal);
        using var replaced = await SendAsync(admin, HttpMethod.Patch, path, new { access_token = $"{Canary}-6" }, null);
        await HearAsync(replaced);

        // Wrong in every way: too long, unreadable, not JSON, another address.
        await HearAsync(await SendAsync(admin, HttpMethod.Patch, path, new { access_token = Canary + new string('x', 9_000) }, null));
        await HearAsync(await SendAsync(admin, HttpMethod.Patch, path, new { access_token = $"{Canary}\u0001" }, null));
        await HearAsync(await SendAsync(admin, HttpMethod.Patch, path, new { api_url = "https://elsewhere.example" }, null));
        await HearAsync(await SendAsync(admin, HttpMethod.Patch, path, new { config_data = new { nested = new { token = Canary } } }, null));
        await HearAsync(await SendAsync(admin, HttpMethod.Patch, path, new { config_data = new { my_password = new { word = Canary } } }, null));
        await HearAsync(await admin.PostAsync(new Uri(Root, UriKind.Relative), new StringContent($$"""{"provider":"tiktok","access_token":"{{Canary}}""", Encoding.UTF8, "application/json"), Ct));
        await HearAsync(await admin.PostAsync(new Uri(Root, UriKind.Relative), new StringContent($$$"""{"provider":"tiktok","name":"x","access_token":{"{{{Canary}}}":1}}""", Encoding.UTF8, "application/json"), Ct));

        var account = await server.Get<ProviderAccounts>().GetAsync(Provider.Tiktok, false, Ct);
        Assert.Equal(($"{Canary}-6", $"{Canary}-4", $"{Canary}-5"), (account.Token, account.Settings["refresh_token"], account.Settings["my_password"]));
        await server.Get<ProviderHealth>().BrokenAsync(account, $"The token {Canary}-6 is not valid.", Ct);
        await server.Get<SecretSealing>().RenewAsync(await server.ActorAsync(PortalServer.Admin), Ct);
        while (await server.Get<EventRelay>().RunAsync(Ct) > 0)
        {
            // Until all has been told.
        }

        foreach (var look in new[] { path, $"{path}/history", Root, $"{Root}/providers", "/api/audit?page_size=100", "/api/notifications", "/api/deliveries?page_size=100" })
            await HearAsync(await admin.GetAsync(new Uri(look, UriKind.Relative), Ct));
        foreach (var look in new[] { page, "/dashboard/admin/settings/integrations", "/dashboard/admin/audit", "/dashboard/admin/notifications", "/dashboard/admin" })
            await HearAsync(await browser.GetAsync(new Uri(look, UriKind.Relative), Ct));
        await HearAsync(await admin.PostAsync($"{path}/test"));
        Assert.Contains("TikTok does not work any more", said.ToString(), StringComparison.Ordinal);

        Assert.DoesNotContain(Canary, said.ToString(), StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(log.Lines, line => line.Contains(Canary, StringComparison.OrdinalIgnoreCase));
        Assert.Empty(await FilesWithAsync(server, Canary));

        async Task HearAsync(HttpResponseMessage answer)
        {
            said.Append(answer.Headers).AppendLine(await answer.Content.ReadAsStringAsync(Ct));
            answer.Dispose();
        }
    }

    /// <summary>Looks through everything that lies on the disk, and through a backup, unpacked.</summary>
    private static async Task<List<string>> FilesWithAsync(PortalServer server, string word)
    {
        using var folder = new TempFolder();
        var (archive, _) = await server.Get<Backup>().RunAsync(folder.Path, Ct);
        await ZipFile.ExtractToDirectoryAsync(archive, Path.Combine(folder.Path, "unpacked"), Ct);
        var files = Directory.EnumerateFiles(server.DataPath, "*", SearchOption.AllDirectories).Concat(Directory.EnumerateFiles(folder.Path, "*", SearchOption.AllDirectories)).ToList();
        Assert.Contains(files, f => f.EndsWith("portal.db", StringComparison.Ordinal));
        var found = new List<string>();
        foreach (var file in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, Ct);
            if (copy.GetBuffer().AsSpan(0, (int)copy.Length).IndexOf(Encoding.UTF8.GetBytes(word)) >= 0)
                found.Add(file);
        }

        return found;
    }

    private static async Task<HttpResponseMessage> SendAsync(HttpClient client, HttpMethod method, string path, object body, string? tag)
    {
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        if (tag is not null)
            request.Headers.TryAddWithoutValidation("If-Match", tag);
        return await client.SendAsync(request, Ct);
    }
}
