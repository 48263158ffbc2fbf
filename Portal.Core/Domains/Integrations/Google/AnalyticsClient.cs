using System.Globalization;
using System.Text.Json.Serialization;

namespace Portal.Core.Domains.Integrations;

/// <summary>Google Analytics 4, Data API v1beta.</summary>
public sealed class AnalyticsClient(GoogleWay google) : IProviderProbe
{
    public Provider Provider => Provider.Analytics;

    /// <param name="account">Who was given access.</param>
    /// <param name="property">Only the digits.</param>
    /// <param name="from">The first day.</param>
    /// <param name="to">The last.</param>
    /// <param name="by">Like date, country, pagePath, sessionDefaultChannelGroup.</param>
    /// <param name="metrics">Like activeUsers, sessions, screenPageViews, conversions.</param>
    /// <param name="limit">At most 250,000.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<AnalyticsReport> RunAsync(ProviderAccount account, string property, DateOnly from, DateOnly to, IReadOnlyList<string> by, IReadOnlyList<string> metrics, int limit, CancellationToken ct)
    {
        var question = new AnalyticsQuestion([new(Day(from), Day(to))], [.. by.Select(b => new AnalyticsName(b))], [.. metrics.Select(m => new AnalyticsName(m))], limit.ToString(CultureInfo.InvariantCulture));
        var reply = await google.SendAsync(account, new(HttpMethod.Post, $"v1beta/properties/{Uri.EscapeDataString(property)}:runReport", "run report")
        {
            Content = ProviderJson.Content(question, AnalyticsJson.Default.AnalyticsQuestion),
            IsRepeatable = true, // it only asks
            IsChange = false,
            LongestReply = 16 * 1024 * 1024,
        }, ct);
        var answer = reply.Read(account, AnalyticsJson.Default.AnalyticsAnswer);
        return new(answer.RowCount ?? 0, [.. (answer.Rows ?? []).Select(r => new AnalyticsLine([.. (r.DimensionValues ?? []).Select(v => v.Value)], [.. (r.MetricValues ?? []).Select(v => Number(v.Value))]))]);
    }

    public Task<ProbeAnswer> TryAsync(ProviderAccount account, CancellationToken ct) => ProviderProbes.AskAsync(async () =>
    {
        if (account.Settings["property_id"] is not { } property)
            return new(false, "Enter the property ID: without one there is nothing to ask for.");
        var day = new DateOnly(2025, 1, 1);
        await RunAsync(account, property, day, day, [], ["activeUsers"], 1, ct);
        return new(true, $"Access to property {property} works.");
    });

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static decimal Number(string? text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : 0;
}

/// <param name="RowCount">How many there are in all.</param>
/// <param name="Lines">As many of them as were asked for.</param>
public sealed record AnalyticsReport(int RowCount, IReadOnlyList<AnalyticsLine> Lines);

public sealed record AnalyticsLine(IReadOnlyList<string> Of, IReadOnlyList<decimal> Figures);

internal sealed record AnalyticsDays(string StartDate, string EndDate);

internal sealed record AnalyticsName(string Name);

internal sealed record AnalyticsQuestion(IReadOnlyList<AnalyticsDays> DateRanges, IReadOnlyList<AnalyticsName> Dimensions, IReadOnlyList<AnalyticsName> Metrics, string Limit);

internal sealed record AnalyticsValue(string Value);

internal sealed record AnalyticsRow(IReadOnlyList<AnalyticsValue>? DimensionValues, IReadOnlyList<AnalyticsValue>? MetricValues);

internal sealed record AnalyticsAnswer(int? RowCount, IReadOnlyList<AnalyticsRow>? Rows);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AnalyticsQuestion))]
[JsonSerializable(typeof(AnalyticsAnswer))]
internal sealed partial class AnalyticsJson : JsonSerializerContext;
