using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Portal.Startup;

namespace Portal.Tests.Operations;

public partial class MetricsTests
{
    private const string Token = "a token of sixteen letters or more";

    [Fact]
    public async Task Without_a_token_configured_there_is_no_such_address()
    {
        await using var server = new PortalServer();
        using var client = Scraper(server, Token);
        using var answer = await client.GetAsync(new Uri("/metrics", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
    }

    [Fact]
    public async Task Only_the_token_opens_them()
    {
        await using var server = Server();
        foreach (var wrong in new[] { null, "", "another", Token + "x", Token[..^1] })
        {
            using var stranger = Scraper(server, wrong);
            using var refused = await stranger.GetAsync(new Uri("/metrics", UriKind.Relative), Ct);
            await refused.RefusedAsync(HttpStatusCode.Unauthorized, "unauthorized");
        }

        using var scraper = Scraper(server, Token);
        using var answer = await scraper.GetAsync(new Uri("/metrics", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("text/plain; version=0.0.4; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
    }

    [Fact]
    public async Task Requests_are_counted_by_route_and_never_by_address()
    {
        await using var server = Server();
        using var client = server.CreateClient(new() { AllowAutoRedirect = false });
        for (var i = 0; i < 50; i++)
        {
            using var made = await client.GetAsync(new Uri($"/made-up-{i}?secret=hidden", UriKind.Relative), Ct);
            using var file = await client.GetAsync(new Uri($"/api/clients/{i}/profile", UriKind.Relative), Ct);
        }

        var text = await ScrapeAsync(server);

        Assert.DoesNotContain("made-up", text, StringComparison.Ordinal);
        Assert.DoesNotContain("hidden", text, StringComparison.Ordinal);
        var series = text.Split('\n').Where(l => l.StartsWith("http_request_duration_seconds_count{", StringComparison.Ordinal)).ToList();
        Assert.InRange(series.Count, 1, 5);
        Assert.Contains(series, l => l.Contains("method=\"GET\",status=\"4xx\"", StringComparison.Ordinal));
        Assert.Equal(100, series.Sum(l => int.Parse(l.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task Every_line_is_as_Prometheus_reads_it_and_buckets_only_grow()
    {
        await using var server = Server();
        using var client = server.CreateClient();
        using var sign = await client.LoginAsync(PortalServer.AcmeOwner);
        var lines = (await ScrapeAsync(server)).TrimEnd('\n').Split('\n');

        Assert.All(lines, line => Assert.Matches(Line(), line));
        Assert.Equal(lines.Length, lines.Distinct().Count());
        var buckets = lines.Where(l => l.Contains("_bucket{", StringComparison.Ordinal) && l.Contains("/api/auth/login", StringComparison.Ordinal)).Select(l => double.Parse(l.Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture)).ToList();
        Assert.Equal(buckets.Order(), buckets);
        Assert.Equal(1, buckets[^1]);
    }

    [Fact]
    public async Task Queues_jobs_deliveries_and_the_process_are_in_them()
    {
        await using var server = Server();
        using var client = server.CreateClient();
        await server.Get<JobDesk>().RunAsync("test-job", _ => Task.FromResult(new JobResult(1, "done")), Ct);
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Get<JobDesk>().RunAsync("test-job", _ => throw new InvalidOperationException("no"), Ct));
        await using (var db = server.Open())
        {
            db.Record(new Core.Domains.People.SignedOut(1, 1));
            db.Add(new Delivery { Key = "metrics", Channel = "none", Recipient = "nobody", Title = "", Body = "", CreatedAt = TimeProvider.System.Now() }.From(TimeProvider.System.Now()));
            await db.SaveChangesAsync(Ct);
        }

        var text = await ScrapeAsync(server);

        Assert.True(Value(text, "portal_relay_queue") > 0);
        Assert.True(Value(text, "portal_deliveries{state=\"waiting\"}") > 0);
        Assert.Equal(3, Value(text, "portal_deliveries{state=\"dead\"}")); // the demo's
        Assert.Equal(1, Value(text, "portal_job_runs_total{job=\"test-job\",outcome=\"done\"}"));
        Assert.Equal(1, Value(text, "portal_job_runs_total{job=\"test-job\",outcome=\"failed\"}"));
        Assert.True(Value(text, "portal_lane_commit_seconds_count") > 0);
        Assert.True(Value(text, "portal_database_bytes") > 100_000);
        Assert.True(Value(text, "process_working_set_bytes") > 1_000_000);
        Assert.True(Value(text, "dotnet_threads") > 0);
        Assert.Contains("dotnet_gc_collections_total{generation=\"gen0\"}", text, StringComparison.Ordinal);
        Assert.Contains("# TYPE portal_circuits_connected gauge", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_alarm_that_the_operators_page_shows_does_not_ring_because_a_host_says_that_it_is_not_ready()
    {
        await using var server = Server();
        using var client = server.CreateClient();
        await server.Get<Database>().Provider.ExecuteAsync("UPDATE SecretKeys SET Wrapped = zeroblob(length(Wrapped))");
        using var unready = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, unready.StatusCode);

        var failures = (await ScrapeAsync(server)).Split('\n').Where(l => l.StartsWith("http_request_duration_seconds_count{", StringComparison.Ordinal) && l.Contains("status=\"5xx\"", StringComparison.Ordinal));

        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"), Ct);
        var aside = Regex.Match(page, """`http_request_duration_seconds_count\{status="5xx",route!~"([^"]+)"\}`""").Groups[1].Value;
        Assert.Matches($"^(?:{aside})$", Regex.Match(Assert.Single(failures), "route=\"([^\"]*)\"").Groups[1].Value);
    }

    [Fact]
    public void A_request_pays_next_to_nothing_for_being_counted()
    {
        const int Requests = 200_000;
        using var meter = new Meter("Microsoft.AspNetCore.Hosting");
        var duration = meter.CreateHistogram<double>("http.server.request.duration");
        using var prometheus = new Prometheus(new NoFactory());
        prometheus.Listen();
        Record(duration, 10_000);
        var (before, began) = (GC.GetAllocatedBytesForCurrentThread(), Stopwatch.GetTimestamp());

        Record(duration, Requests);

        var (bytes, time) = ((GC.GetAllocatedBytesForCurrentThread() - before) / Requests, Stopwatch.GetElapsedTime(began).TotalMicroseconds / Requests);
        TestContext.Current.TestOutputHelper?.WriteLine($"{time:0.000} µs and {bytes} bytes a request");
        Assert.InRange(time, 0, 20);
        Assert.InRange(bytes, 0, 250);
    }

    private static void Record(Histogram<double> duration, int times)
    {
        object status = 200;
        for (var i = 0; i < times; i++)
            duration.Record(0.012, new("http.route", "/api/auth/me"), new("http.request.method", "GET"), new("http.response.status_code", status));
    }

    private static PortalServer Server() => new() { Settings = { ["Portal:MetricsToken"] = Token } };

    private static HttpClient Scraper(PortalServer server, string? token)
    {
        var client = server.CreateClient();
        client.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task<string> ScrapeAsync(PortalServer server)
    {
        using var client = Scraper(server, Token);
        return await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), Ct);
    }

    private static double Value(string text, string series) =>
        double.Parse(text.Split('\n').Single(l => l.StartsWith(series + " ", StringComparison.Ordinal)).Split(' ')[^1], System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex("""^(# (HELP [a-z0-9_]+ .+|TYPE [a-z0-9_]+ (counter|gauge|histogram))|[a-z0-9_]+(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? [0-9.E+-]+)$""")]
    private static partial Regex Line();

    private sealed class NoFactory : IMeterFactory
    {
        public Meter Create(MeterOptions options) => throw new NotSupportedException();

        public void Dispose()
        {
        }
    }
}
