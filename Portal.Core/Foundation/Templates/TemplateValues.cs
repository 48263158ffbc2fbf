using System.Globalization;

namespace Portal.Core.Foundation;

/// <summary>What is filled in, as one reader reads it: in their zone, and with the figures of their culture.</summary>
internal sealed class TemplateValues
{
    private const int LongestText = 4000;
    private readonly IReadOnlyDictionary<string, object?> values;
    private readonly TemplateRules rules;
    private readonly CultureInfo culture;
    private readonly Zone zone;

    /// <summary>A value that is missing or of another kind is a bug of whoever writes the mail, and is said at once.</summary>
    public TemplateValues(TemplateRules rules, IReadOnlyDictionary<string, object?> values, CultureInfo culture, Zone zone)
    {
        (this.values, this.rules, this.culture, this.zone) = (values, rules, culture, zone);
        foreach (var variable in rules.Variables)
        {
            var value = values.GetValueOrDefault(variable.Name);
            if (value is null ? !variable.IsOptional : !variable.Takes(value))
                throw new InvalidOperationException($"{variable.Name} is {(value is null ? "missing" : $"a {value.GetType().Name}")}: the template wants a {variable.Kind}.");
            if (value is string address && variable.Kind is VariableKind.Url && rules.Address(address, variable.LeadsElsewhere) is null)
                throw new InvalidOperationException($"{variable.Name} is no address that the template may lead to.");
        }
    }

    public string Text(TemplatePiece.Place place) =>
        (values.GetValueOrDefault(place.Variable.Name) is { } value ? Write(place.Variable, value) : "") is { Length: > 0 } text ? text : place.Default ?? "";

    public Uri? Address(TemplatePiece.Link link) => link.Fixed ?? (link.Target is { } target ? Address(target.Variable) : null);

    public Uri? Address(TemplateVariable variable) => values.GetValueOrDefault(variable.Name) is string { Length: > 0 } address ? rules.Address(address, variable.LeadsElsewhere) : null;

    public IReadOnlyList<TemplateItem> Items(TemplateVariable variable) => values.GetValueOrDefault(variable.Name) as IReadOnlyList<TemplateItem> ?? [];

    /// <summary>Where one of a list is. Only pages of the portal are.</summary>
    public Uri? Address(TemplateItem item) => item.Link is { Length: > 0 } link ? rules.Address(link, leadsElsewhere: false) : null;

    public string Moment(DateTime at)
    {
        var local = zone.ToOffset(at);
        var from = local.Offset == TimeSpan.Zero ? "UTC" : $"UTC{(local.Offset < TimeSpan.Zero ? '−' : '+')}{local.Offset.ToString(local.Offset.Minutes == 0 ? "%h" : @"h\:mm", CultureInfo.InvariantCulture)}";
        return $"{Day(DateOnly.FromDateTime(local.DateTime))}, {local.DateTime.ToString("t", culture)} ({from})";
    }

    private string Write(TemplateVariable variable, object value) => value switch
    {
        Money amount => amount.Written(culture),
        DateOnly day => Day(day),
        DateTime at => Moment(at),
        int or long => ((IFormattable)value).ToString("N0", culture),
        decimal number => number.ToString("#,0.##", culture),
        string address when variable.Kind is VariableKind.Url => rules.Address(address, variable.LeadsElsewhere)?.AbsoluteUri ?? "",
        string text => Cut(text.Trim()),
        _ => "",
    };

    // The culture's long day, without the day of the week.
    private string Day(DateOnly day) =>
        day.ToString(System.Text.RegularExpressions.Regex.Replace(culture.DateTimeFormat.LongDatePattern, @"[,\s]*dddd[,\s]*", " ").Trim(), culture);

    private static string Cut(string text) => text.Length <= LongestText ? text : text[..(char.IsHighSurrogate(text[LongestText - 1]) ? LongestText - 1 : LongestText)] + "…";
}
