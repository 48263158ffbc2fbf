using System.Globalization;
using Portal.Components.Ui;
using static Portal.Resources.Texts;

namespace Portal.Components.Features.Activity;

/// <summary>How an event reads and looks in a feed. A new event is a line here and a text named event.*.</summary>
public static class EventWords
{
    private static readonly Dictionary<string, (string Icon, string Tone)> Looks = new()
    {
        ["signed_in"] = ("user", "info"),
        ["signed_out"] = ("log-out", "neutral"),
        ["sign_in_paused"] = ("lock", "warning"),
        ["refresh_token_reused"] = ("shield", "danger"),
        ["first_admin_created"] = ("user-plus", "success"),
        ["client_opened"] = ("building", "success"),
        ["delivery_sent_again"] = ("send", "info"),
    };

    public static IReadOnlyCollection<string> Known => Looks.Keys;

    /// <summary>As it reads after a name: "signed in".</summary>
    public static string Phrase(string type) => T("event." + type);

    /// <summary>As it reads alone: "Signed in".</summary>
    public static string Title(string type) => Phrase(type) is [var first, .. var rest] ? char.ToUpper(first, CultureInfo.CurrentCulture) + rest : "";

    /// <summary>What the portal does by itself it does in its own name; which part of it did it is for engineers.</summary>
    public static string Actor(long id, string name) => id == 0 ? T("app.name") : name;

    public static string Icon(string type) => Looks.GetValueOrDefault(type).Icon ?? "activity";

    public static string Tone(string type) => Looks.GetValueOrDefault(type).Tone ?? "neutral";

    public static string Subject(string kind, long id, string? name = null) => name ?? T("subject.named", Has("subject." + kind) ? T("subject." + kind) : kind, id);

    /// <summary>Every kind of event to choose from, in the order of its words.</summary>
    public static IReadOnlyList<Option> Options { get; } = [.. Looks.Keys.Select(type => new Option(type, Title(type))).OrderBy(o => o.Text, StringComparer.CurrentCulture)];
}
