using System.Globalization;
using System.Text.RegularExpressions;

namespace Portal.Core.Reactions.Notifications;

/// <summary>A kind of news: how it looks, which channels it takes unless the person says otherwise, and how it reads.</summary>
/// <param name="Key">Its name in the database and on the wire.</param>
/// <param name="Category">What it is filtered by.</param>
/// <param name="Tone">Its colour in the design system.</param>
/// <param name="Icon">Its symbol in the design system.</param>
/// <param name="Channels">Where it goes.</param>
/// <param name="IsCritical">Money and security: nobody can turn it off.</param>
/// <param name="Title">What happened, with places for facts: {invoice}.</param>
/// <param name="Text">More about it, with the same.</param>
public sealed partial record NotificationType(string Key, NotificationCategory Category, string Tone, string Icon, Channels Channels, bool IsCritical, string Title, string Text)
{
    /// <summary>The title of several about one thing that became one.</summary>
    public string? Many { get; init; }

    /// <summary>The facts that its words have places for.</summary>
    public IEnumerable<string> Facts => Place().Matches(Title + Text).Select(m => m.Groups[1].Value).Distinct();

    /// <summary>The title of several.</summary>
    public string SaysOf(int times, IReadOnlyDictionary<string, string> facts) =>
        Fill((Many ?? Title).Replace("{times}", times.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal), facts);

    public (string Title, string Text) Says(IReadOnlyDictionary<string, string> facts) => (Fill(Title, facts), Fill(Text, facts));

    private static string Fill(string words, IReadOnlyDictionary<string, string> facts) => Place().Replace(words, m => facts[m.Groups[1].Value]);

    [GeneratedRegex(@"\{([a-z_]+)\}")]
    private static partial Regex Place();
}
