using System.Globalization;
using System.Text.Json;
using Portal.Core.Domains.Integrations;
using Portal.Core.Foundation;

namespace Portal.Components.Features.Sending;

/// <summary>What is typed into the places of a mail's template, as the service wants it.</summary>
internal static class TemplateDraft
{
    /// <summary>What is left empty is left out; what cannot be read is handed on, for the service to say so.</summary>
    public static Dictionary<string, JsonElement> Values(MessageTemplateView template, IReadOnlyDictionary<string, string?> typed, Zone zone)
    {
        var values = new Dictionary<string, JsonElement>();
        foreach (var variable in template.Variables)
        {
            if (typed.GetValueOrDefault(variable.Name)?.Trim() is { Length: > 0 } text)
                values[variable.Name] = JsonSerializer.SerializeToElement(Read(variable, text, zone));
        }

        return values;
    }

    /// <summary>The native input that a value is typed into.</summary>
    public static string InputOf(VariableKind kind) => kind switch
    {
        VariableKind.Day => "date",
        VariableKind.Moment => "datetime-local",
        VariableKind.Number => "number",
        _ => "text",
    };

    private static object Read(MailVariableView variable, string text, Zone zone) => variable.Kind switch
    {
        VariableKind.Number when decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var number) => number,
        VariableKind.Moment when DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.None, out var at) => zone.ToUtc(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at)),
        VariableKind.Money => text.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var amount, var currency]
            ? new Dictionary<string, string> { ["amount"] = amount, ["currency"] = currency.ToUpperInvariant() }
            : throw new Invalid($"values.{variable.Name}", "Write an amount and its currency, like 36.40 USD."),
        _ => text,
    };
}
