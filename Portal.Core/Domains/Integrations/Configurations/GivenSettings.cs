using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portal.Core.Domains.Integrations;

/// <summary>What came in as config_data: sorted into what anyone may see and what is sealed, with what is wrong about it.</summary>
internal sealed class GivenSettings
{
    private const int LongestName = 60;
    private const int LongestText = 400;
    private const int LongestData = 8_000;
    private const int Deepest = 8;
    private readonly ProviderForm form;

    /// <param name="form">Of the provider.</param>
    /// <param name="given">What came in; null where nothing did.</param>
    /// <param name="before">What anyone could see until now.</param>
    /// <param name="isWhole">What is left out goes, but for secrets.</param>
    public GivenSettings(ProviderForm form, JsonObject? given, JsonObject before, bool isWhole)
    {
        this.form = form;
        Plain = isWhole ? [] : before;
        foreach (var (name, value) in given ?? [])
        {
            if (Take(name, value) is { } wrong)
                Errors[$"config_data.{name}"] = [wrong];
        }

        if (Plain.ToJsonString().Length > LongestData)
            Errors["config_data"] = [$"At most {LongestData:N0} characters."];
    }

    public JsonObject Plain { get; }

    /// <summary>By name; null for those to be removed.</summary>
    public Dictionary<string, string?> Secrets { get; } = [];

    public Dictionary<string, string[]> Errors { get; } = [];

    /// <summary>Keys have lines; anything else that cannot be seen was not meant.</summary>
    public static string? Unreadable(string text, bool isLong) =>
        text.EnumerateRunes().Any(r => System.Text.Rune.IsControl(r) && !(isLong && r.Value is '\n' or '\r' or '\t')) ? "Leave out the characters that cannot be read." : null;

    private string? Take(string name, JsonNode? value)
    {
        if (name.Length is 0 or > LongestName || Unreadable(name, false) is not null)
            return $"A name has 1 to {LongestName} characters.";
        if (ProviderField.IsCredentialName(name))
            return "This stands beside config_data, not in it.";
        if (form.IsSecret(name))
            return TakeSecret(name, value);
        Plain.Remove(name);
        if (value is null)
            return null;
        var (kept, wrong) = form.Find(name) is { } field ? Known(field, value) : (value.DeepClone(), Extra(value, 1));
        if (kept is not null && wrong is null)
            Plain[name] = kept;
        return wrong;
    }

    private string? TakeSecret(string name, JsonNode? value)
    {
        // What we show of a secret comes back with the rest: it says that there is one, and there still is.
        if (value is JsonObject shown && shown["set"] is JsonValue set && set.GetValueKind() is JsonValueKind.True or JsonValueKind.False)
            return null;
        if (value is not null && value.GetValueKind() is not JsonValueKind.String)
            return "This is a secret: send it as a text.";
        var text = value?.GetValue<string>().Trim();
        if (text is { Length: > ChangeApiConfig.LongestSecret })
            return $"At most {ChangeApiConfig.LongestSecret:N0} characters.";
        Secrets[name] = text is { Length: > 0 } ? text : null;
        return text is not { Length: > 0 } ? null : Unreadable(text, true) ?? form.Find(name)?.Wrong?.Invoke(text);
    }

    private static (JsonNode? Kept, string? Wrong) Known(ProviderField field, JsonNode value)
    {
        if (value.GetValueKind() is not (JsonValueKind.String or JsonValueKind.Number))
            return (null, "Send it as a text.");
        var text = value.ToString().Trim();
        return text.Length == 0 ? (null, null) : (text, Unreadable(text, field.Kind is ProviderFieldKind.LongText) ?? Wrong(field.Kind, text) ?? field.Wrong?.Invoke(text));
    }

    private static string? Wrong(ProviderFieldKind kind, string text) => kind switch
    {
        ProviderFieldKind.LongText => null,
        ProviderFieldKind.Email when MailRecipient.TryParse(text) is null => "That is not an e-mail address.",
        ProviderFieldKind.Day when Day.TryRead(text) is null => "Write the day like 2026-12-31.",
        _ => text.Length > LongestText ? $"At most {LongestText} characters." : null,
    };

    /// <summary>What we know nothing of is kept as it is, unless a secret hides in it: there it would lie open.</summary>
    private static string? Extra(JsonNode? value, int depth) => value switch
    {
        _ when depth > Deepest => $"At most {Deepest} levels deep.",
        JsonObject inner => inner.Select(p => ProviderForm.IsTelling(p.Key) || ProviderField.IsCredentialName(p.Key)
            ? $"{(p.Key.Length > LongestName ? p.Key[..LongestName] : p.Key)} sounds like a secret: put it at the top of config_data, where it is sealed."
            : Extra(p.Value, depth + 1)).FirstOrDefault(wrong => wrong is not null),
        JsonArray items => items.Select(item => Extra(item, depth + 1)).FirstOrDefault(wrong => wrong is not null),
        JsonValue text when text.GetValueKind() is JsonValueKind.String => Unreadable(text.GetValue<string>(), true),
        _ => null,
    };
}
