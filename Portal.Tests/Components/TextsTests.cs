using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Portal.Components.Features.Activity;
using Portal.Components.Ui;
using Portal.Tests.Architecture;

namespace Portal.Tests.Components;

public sealed partial class TextsTests
{
    private static readonly string Portal = Path.GetFullPath(Path.Combine(Here(), "..", "..", "Portal"));

    // Texts chosen by a value: a status, a role, an event.
    private static readonly string[] Families = ["status.", "event.", "ours.", "subject.", "error.", "role.", "level.", "service.", "note.part.", "note.empty.", "note.category.", "note.snooze_for.", "mail_category.", "template_change.", "hear.type.", "hear.channel.", "hear.digest.", "job.", "channel.", "simulators.act.", "webhooks.refused_for.", "integrations.webhook_at.", "integrations.mail_by."];

    [Fact]
    public void Every_text_that_is_asked_for_exists() => Assert.Empty(Asked().Except(Written()));

    [Fact]
    public void Every_text_is_asked_for_somewhere() =>
        Assert.DoesNotContain(Written().Except(Asked()), key => !Families.Any(family => key.StartsWith(family, StringComparison.Ordinal)));

    [Fact]
    public void Every_event_has_words_and_a_look_in_the_feed()
    {
        Assert.Empty(EventTypes.Names.Except(EventWords.Known));
        Assert.Empty(EventTypes.Names.Select(name => "event." + name).Except(Written()));
    }

    [Fact]
    public void Every_event_that_reaches_a_client_has_words_of_their_side_and_no_other_has() =>
        Assert.Equal(EventsAreHeard.ReachClients.Select(e => "ours." + EventTypes.Name(e.GetType())).Order(), Written().Where(key => key.StartsWith("ours.", StringComparison.Ordinal)).Order());

    [Fact]
    public void Every_icon_that_is_shown_is_in_the_sprite()
    {
        var drawn = Symbol().Matches(File.ReadAllText(Path.Combine(Portal, "Components", "Ui", "icons.svg"))).Select(m => m.Groups[1].Value).ToHashSet();
        var shown = Sources().SelectMany(text => Icon().Matches(text)).Select(m => m.Groups[1].Value).Concat(Statuses.Names.Select(name => Statuses.Of(name).Icon));
        Assert.Empty(shown.Except(drawn));
    }

    [Fact]
    public void No_page_writes_a_style_or_a_script_into_itself() =>
        Assert.Empty(Sources().SelectMany(text => Inline().Matches(text)).Select(m => m.Value));

    private static IEnumerable<string> Sources() => Directory.EnumerateFiles(Portal, "*.*", SearchOption.AllDirectories)
        .Where(file => file.EndsWith(".razor", StringComparison.Ordinal) || file.EndsWith(".cs", StringComparison.Ordinal))
        .Where(file => !Built().IsMatch(file))
        .Select(File.ReadAllText);

    private static HashSet<string> Asked() =>
    [
        .. Sources().SelectMany(text => Call().Matches(text)).SelectMany(m => Key().Matches(m.Value)).Select(m => m.Groups[1].Value),
        .. Sources().SelectMany(text => Counted().Matches(text)).SelectMany(m => new[] { m.Groups[1].Value + ".one", m.Groups[1].Value + ".many" }),
    ];

    private static HashSet<string> Written() =>
        [.. XDocument.Load(Path.Combine(Portal, "Resources", "Texts.resx")).Root!.Elements("data").Select(data => data.Attribute("name")!.Value)];

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    // The first argument, up to its comma: T("a") and T(one ? "a" : "b", 3).
    [GeneratedRegex("""\bT\([^,()]*(\([^()]*\)[^,()]*)*[,)]""")]
    private static partial Regex Call();

    [GeneratedRegex("\\bCount\\(\"([a-z0-9_.]+)\"")]
    private static partial Regex Counted();

    [GeneratedRegex("\"([a-z0-9_]+\\.[a-z0-9_.]*[a-z0-9_])\"")]
    private static partial Regex Key();

    [GeneratedRegex("symbol id=\"([^\"]+)\"")]
    private static partial Regex Symbol();

    [GeneratedRegex("Show\\.Icon\\(\"([^\"]+)\"")]
    private static partial Regex Icon();

    [GeneratedRegex("""<[a-z][^>]*\sstyle="|<style|<script>|\son[a-z]+="(?!@)""")]
    private static partial Regex Inline();

    [GeneratedRegex(@"[\\/](obj|bin|Stubs)[\\/]")]
    private static partial Regex Built();
}
