using System.Globalization;
using Microsoft.AspNetCore.Components;

namespace Portal.Components.Ui;

/// <summary>How much of what there is room for is taken: in figures, in percent and as a bar.</summary>
public static class Meter
{
    public static MarkupString Of(int current, int most, string label)
    {
        var tone = current > most ? " is-danger" : current == most ? " is-warning" : "";
        var percent = ((decimal)current / Math.Max(1, most)).ToString("P0", CultureInfo.CurrentCulture);
        return new(
            $"""
            <div class="meter-row"><span>{current} / {most}</span><span class="muted">{Show.Html(percent)}</span><progress class="bar{tone}" max="{Math.Max(1, most)}" value="{Math.Min(current, most)}" aria-label="{Show.Html(label)}"></progress></div>
            """);
    }
}
