using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Core.Foundation;

/// <summary>How invoices are numbered: text with {number} or {number:4} (four digits at least) in it once, and {year} and {month} if wanted.</summary>
public static partial class InvoiceNumber
{
    public const int Longest = 40;

    public static bool IsGood(string? format) =>
        format is { Length: > 0 and <= Longest } && Places().Count(format, "number") == 1 && Places().Replace(format, "").IndexOfAny(['{', '}']) < 0;

    public static string Write(string format, DateOnly day, long number) => Places().Replace(format, place => place.Groups["name"].Value switch
    {
        "year" => day.ToString("yyyy", CultureInfo.InvariantCulture),
        "month" => day.ToString("MM", CultureInfo.InvariantCulture),
        _ => number.ToString("D" + place.Groups["digits"].Value, CultureInfo.InvariantCulture),
    });

    private static int Count(this Regex places, string format, string name) => places.Matches(format).Count(m => m.Groups["name"].Value == name);

    [GeneratedRegex(@"\{(?<name>year|month|number)\}|\{(?<name>number):(?<digits>[1-9])\}", RegexOptions.ExplicitCapture)]
    private static partial Regex Places();
}
