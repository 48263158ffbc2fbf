using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Components;
using static Portal.Resources.Texts;

namespace Portal.Components.Ui;

/// <summary>A day's figure, and the one as many days before as the chart is long.</summary>
public sealed record TrendPoint(DateOnly Day, long Value, long Before);

/// <summary>Draws a <see cref="TrendChart"/> as finished markup: axes in HTML, lines in SVG, a tip for each day and the table behind.</summary>
public static class TrendDrawing
{
    private const int DayLabels = 5;

    public static MarkupString Write(string label, string now, string before, IReadOnlyList<TrendPoint> points)
    {
        if (points.Count < 2)
            return default;
        var (step, top) = Scale(points.Max(p => Math.Max(p.Value, p.Before)));
        var html = new StringBuilder("""<figure class="chart"><div class="plot">""");
        html.Append("""<ol class="y-axis" aria-hidden="true">""");
        for (var tick = top; tick >= 0; tick -= step)
            html.Append(CultureInfo.CurrentCulture, $"<li>{tick:N0}</li>");
        html.Append("</ol>");
        Ink(html, label, now, before, points, step, top);
        html.Append("""<ol class="x-axis" aria-hidden="true">""");
        foreach (var day in Spread(points.Count))
            html.Append(CultureInfo.InvariantCulture, $"<li>{Html(points[day].Day)}</li>");
        html.Append("</ol></div>");
        Legend(html, now, before, points);
        Table(html, label, now, before, points);
        return new(html.Append("</figure>").ToString());
    }

    /// <summary>A step of 1, 2 or 5 with noughts, so that at most five of them reach above the highest point.</summary>
    public static (long Step, long Top) Scale(long highest)
    {
        long step = 1;
        for (var i = 0; step * 5 < highest; i++)
            step = i % 3 == 1 ? step / 2 * 5 : step * 2;
        return (step, Math.Max(step, (highest + step - 1) / step * step));
    }

    private static void Ink(StringBuilder html, string label, string now, string before, IReadOnlyList<TrendPoint> points, long step, long top)
    {
        html.Append(CultureInfo.InvariantCulture, $"""<div class="ink"><svg viewBox="0 0 100 100" preserveAspectRatio="none" role="img" aria-label="{Show.Html(label)}">""");
        for (var tick = step; tick <= top; tick += step)
            html.Append(CultureInfo.InvariantCulture, $"""<path class="grid-line" d="M0 {Y(tick, top)}H100"/>""");
        html.Append("""<path class="grid-line base-line" d="M0 100H100"/>""");
        var (line, was) = (Line(points, p => p.Value, top), Line(points, p => p.Before, top));
        html.Append(CultureInfo.InvariantCulture, $"""<path class="area s1" d="{line}L100 100L0 100Z"/><path class="line s4 was" d="{was}"/><path class="line s1" d="{line}"/><path class="dot s1" d="M100 {Y(points[^1].Value, top)}h0"/></svg>""");
        html.Append("""<ol class="hits" aria-hidden="true">""");
        foreach (var p in points)
            html.Append(CultureInfo.CurrentCulture, $"""<li><span class="tip"><b>{Html(p.Day)}</b> {Show.Html(now)} {p.Value:N0} · {Show.Html(before)} {p.Before:N0}</span></li>""");
        html.Append("</ol></div>");
    }

    private static void Legend(StringBuilder html, string now, string before, IReadOnlyList<TrendPoint> points) => html.Append(
        CultureInfo.CurrentCulture,
        $"""<ul class="legend"><li><span class="swatch s1"></span>{Show.Html(now)} <b>{points.Sum(p => p.Value):N0}</b></li><li><span class="swatch s4"></span>{Show.Html(before)} <b>{points.Sum(p => p.Before):N0}</b></li></ul>""");

    private static void Table(StringBuilder html, string label, string now, string before, IReadOnlyList<TrendPoint> points)
    {
        html.Append(CultureInfo.InvariantCulture, $"""<details class="chart-data"><summary>{Show.Icon("chevron-right", "tiny")}{Show.Html(T("chart.table"))}</summary><table><caption class="sr-only">{Show.Html(label)}</caption>""");
        html.Append(CultureInfo.InvariantCulture, $"""<thead><tr><th scope="col">{Show.Html(T("chart.day"))}</th><th scope="col">{Show.Html(now)}</th><th scope="col">{Show.Html(before)}</th></tr></thead><tbody>""");
        foreach (var p in points)
            html.Append(CultureInfo.CurrentCulture, $"""<tr><th scope="row">{Html(p.Day)}</th><td>{p.Value:N0}</td><td>{p.Before:N0}</td></tr>""");
        html.Append("</tbody></table></details>");
    }

    private static string Line(IReadOnlyList<TrendPoint> points, Func<TrendPoint, long> value, long top)
    {
        var line = new StringBuilder();
        for (var i = 0; i < points.Count; i++)
            line.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{100d * i / (points.Count - 1):0.##} {Y(value(points[i]), top)}");
        return line.ToString();
    }

    private static string Y(long value, long top) => (100 - (100d * value / top)).ToString("0.##", CultureInfo.InvariantCulture);

    private static string Html(DateOnly day) => Show.Html(TimeWords.Day(day, day.Year));

    private static IEnumerable<int> Spread(int count) => Enumerable.Range(0, DayLabels).Select(i => i * (count - 1) / (DayLabels - 1)).Distinct();
}
