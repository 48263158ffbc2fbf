using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Components;
using Portal.Core.Foundation;
using static Portal.Resources.Texts;

namespace Portal.Components.Ui;

/// <summary>
/// The small parts of the kit as finished markup: one frame in the render tree instead of a component each,
/// which is what keeps a circuit with a full table small.
/// </summary>
public static class Show
{
    private static readonly ConcurrentDictionary<(string Name, string? Size), MarkupString> Icons = new();
    private static readonly ConcurrentDictionary<(string Name, string Language), MarkupString> Chips = new();
    private static readonly string[] AvatarTones = ["purple", "teal", "warning", "info", "orange", "success", "pink"];

    /// <summary>Whose portal it is: their logo or ours, and their name.</summary>
    public static MarkupString Brand(string name, string? logo) => new($"{(logo is null ? Icon("logo").Value : $"<img src=\"{Html(logo)}\" alt=\"\">")}{Html(name)}");

    /// <param name="name">A symbol of icons.svg.</param>
    /// <param name="size">"tiny" or "big".</param>
    public static MarkupString Icon(string name, string? size = null) => Icons.GetOrAdd((name, size), static key => new(
        $"""<svg class="{Class("icon", key.Size)}" viewBox="0 0 20 20" aria-hidden="true">{Drawings.Of(key.Name)}</svg>"""));

    /// <summary>A state as icon, words and tone.</summary>
    public static MarkupString Chip<TEnum>(TEnum value)
        where TEnum : struct, Enum => Chip(Names<TEnum>.Of(value));

    /// <param name="name">A state's snake_case name; see <see cref="Statuses"/>.</param>
    public static MarkupString Chip(string name) => Statuses.Names.Contains(name)
        ? Chips.GetOrAdd((name, CultureInfo.CurrentUICulture.Name), static key => new(string.Intern(WriteChip(key.Name))))
        : new(WriteChip(name));

    /// <summary>An instant in words; the exact one stands in the title.</summary>
    public static MarkupString Time(DateTime? at, Zone zone, DateTime? now = null) => at is not { } instant
        ? new($"""<span class="muted" title="{Html(T("time.none"))}">–</span>""")
        : new($"""<time datetime="{instant:yyyy-MM-ddTHH:mm:ssZ}" title="{Html(TimeWords.Exact(instant, zone))}">{Html(TimeWords.Relative(instant, zone, now ?? TimeProvider.System.Now()))}</time>""");

    /// <summary>The hour of an instant, where its day stands above; the exact one stands in the title.</summary>
    public static MarkupString Clock(DateTime at, Zone zone) =>
        new($"""<time datetime="{at:yyyy-MM-ddTHH:mm:ssZ}" title="{Html(TimeWords.Exact(at, zone))}">{Html(zone.ToLocal(at).ToString("t", CultureInfo.CurrentCulture))}</time>""");

    /// <summary>A day as the person's culture writes it.</summary>
    public static MarkupString Day(DateOnly? day) => day is not { } on
        ? Time(null, Zone.Utc)
        : new($"""<time datetime="{on.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}">{Html(TimeWords.Day(on))}</time>""");

    /// <param name="amount">What to show.</param>
    /// <param name="incoming">Writes a plus before what comes in.</param>
    public static MarkupString Money(Money amount, bool incoming = false) => MoneyWords.Write(amount, incoming);

    /// <param name="picture">The address of a photo or logo; without one, initials.</param>
    public static MarkupString Avatar(string name, bool square = false, string? size = null, string? picture = null)
    {
        if (picture is not null)
            return new($"""<img class="{Class("avatar", square ? "square" : null, size)}" src="{Html(picture)}" alt="">""");
        var hash = name.Aggregate(17u, (sum, c) => (sum * 31) + c);
        var look = Class($"avatar is-{AvatarTones[hash % AvatarTones.Length]}", square ? "square" : null, size);
        return new($"""<span class="{look}" aria-hidden="true">{Html(Initials(name))}</span>""");
    }

    /// <summary>The doorway of a service.</summary>
    public static MarkupString ServiceMark(Service service)
    {
        var (name, icon) = service switch
        {
            Service.Marketing => ("marketing", "megaphone"),
            Service.Website => ("website", "globe"),
            _ => ("courses", "cap"),
        };
        return new($"""<span class="service-mark" data-service="{name}" title="{Html(T("service." + name))}">{Icon(icon)}<span class="sr-only">{Html(T("service." + name))}</span></span>""");
    }

    /// <summary>A line through the values, oldest first; decoration beside a figure that says the same in words.</summary>
    public static MarkupString Sparkline(IReadOnlyList<double> values)
    {
        if (values.Count < 2)
            return default;
        var (low, high) = (values.Min(), values.Max());
        var line = new StringBuilder();
        for (var i = 0; i < values.Count; i++)
        {
            var (x, y) = (100d * i / (values.Count - 1), high > low ? 100 - (100 * (values[i] - low) / (high - low)) : 50);
            line.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{x:0} {y:0}");
        }

        return new($"""<svg class="sparkline" viewBox="0 0 100 100" preserveAspectRatio="none" aria-hidden="true"><path class="area" d="{line}L100 100L0 100Z"/><path d="{line}"/></svg>""");
    }

    /// <param name="change">As a fraction: 0.18 is 18 % more.</param>
    /// <param name="lessIsBetter">For errors, complaints, time.</param>
    public static MarkupString Trend(decimal change, bool lessIsBetter = false)
    {
        var tone = change == 0 ? "" : (change > 0) ^ lessIsBetter ? " is-success" : " is-danger";
        var percent = Math.Abs(change).ToString("P0", CultureInfo.CurrentCulture);
        var words = T(change < 0 ? "trend.down" : "trend.up", percent);
        return new($"""<span class="trend{tone}">{Icon(change < 0 ? "arrow-down" : "arrow-up")}<span class="sr-only">{Html(words)}</span><span aria-hidden="true">{Html(percent)}</span></span>""");
    }

    public static string Initials(string name)
    {
        var words = name.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return string.Concat(words.Take(1).Concat(words.Skip(1).TakeLast(1)).Select(w => StringInfo.GetNextTextElement(w).ToUpperInvariant()));
    }

    internal static string Html(string text) => HtmlEncoder.Default.Encode(text);

    internal static string Class(params ReadOnlySpan<string?> names)
    {
        var all = "";
        foreach (var name in names)
        {
            if (!string.IsNullOrEmpty(name))
                all = all.Length == 0 ? name : $"{all} {name}";
        }

        return all;
    }

    // There are few states and many rows: each is written once per language.
    private static string WriteChip(string name)
    {
        var status = Statuses.Of(name);
        return $"""<span class="{Class($"chip is-{status.Tone}", status.Style)}">{Icon(status.Icon)}{Html(Statuses.Words(name))}</span>""";
    }

    private static class Names<TEnum>
        where TEnum : struct, Enum
    {
        private static readonly ConcurrentDictionary<TEnum, string> Known = new();

        public static string Of(TEnum value) => Known.GetOrAdd(value, static v => Input.Name(v.ToString()));
    }
}
