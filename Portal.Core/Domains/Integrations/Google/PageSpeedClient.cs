using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

/// <summary>PageSpeed Insights v5: a page is loaded and judged by Google. It takes half a minute, so it is asked by a job.</summary>
public sealed class PageSpeedClient(ProviderHttp http) : IProviderProbe
{
    public Provider Provider => Provider.PageSpeed;

    public async Task<PageSpeedReport> RunAsync(ProviderAccount account, Uri page, bool isMobile, CancellationToken ct)
    {
        var query = FormFields.Query(("url", page.AbsoluteUri), ("strategy", isMobile ? "MOBILE" : "DESKTOP"), ("category", "PERFORMANCE"));
        var reply = await AskAsync(account, $"{query}&category=ACCESSIBILITY&category=BEST_PRACTICES&category=SEO", ct);
        var result = reply.Read(account, PageSpeedJson.Default.PageSpeedAnswer).LighthouseResult;
        return new(page, isMobile, Score("performance"), Score("accessibility"), Score("best-practices"), Score("seo"), Metric("largest-contentful-paint"), Metric("total-blocking-time"), Metric("cumulative-layout-shift"));

        int? Score(string name) => result.Categories.GetValueOrDefault(name)?.Score is { } score ? (int)Math.Round(score * 100) : null;

        double? Metric(string name) => result.Audits.GetValueOrDefault(name)?.NumericValue;
    }

    /// <summary>A page that is quickly looked at; that the page is not well is no trouble of the key's.</summary>
    public Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct) => ProviderProbes.AskAsync(async () =>
    {
        await RunAsync(account, new("https://example.com/"), isMobile: false, ct);
        return new(true, account.Key is null ? "It works without a key, for a few pages a day." : "The key works.");
    });

    private Task<ProviderReply> AskAsync(ProviderAccount account, string query, CancellationToken ct) =>
        http.SendAsync(account, new(HttpMethod.Get, $"pagespeedonline/v5/runPagespeed{query}", "run")
        {
            // Google takes a key in this header as well as in the address, where it would be written down on the way.
            Headers = account.Key is { } key ? [("X-Goog-Api-Key", key)] : [],
            Patience = TimeSpan.FromSeconds(90),
            LongestReply = 16 * 1024 * 1024,
            Reads = GoogleWay.Read,
        }, ct);
}

/// <param name="Page">What was looked at.</param>
/// <param name="IsMobile">As a telephone sees it.</param>
/// <param name="Performance">Of a hundred, as the other three.</param>
/// <param name="Accessibility">Whether everybody can use it.</param>
/// <param name="BestPractices">Whether it is built well.</param>
/// <param name="Seo">Whether it can be found.</param>
/// <param name="LargestPaintMs">When the biggest part is there.</param>
/// <param name="BlockingMs">For how long it does not react.</param>
/// <param name="LayoutShift">How much it jumps about.</param>
public sealed record PageSpeedReport(Uri Page, bool IsMobile, int? Performance, int? Accessibility, int? BestPractices, int? Seo, double? LargestPaintMs, double? BlockingMs, double? LayoutShift);

internal sealed record PageSpeedCategory(double? Score = null);

internal sealed record PageSpeedAudit(double? NumericValue = null);

internal sealed record PageSpeedResult(Dictionary<string, PageSpeedCategory> Categories, Dictionary<string, PageSpeedAudit> Audits);

internal sealed record PageSpeedAnswer(PageSpeedResult LighthouseResult);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(PageSpeedAnswer))]
internal sealed partial class PageSpeedJson : JsonSerializerContext;
