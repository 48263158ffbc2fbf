using System.Text.RegularExpressions;

namespace Portal.Core.Foundation;

/// <summary>
/// A subject and a body that were read once and can be filled as often as one likes. The body is paragraphs, **bold**, lists, [links](address),
/// # headings, and boxes that begin with their kind: [info], [warning], [expiry], [button], [code], [quote], [items]. It can name what is
/// declared, and do nothing.
/// </summary>
public sealed partial class TemplateText
{
    private static readonly Dictionary<string, TemplateBlockKind> Kinds =
        Enum.GetValues<TemplateBlockKind>().Where(k => k > TemplateBlockKind.List).ToDictionary(k => Input.Name(k.ToString()));

    private readonly List<TemplateProblem> problems = [];

    private TemplateText(string subject, string body, TemplateRules rules)
    {
        body = body.ReplaceLineEndings("\n");
        Subject = Line("subject", subject, 0, subject, rules, isPlain: true);
        Body = Blocks(body, rules);
        Check("subject", subject, TemplateRules.LongestSubject);
        Check("body", body, TemplateRules.LongestBody);
    }

    /// <summary>What is wrong with it; none when it can be used.</summary>
    public IReadOnlyList<TemplateProblem> Problems => problems;

    internal IReadOnlyList<TemplatePiece> Subject { get; }

    internal IReadOnlyList<TemplateBlock> Body { get; }

    public static TemplateText Read(string subject, string body, TemplateRules rules) => new(subject, body, rules);

    private List<TemplateBlock> Blocks(string body, TemplateRules rules)
    {
        var (blocks, at) = (new List<TemplateBlock>(), 0);
        (TemplateBlockKind Kind, List<IReadOnlyList<TemplatePiece>> Lines, int At)? open = null;
        foreach (var line in body.Split('\n'))
        {
            var (kind, mark) = Begins(line, at, body);
            if (line.Trim().Length == 0 || (kind is { } next && !(next is TemplateBlockKind.List && open?.Kind is TemplateBlockKind.List)) || (kind is null && open?.Kind is TemplateBlockKind.List or TemplateBlockKind.Heading))
                Close();
            if (line.Trim().Length > 0)
            {
                open ??= (kind ?? TemplateBlockKind.Paragraph, [], at + mark);
                open.Value.Lines.Add(Line("body", body, at + mark, line[mark..].TrimEnd(), rules, isPlain: false));
            }

            at += line.Length + 1;
        }

        Close();
        return blocks;

        void Close()
        {
            if (open is var (kind, lines, start) && Fits(kind, lines, start, body))
                blocks.Add(new(kind, lines));
            open = null;
        }
    }

    /// <returns>What kind of block begins with this line, if one does, and how long its mark is.</returns>
    private (TemplateBlockKind? Kind, int Mark) Begins(string line, int at, string body)
    {
        if (line.StartsWith("# ", StringComparison.Ordinal))
            return (TemplateBlockKind.Heading, 2);
        if (line.StartsWith("- ", StringComparison.Ordinal))
            return (TemplateBlockKind.List, 2);
        if (Mark().Match(line) is not { Success: true } mark)
            return (null, 0);
        if (Kinds.TryGetValue(mark.Groups[1].Value, out var kind))
            return (kind, mark.Length);
        Say("unknown_block", "body", at, body, $"There is no box [{mark.Groups[1].Value}]: there are {string.Join(", ", Kinds.Keys.Select(k => $"[{k}]"))}.");
        return (null, mark.Length);
    }

    /// <summary>A button is one link, and a list of items one list; and a list stands nowhere else.</summary>
    private bool Fits(TemplateBlockKind kind, List<IReadOnlyList<TemplatePiece>> lines, int at, string body)
    {
        var pieces = lines.SelectMany(l => l).Where(p => p is not TemplatePiece.Words { Text: var text } || text.Trim().Length > 0).ToList();
        var trouble = kind switch
        {
            TemplateBlockKind.Button when pieces is not [TemplatePiece.Link] => ("bad_link", "A button is one link: [button] [Open it]({{ link }})."),
            TemplateBlockKind.Items when pieces is not [TemplatePiece.Place { Variable.Kind: VariableKind.List }] => ("wrong_type", "[items] needs a list: [items] {{ items }}."),
            not TemplateBlockKind.Items when pieces.Any(HoldsList) => ("wrong_type", "A list has a place of its own: [items] {{ items }}."),
            _ => default,
        };
        if (trouble.Item1 is null)
            return true;
        if (!problems.Any(p => p.Field == "body" && p.Position >= body.LastIndexOf('\n', Math.Max(at - 1, 0)) + 1))
            Say(trouble.Item1, "body", at, body, trouble.Item2);
        return false;
    }

    private static bool HoldsList(TemplatePiece piece) => piece switch
    {
        TemplatePiece.Place place => place.Variable.Kind is VariableKind.List,
        TemplatePiece.Bold bold => bold.Pieces.Any(HoldsList),
        TemplatePiece.Link link => link.Label.Any(HoldsList),
        _ => false,
    };

    private IReadOnlyList<TemplatePiece> Line(string field, string whole, int at, string line, TemplateRules rules, bool isPlain)
    {
        var pieces = new TemplateLine(rules, (code, place, message) => Say(code, field, at + place, whole, message), isPlain).Read(line);
        if (isPlain && pieces.Any(HoldsList))
            Say("wrong_type", field, at, whole, "A list cannot stand in a subject.");
        return pieces;
    }

    private void Check(string field, string text, int most)
    {
        if (text.Length > most)
            Say("too_long", field, most, text, $"At most {most} characters; these are {text.Length}.");
        if (text.Trim().Length == 0)
            Say("empty", field, 0, text, "Write something.");
    }

    private void Say(string code, string field, int at, string whole, string message)
    {
        var before = whole[..Math.Min(at, whole.Length)];
        problems.Add(new(code, field, at, before.Count(c => c == '\n') + 1, before.Length - before.LastIndexOf('\n'), message));
    }

    // Not a link: that goes on with its address.
    [GeneratedRegex(@"^\[([a-z]+)\](?!\()[ \t]*")]
    private static partial Regex Mark();
}
