using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.Json;

namespace Portal.Core.Foundation;

/// <summary>Checks what comes in by its annotations, once, before anything happens.</summary>
public static class Input
{
    public static void Check(object input)
    {
        if (Errors(input) is { Count: > 0 } errors)
            throw new Invalid(errors);
    }

    /// <summary>What is wrong with it, by field: for whoever goes on with the next.</summary>
    public static Dictionary<string, string[]> Errors(object input) => input.GetType().GetProperties().Where(p => p.GetIndexParameters().Length == 0)
        .Select(p => (Field: Name(p.Name), Messages: Broken(p, p.GetValue(input)).ToArray()))
        .Where(e => e.Messages.Length > 0)
        .ToDictionary(e => e.Field, e => e.Messages);

    private static IEnumerable<string> Broken(PropertyInfo property, object? value)
    {
        var rules = property.GetCustomAttributes<ValidationAttribute>().ToList();

        // What is missing is missing; that it is also too short need not be said.
        var missing = rules.OfType<RequiredAttribute>().Where(r => !r.IsValid(value) || value is string { Length: > 0 } text && !text.EnumerateRunes().Any(IsSeen)).ToList<ValidationAttribute>();
        if (missing.Count > 0)
            return missing.Select(Words);
        var broken = rules.Where(r => !r.IsValid(value)).Select(Words);
        return value is string written && property.DeclaringType != typeof(PageRequest) && Unreadable(written, rules.OfType<DataTypeAttribute>().Any(t => t.DataType is DataType.MultilineText)) is { } why ? broken.Append(why) : broken;
    }

    /// <summary>What people write ends up in mails and lists: a line stays a line, unless it is marked as a text.</summary>
    private static string? Unreadable(string text, bool isLong) =>
        text.EnumerateRunes().Any(r => Search.IsNothing(r) || r == Rune.ReplacementChar || (Rune.IsControl(r) && r.Value is not ('\n' or '\r' or '\t'))) ? "Leave out the characters that cannot be read."
        : !isLong && text.AsSpan().ContainsAny('\n', '\r') ? "Write it in one line."
        : null;

    private static bool IsSeen(Rune rune) => !Rune.IsWhiteSpace(rune) && !Rune.IsControl(rune) && Rune.GetUnicodeCategory(rune) is not UnicodeCategory.Format;

    /// <summary>A rule's own words, or ours; never the framework's.</summary>
    private static string Words(ValidationAttribute rule) => rule switch
    {
        { ErrorMessage: { Length: > 0 } own } => own,
        RequiredAttribute => "This is needed.",
        MaxLengthAttribute { Length: var most } => $"At most {most} characters.",
        StringLengthAttribute { MinimumLength: var least, MaximumLength: var most } => $"Between {least} and {most} characters.",
        RangeAttribute { Minimum: var least, Maximum: var most } => $"Between {least} and {most}.",
        EmailAddressAttribute => "That is not an e-mail address.",
        _ => "Please check this.",
    };

    /// <summary>The name a field has on the wire and in error messages.</summary>
    public static string Name(string property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property);
}
