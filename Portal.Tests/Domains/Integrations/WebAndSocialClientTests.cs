using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

public class WebAndSocialClientTests
{
    private const string Id = "023e105f4ecef8ad9ca31a8372d0c353";
    private static readonly DateOnly First = new(2026, 11, 1);
    private static readonly DateOnly Last = new(2026, 11, 20);

    [Fact]
    public async Task Cloudflare_is_asked_as_it_describes_it()
    {
        await using var server = await DescribedServer.StartAsync("cloudflare");
        var client = new CloudflareClient(server.Http);
        var account = server.Account(Provider.Cloudflare, settings: [("account_id", Id), ("requests_per_second", "100")]);
        Assert.NotEmpty((await client.AddZoneAsync(account, "example.com", Ct)).Id);
        Assert.NotNull(await client.FindZoneAsync(account, "example.com", Ct));
        await client.CheckAgainAsync(account, Id, Ct);
        Assert.NotEmpty(await client.RecordsAsync(account, Id, "A", "www.example.com", Ct));
        await client.AddRecordAsync(account, Id, new("A", "www.example.com", "192.0.2.1") { Proxied = true }, Ct);
        await client.SetRecordAsync(account, Id, Id, new("MX", "example.com", "mx.example.com") { Priority = 10, Id = Id }, Ct);
        await client.RemoveRecordAsync(account, Id, Id, Ct);
        await client.SetEncryptionAsync(account, Id, "strict", Ct);
        await client.SetAlwaysHttpsAsync(account, Id, true, Ct);
        await client.SetUniversalCertificateAsync(account, Id, true, Ct);
        Assert.Equal("active", (await client.CertificatesAsync(account, Id, Ct))[0].CertificateStatus);
        Assert.NotEmpty((await client.TryAsync(account, Ct)).Words);
        server.AllWasAsDescribed();
        Assert.InRange(server.WrongBodiesAreRefused(), 12, int.MaxValue);
    }

    [Fact]
    public async Task Namecheap_says_no_with_a_good_status()
    {
        await using var server = await DescribedServer.StartAsync("cloudflare");
        var (client, account) = (new NamecheapClient(server.Http), Namecheap(server));
        server.Answers = _ => new(200, """<?xml version="1.0"?><ApiResponse Status="ERROR" xmlns="http://api.namecheap.com/xml.response"><Errors><Error Number="1011102">API Key is invalid or API access has not been enabled</Error></Errors></ApiResponse>""");
        var no = await Assert.ThrowsAsync<ProviderRefused>(() => client.CheckAsync(account, ["example.com"], Ct));
        Assert.Equal(("1011102", RefusalOf.Account), (no.ProviderCode, no.Of));
        Assert.False((await client.TryAsync(account, Ct)).Works);
    }

    [Fact]
    public async Task Namecheap_checks_registers_and_sets_records()
    {
        await using var server = await DescribedServer.StartAsync("cloudflare");
        var (client, account) = (new NamecheapClient(server.Http), Namecheap(server));
        void Answer(string sample) => server.Answers = _ => new(200, File.ReadAllText(Path.Combine(ApiDescription.Folder, "Payloads", "namecheap", $"namecheap.domains.{sample}.xml")));
        Answer("check.ok");
        Assert.Equal(new("example.com", true, false, null), Assert.Single(await client.CheckAsync(account, ["example.com"], Ct)));
        Assert.Contains("Command=namecheap.domains.check&DomainList=example.com", server.Last.Body, StringComparison.Ordinal);
        Assert.Contains("ApiUser=agency&ApiKey=key-of-account&UserName=agency&ClientIp=192.0.2.7", server.Last.Body, StringComparison.Ordinal);
        Answer("create.ok");
        var registered = await client.RegisterAsync(account, "example.com", 1, new("Ann", "Lee", "1 Road", "Harare", "Harare", "0000", "ZW", "+263.771234567", "ann@example.com"), Ct);
        Assert.Equal(("example.com", true, 10.87m, "987654"), (registered.Domain, registered.IsRegistered, registered.Charged, registered.OrderId));
        Assert.Equal(4, ApiDescription.FormOf(server.Last.Body).Count(f => f.Key.EndsWith("EmailAddress", StringComparison.Ordinal)));
        Answer("dns.gethosts.ok");
        var hosts = await client.HostsAsync(account, "domain.net", Ct);
        Assert.Equal((true, new NamecheapHost("host33", "MX", "addr.domain.com.", 10, 1800)), (hosts.IsUsingOurDns, hosts.Hosts[0]));
        Answer("dns.sethosts.ok");
        await client.SetHostsAsync(account, "domain.co.zw", hosts.EmailType, hosts.Hosts, Ct);
        Assert.Contains("SLD=domain&TLD=co.zw&EmailType=MX&HostName1=host33&RecordType1=MX&Address1=addr.domain.com.&MXPref1=10&TTL1=1800&HostName2=%40&RecordType2=CNAME", server.Last.Body, StringComparison.Ordinal);
        Answer("dns.setcustom.ok");
        await client.SetNameserversAsync(account, "domain.net", ["ns1.example.com", "ns2.example.com"], Ct);
        Answer("getlist.ok");
        Assert.NotEmpty(await client.DomainsAsync(account, null, Ct));
        Assert.Throws<Invalid>(() => NamecheapName.Fields("domain"));
    }

    [Fact]
    public async Task PageSpeed_is_asked_as_it_describes_it()
    {
        await using var server = await DescribedServer.StartAsync("google-pagespeed");
        server.Answers = asked => server.Find(asked).Description!.Faults(asked).Any() ? null
            : new(200, """{"lighthouseResult":{"categories":{"performance":{"score":0.93},"seo":{"score":1}},"audits":{"largest-contentful-paint":{"numericValue":1234.5},"cumulative-layout-shift":{}}}}""");
        var report = await new PageSpeedClient(server.Http).RunAsync(server.Account(Provider.PageSpeed), new("https://example.com/a?b=c&d=e"), isMobile: true, Ct);
        Assert.Equal((93, 100, null, 1234.5), (report.Performance, report.Seo, report.Accessibility, report.LargestPaintMs));
        Assert.Equal("key-of-account", server.Last["X-Goog-Api-Key"]);
        server.AllWasAsDescribed();
    }

    [Fact]
    public async Task Search_Console_is_asked_as_it_describes_it()
    {
        await using var server = await DescribedServer.StartAsync("google-searchconsole");
        var (client, account) = (new SearchConsoleClient(new(server.Http, TimeProvider.System)), server.Account(Provider.SearchConsole, key: null, secret: null));
        Assert.Single(await client.SitesAsync(account, Ct));
        Assert.Single(await client.QueryAsync(account, "sc-domain:example.com", First, Last, ["query", "page"], 1000, 0, Ct));
        await client.AddSitemapAsync(account, "https://example.com/", new("https://example.com/sitemap.xml"), Ct);
        Assert.Equal("/webmasters/v3/sites/https%3A%2F%2Fexample.com%2F/sitemaps/https%3A%2F%2Fexample.com%2Fsitemap.xml", server.Last.Path);
        Assert.True((await client.TryAsync(account, Ct)).Works);
        Assert.Equal("Bearer token-of-account", server.Last["Authorization"]);
        server.AllWasAsDescribed();
        Assert.InRange(server.WrongBodiesAreRefused(), 6, int.MaxValue);
    }

    [Fact]
    public async Task Analytics_is_asked_as_it_describes_it()
    {
        await using var server = await DescribedServer.StartAsync("google-analyticsdata");
        server.Answers = asked => server.Find(asked).Description is { } d && !d.Faults(asked).Any()
            ? new(200, """{"rowCount":1,"rows":[{"dimensionValues":[{"value":"20261101"}],"metricValues":[{"value":"12"},{"value":"3.5"}]}]}""") : null;
        var (client, account) = (new AnalyticsClient(new(server.Http, TimeProvider.System)), server.Account(Provider.Analytics, secret: null, settings: [("property_id", "4711")]));
        var report = await client.RunAsync(account, "4711", First, Last, ["date"], ["activeUsers", "sessions"], 100, Ct);
        Assert.Equal((1, "20261101", 3.5m), (report.RowCount, report.Lines[0].Of[0], report.Lines[0].Figures[1]));
        Assert.True((await client.TryAsync(account, Ct)).Works);
        server.AllWasAsDescribed();
        Assert.InRange(server.WrongBodiesAreRefused(), 6, int.MaxValue);
    }

    [Fact]
    public async Task Google_is_entered_with_a_refresh_token_that_is_used_once_an_hour()
    {
        await using var server = await DescribedServer.StartAsync("google-searchconsole");
        server.Answers = asked => asked.Path == "/token" ? new(200, """{"access_token":"word","expires_in":3599}""") : null;
        var client = new SearchConsoleClient(new(server.Http, TimeProvider.System));
        var account = server.Account(Provider.SearchConsole, settings: [("token_url", server.Url.AbsoluteUri)]);
        await client.SitesAsync(account, Ct);
        await client.SitesAsync(account, Ct);
        var asked = Assert.Single(server.Requests, r => r.Path == "/token");
        Assert.Equal("grant_type=refresh_token&client_id=key-of-account&client_secret=secret-of-account&refresh_token=token-of-account", asked.Body);
        Assert.Equal("Bearer word", server.Last["Authorization"]);
    }

    [Fact]
    public async Task Google_is_entered_by_a_service_account_that_vouches_for_itself()
    {
        using var rsa = RSA.Create(2048);
        await using var server = await DescribedServer.StartAsync("google-searchconsole");
        server.Answers = asked => asked.Path == "/token" ? new(200, """{"access_token":"word","expires_in":3599}""") : null;
        var file = new JsonObject { ["type"] = "service_account", ["client_email"] = "desk@project.iam.example", ["private_key"] = rsa.ExportPkcs8PrivateKeyPem() };
        await new SearchConsoleClient(new(server.Http, TimeProvider.System)).SitesAsync(server.Account(Provider.SearchConsole, settings: [("service_account", file.ToJsonString()), ("token_url", server.Url.AbsoluteUri)]), Ct);

        var form = ApiDescription.FormOf(server.Requests.First().Body).ToDictionary();
        var parts = form["assertion"].Split('.');
        Assert.True(rsa.VerifyData(Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        var claims = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1]))!;
        Assert.Equal(("desk@project.iam.example", "https://oauth2.googleapis.com/token"), (claims["iss"]!.GetValue<string>(), claims["aud"]!.GetValue<string>()));
    }

    [Fact]
    public async Task Another_service_account_is_used_at_once_and_a_word_that_ends_before_its_time_is_fetched_anew()
    {
        using var rsa = RSA.Create(2048);
        await using var server = await DescribedServer.StartAsync("google-searchconsole");
        var words = 0;
        server.Answers = asked => asked.Path == "/token" ? new(200, $$"""{"access_token":"word-{{++words}}","expires_in":3599}""")
            : asked["Authorization"] == "Bearer word-2" ? new(401, """{"error":{"code":401,"message":"Invalid Credentials","status":"UNAUTHENTICATED"}}""") : null;
        var client = new SearchConsoleClient(new(server.Http, TimeProvider.System));
        foreach (var name in new[] { "one", "other", "other" })
        {
            var file = new JsonObject { ["type"] = "service_account", ["client_email"] = $"{name}@project.iam.example", ["private_key"] = rsa.ExportPkcs8PrivateKeyPem() };
            await client.SitesAsync(server.Account(Provider.SearchConsole, settings: [("service_account", file.ToJsonString()), ("token_url", server.Url.AbsoluteUri)]), Ct);
        }

        Assert.Equal(["Bearer word-1", "Bearer word-2", "Bearer word-3", "Bearer word-3"], server.Requests.Where(r => r.Path != "/token").Select(r => r["Authorization"]));
    }

    [Fact]
    public async Task A_service_account_that_cannot_be_read_is_the_accounts_trouble()
    {
        await using var server = await DescribedServer.StartAsync("google-searchconsole");
        var answer = await new SearchConsoleClient(new(server.Http, TimeProvider.System)).TryAsync(server.Account(Provider.SearchConsole, settings: [("service_account", """{"client_email":"a","private_key":"nonsense"}""")]), Ct);
        Assert.False(answer.Works);
        Assert.Empty(server.Requests);
    }

    [Fact]
    public async Task Instagram_is_asked_as_it_is_described()
    {
        await using var server = await DescribedServer.StartAsync("instagram-graph");
        var (client, account) = (new InstagramClient(server.Http), server.Account(Provider.Instagram, settings: [("account_id", "17841400008460056"), ("requests_per_second", "100")]));
        await client.PrepareAsync(account, new() { ImageUrl = "https://portal.example/1.jpg", Caption = "Hello #new", AltText = "A door" }, Ct);
        await client.PrepareAsync(account, new() { MediaType = "REELS", VideoUrl = "https://portal.example/1.mp4", ShareToFeed = true }, Ct);
        var carousel = await client.PrepareAsync(account, new() { MediaType = "CAROUSEL", Children = ["1", "2"] }, Ct);
        Assert.Equal("FINISHED", (await client.FindAsync(account, carousel, Ct)).StatusCode);
        Assert.NotEmpty(await client.PublishAsync(account, carousel, Ct));
        Assert.Equal(2, await client.PublishedLatelyAsync(account, Ct));
        Assert.True((await client.TryAsync(account, Ct)).Works);
        server.AllWasAsDescribed();
        Assert.InRange(server.WrongBodiesAreRefused(), 10, int.MaxValue);
    }

    [Fact]
    public async Task YouTube_gets_a_film_in_two_steps()
    {
        await using var server = await DescribedServer.StartAsync("google-youtube");
        var (client, account) = (new YoutubeClient(new(server.Http, TimeProvider.System)), server.Account(Provider.Youtube, secret: null));
        server.Answers = asked => (asked.Method, asked.Path) switch
        {
            ("POST", "/upload/youtube/v3/videos") => new(200) { Headers = [("Location", new Uri(server.Url, "/upload/youtube/v3/videos?upload_id=xa").AbsoluteUri)] },
            ("PUT", "/upload/youtube/v3/videos") => new(200, """{"kind":"youtube#video","id":"dQw4w9WgXcQ"}"""),
            _ => null,
        };
        var video = new YoutubeVideo(new("Title", "Text") { Tags = ["a"], CategoryId = "22" }, new("private", false) { PublishAt = "2026-12-01T10:00:00Z" });
        Assert.Equal("dQw4w9WgXcQ", await client.UploadAsync(account, video, "video/mp4", 4, () => new MemoryStream("film"u8.ToArray()), Ct));
        Assert.Equal(("film", "video/mp4"), (server.Last.Body, server.Last.ContentType));

        // What is said of the film is described at the call that changes it.
        var description = ApiDescription.Load("google-youtube");
        var begun = server.Requests.First();
        Assert.Empty(description.FaultsOfBody(begun.Json, description.Find(begun with { Method = "PUT", Path = "/youtube/v3/videos" })!, "application/json"));
        Assert.Equal(("4", "video/mp4"), (begun["X-Upload-Content-Length"], begun["X-Upload-Content-Type"]));
        Assert.NotNull(await client.FindAsync(account, "dQw4w9WgXcQ", Ct));
        Assert.True((await client.TryAsync(account, Ct)).Works);
        Assert.Empty(server.Faults);
    }

    [Fact]
    public async Task A_film_whose_answer_was_lost_is_looked_for_and_not_sent_twice()
    {
        await using var server = await DescribedServer.StartAsync("google-youtube");
        server.Answers = asked => (asked.Method, asked["Content-Range"]) switch
        {
            ("POST", _) => new(200) { Headers = [("Location", new Uri(server.Url, "/upload/youtube/v3/videos?upload_id=xa").AbsoluteUri)] },
            ("PUT", "") => new(500, "{}"),
            _ => new(200, """{"id":"dQw4w9WgXcQ"}"""),
        };
        var client = new YoutubeClient(new(server.Http, TimeProvider.System));
        Assert.Equal("dQw4w9WgXcQ", await client.UploadAsync(server.Account(Provider.Youtube, secret: null), new(new("T", "D"), new("private", false)), "video/mp4", 4, () => new MemoryStream("film"u8.ToArray()), Ct));
        Assert.Equal("bytes */4", server.Last["Content-Range"]);
        Assert.Single(server.Requests, r => r.Body == "film");
    }

    [Fact]
    public async Task A_film_goes_nowhere_else()
    {
        await using var server = await DescribedServer.StartAsync("google-youtube");
        server.Answers = _ => new(200) { Headers = [("Location", "https://elsewhere.example/upload")] };
        var client = new YoutubeClient(new(server.Http, TimeProvider.System));
        await Assert.ThrowsAsync<ProviderUnavailable>(() => client.UploadAsync(server.Account(Provider.Youtube, secret: null), new(new("T", "D"), new("private", false)), "video/mp4", 4, () => new MemoryStream("film"u8.ToArray()), Ct));
        Assert.Single(server.Requests);
    }

    [Fact]
    public async Task TikTok_is_asked_as_its_documentation_says()
    {
        await using var server = await DescribedServer.StartAsync("cloudflare");
        server.Answers = asked => asked.Path switch
        {
            "/v2/post/publish/creator_info/query/" => new(200, """{"data":{"creator_username":"acme","privacy_level_options":["PUBLIC_TO_EVERYONE","SELF_ONLY"],"max_video_post_duration_sec":300},"error":{"code":"ok","message":""}}"""),
            "/v2/post/publish/video/init/" => new(200, """{"data":{"publish_id":"v_pub_url~v2.123"},"error":{"code":"ok","message":""}}"""),
            "/v2/post/publish/status/fetch/" => new(200, """{"data":{"status":"PUBLISH_COMPLETE","publicaly_available_post_id":[7301]},"error":{"code":"ok","message":""}}"""),
            _ => null,
        };
        var (client, account) = (new TiktokClient(server.Http), server.Account(Provider.Tiktok, settings: [("requests_per_second", "100")]));
        Assert.True((await client.TryAsync(account, Ct)).Works);
        var id = await client.PublishAsync(account, new("Hello #new", "SELF_ONLY") { DisableDuet = true }, new("https://portal.example/1.mp4"), Ct);
        Assert.Equal("""{"post_info":{"title":"Hello #new","privacy_level":"SELF_ONLY","disable_comment":false,"disable_duet":true,"disable_stitch":false},"source_info":{"source":"PULL_FROM_URL","video_url":"https://portal.example/1.mp4"}}""", server.Last.Body);
        Assert.Equal(7301, Assert.Single((await client.FindAsync(account, id, Ct)).PostIds!));
        server.Answers = _ => new(200, """{"data":{},"error":{"code":"access_token_invalid","message":"The access token is invalid or not found in the request."}}""");
        Assert.Equal(RefusalOf.Account, (await Assert.ThrowsAsync<ProviderRefused>(() => client.CreatorAsync(account, Ct))).Of);
    }

    private static ProviderAccount Namecheap(DescribedServer server) => server.Account(Provider.Namecheap, settings: [("api_user", "agency"), ("client_ip", "192.0.2.7"), ("requests_per_second", "100")]);
}
