using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Portal.Core.Foundation;

/// <summary>Checks what comes in by its annotations, once, before anything happens.</summary>
public static class Input
{
    public static void Check(object input)
    {
        var results = new List<ValidationResult>();
        if (Validator.TryValidateObject(input, new ValidationContext(input), results, validateAllProperties: true))
            return;
        throw new Invalid(results
            .SelectMany(r => r.MemberNames.DefaultIfEmpty(""), (r, member) => (Field: Name(member), Message: r.ErrorMessage ?? "Please check this."))
            .GroupBy(e => e.Field)
            .ToDictionary(g => g.Key, g => g.Select(e => e.Message).ToArray()));
    }

    /// <summary>The name a field has on the wire and in error messages.</summary>
    public static string Name(string property) => JsonNamingPolicy.SnakeCaseLower.ConvertName(property);
}
