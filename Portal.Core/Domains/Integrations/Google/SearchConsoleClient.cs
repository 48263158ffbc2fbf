using System.Globalization;
using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

/// <summary>Search Console v3: what a site is found by. Its figures are two days behind.</summary>
public sealed class SearchConsoleClient(GoogleWay google) : IProviderProbe
{
    public Provider Provider => Provider.SearchConsole;

    public async Task<IReadOnlyList<SearchConsoleSite>> SitesAsync(ProviderAccount account, CancellationToken ct) =>
        (await google.SendAsync(account, new(HttpMethod.Get, "webmasters/v3/sites", "list sites"), ct)).Read(account, SearchConsoleJson.Default.SearchConsoleSites).SiteEntry ?? [];

    /// <param name="account">Who was given access.</param>
    /// <param name="site">As Search Console writes it: https://example.com/ or sc-domain:example.com.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last.</param>
    /// <param name="by">date, query, page, country or device; several are combined.</param>
    /// <param name="limit">At most 25,000.</param>
    /// <param name="start">From which row on.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<IReadOnlyList<SearchConsoleRow>> QueryAsync(ProviderAccount account, string site, DateOnly from, DateOnly to, IReadOnlyList<string> by, int limit, int start, CancellationToken ct)
    {
        var query = new SearchConsoleQuery(Day(from), Day(to), [.. by.Select(b => b.ToUpperInvariant())], limit, start);
        var reply = await google.SendAsync(account, new(HttpMethod.Post, $"webmasters/v3/sites/{Uri.EscapeDataString(site)}/searchAnalytics/query", "query")
        {
            Content = ProviderJson.Content(query, SearchConsoleJson.Default.SearchConsoleQuery),
            IsRepeatable = true, // it only asks
            IsChange = false,
            LongestReply = 16 * 1024 * 1024,
        }, ct);
        return reply.Read(account, SearchConsoleJson.Default.SearchConsoleRows).Rows ?? [];
    }

    /// <summary>Tells Google where a site lists its pages.</summary>
    public Task AddSitemapAsync(ProviderAccount account, string site, Uri sitemap, CancellationToken ct) =>
        google.SendAsync(account, new(HttpMethod.Put, $"webmasters/v3/sites/{Uri.EscapeDataString(site)}/sitemaps/{Uri.EscapeDataString(sitemap.AbsoluteUri)}", "add sitemap"), ct);

    public Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct) => ProviderProbes.AskAsync(async () =>
    {
        var sites = await SitesAsync(account, ct);
        return account.Settings["site_url"] is { } site && !sites.Any(s => s.SiteUrl == site)
            ? new(false, $"Access works, but not to {site}. Give it access there under Settings, Users.")
            : new(true, $"Access works, to {sites.Count} {(sites.Count == 1 ? "site" : "sites")}.");
    });

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

public sealed record SearchConsoleSite(string SiteUrl, string PermissionLevel);

/// <param name="Keys">What the row is of, in the order in which it was asked.</param>
/// <param name="Clicks">How often somebody came.</param>
/// <param name="Impressions">How often it was shown.</param>
/// <param name="Ctr">The share of those who came.</param>
/// <param name="Position">Where it stood, on average.</param>
public sealed record SearchConsoleRow(IReadOnlyList<string> Keys, double Clicks, double Impressions, double Ctr, double Position);

internal sealed record SearchConsoleQuery(string StartDate, string EndDate, IReadOnlyList<string> Dimensions, int RowLimit, int StartRow);

internal sealed record SearchConsoleRows(IReadOnlyList<SearchConsoleRow>? Rows);

internal sealed record SearchConsoleSites(IReadOnlyList<SearchConsoleSite>? SiteEntry);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SearchConsoleQuery))]
[JsonSerializable(typeof(SearchConsoleRows))]
[JsonSerializable(typeof(SearchConsoleSites))]
internal sealed partial class SearchConsoleJson : JsonSerializerContext;
