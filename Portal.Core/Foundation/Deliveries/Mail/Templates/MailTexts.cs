namespace Portal.Core.Foundation;

/// <summary>A template's words in one language.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="About">When it is sent.</param>
/// <param name="Subject">The subject, with places.</param>
/// <param name="Body">The body, with places.</param>
public sealed record MailTemplateText(string Name, string About, string Subject, string Body);

/// <summary>The words of all mails, a file for each language. What a language has not is said in English.</summary>
public static class MailTexts
{
    public const string Standard = "en";
    private const string Head = "=== ";
    private static readonly Dictionary<string, Dictionary<string, string>> Languages = ReadAll();

    /// <summary>The languages that a template may have a text in, by what people choose from.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Cultures.All.Select(c => c.Split('-')[0]).Distinct()];

    /// <summary>What there is in English.</summary>
    internal static IEnumerable<string> Keys => Languages[Standard].Keys;

    /// <summary>Null where the language has none.</summary>
    public static MailTemplateText? Of(string language, string key)
    {
        if (Languages.GetValueOrDefault(language)?.GetValueOrDefault(key) is not { } text)
            return null;
        var (head, body) = text.Split("\n\n", 2) is [var first, var rest] ? (first, rest) : (text, "");
        var lines = head.Split('\n');
        return new(lines[0], lines[1], lines[2], body);
    }

    /// <summary>The words around every mail: why somebody gets it, and what the links in the foot are called.</summary>
    internal static string Frame(string language, string name) =>
        Languages.GetValueOrDefault(language)?.GetValueOrDefault("frame." + name) ?? Languages[Standard]["frame." + name];

    private static Dictionary<string, Dictionary<string, string>> ReadAll() => typeof(MailTexts).Assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith("mail.", StringComparison.Ordinal))
        .ToDictionary(name => name.Split('.')[1], Read);

    private static Dictionary<string, string> Read(string resource)
    {
        using var file = new StreamReader(typeof(MailTexts).Assembly.GetManifestResourceStream(resource)!);
        return ("\n" + file.ReadToEnd().ReplaceLineEndings("\n")).Split("\n" + Head, StringSplitOptions.RemoveEmptyEntries)
            .Select(section => section.Split('\n', 2)).ToDictionary(section => section[0].Trim(), section => section[1].Trim());
    }
}
