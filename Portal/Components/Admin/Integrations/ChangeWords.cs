using System.Globalization;
using Portal.Components.Ui;
using Portal.Core.Domains.Integrations;
using static Portal.Resources.Texts;

namespace Portal.Components.Admin.Integrations;

/// <summary>What the history of a configuration says, in the words of its form: programs read the names of fields.</summary>
public static class ChangeWords
{
    private const string Becomes = " → ";

    /// <returns>A line for each thing that was different.</returns>
    public static IEnumerable<string> Of(ProviderForm form, ApiConfigChange change) => change.What switch
    {
        "api_config_created" or "api_config_changed" => change.Changes!.Split('\n').Select(line => Line(form, line)),
        "api_config_tested" => [T(change.Changes is "true" ? "integrations.works" : "integrations.fails")],
        "api_config_expiring" when DateTime.TryParse(change.Changes, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var end) => [T("integrations.ends", TimeWords.Day(DateOnly.FromDateTime(end)))],
        _ => change.Changes!.Split('\n'),
    };

    private static string Line(ProviderForm form, string line) => line.Split(": ", 2) is [var field, var value] ? $"{Label(form, field)}: {Value(field, value)}" : line;

    private static string Label(ProviderForm form, string field) => field switch
    {
        "name" => T("integrations.name"),
        "api_url" => T("integrations.url"),
        "is_sandbox" => T("integrations.is_sandbox"),
        _ => form.Find(field)?.Label ?? field,
    };

    private static string Value(string field, string value) => field is not "is_sandbox" ? value
        : string.Join(Becomes, value.Split(Becomes).Select(flag => T(flag is "true" ? "integrations.yes" : "integrations.no")));
}
