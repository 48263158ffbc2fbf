using System.ComponentModel.DataAnnotations;
using System.Reflection;
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
        var missing = rules.OfType<RequiredAttribute>().Where(r => !r.IsValid(value)).ToList<ValidationAttribute>();
        return (missing.Count > 0 ? missing : rules.Where(r => !r.IsValid(value))).Select(Words);
    }

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
