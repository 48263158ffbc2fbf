using System.Text;
using System.Text.RegularExpressions;

namespace Portal.Core.Foundation;

/// <summary>Reads one line of a template: words, places, **bold** and [links](address). A backslash takes the meaning from the sign after it.</summary>
/// <param name="rules">What may be named.</param>
/// <param name="say">Hears of what is wrong, and where in the line.</param>
/// <param name="isPlain">A subject: words and places alone.</param>
internal sealed partial class TemplateLine(TemplateRules rules, Action<string, int, string> say, bool isPlain)
{
    private const string Signs = @"\*[]{}#-";

    public IReadOnlyList<TemplatePiece> Read(string line) => Read(line, 0, line.Length);

    private List<TemplatePiece> Read(string line, int from, int to)
    {
        var (pieces, words, at) = (new List<TemplatePiece>(), new StringBuilder(), from);
        while (at < to)
        {
            var (piece, next) = Next(line, at, to);
            if (piece is TemplatePiece.Words said)
            {
                words.Append(said.Text);
            }
            else
            {
                End();
                if (piece is not null)
                    pieces.Add(piece);
            }

            at = next;
        }

        End();
        return pieces;

        void End()
        {
            if (words.Length > 0)
                pieces.Add(new TemplatePiece.Words(words.ToString()));
            words.Clear();
        }
    }

    /// <returns>What begins here, and where it ends. Nothing for what was said to be wrong.</returns>
    private (TemplatePiece? Piece, int Next) Next(string line, int at, int to) => line[at] switch
    {
        '\\' when at + 1 < to && Signs.Contains(line[at + 1], StringComparison.Ordinal) => (new TemplatePiece.Words(line.Substring(at + 1, 1)), at + 2),
        '{' when Has(line, at, to, "{{") => Place(line, at, to),
        '}' when Has(line, at, to, "}}") => Wrong("unclosed_brace", at, "There is no {{ before this }}.", at + 2),
        '*' when !isPlain && Has(line, at, to, "**") => Bold(line, at, to),
        '[' when !isPlain && Link().Match(line, at, to - at) is { Success: true } link => Link(line, link),
        _ => (new TemplatePiece.Words(line.Substring(at, 1)), at + 1),
    };

    private (TemplatePiece? Piece, int Next) Place(string line, int at, int to)
    {
        var end = line.IndexOf("}}", at, to - at, StringComparison.Ordinal);
        if (end < 0)
            return Wrong("unclosed_brace", at, "This {{ is not closed: write }} after the name.", to);
        if (Inside().Match(line[(at + 2)..end]) is not { Success: true } found)
            return Wrong("bad_place", at, "Write a place like {{ name }}, or {{ name | \"there\" }} with what stands there when it is empty.", end + 2);
        var name = found.Groups[1].Value;
        if (rules.Find(name) is { } variable)
        {
            return isPlain && variable.IsSecret
                ? Wrong("secret", at, $"A subject is kept and shown in lists, and {name} opens something: write it in the body alone.", end + 2)
                : (new TemplatePiece.Place(variable, found.Groups[2].Success ? found.Groups[2].Value : null), end + 2);
        }

        return Wrong("unknown_variable", at, $"There is no {name} here.{(rules.Nearest(name) is { } near ? $" Did you mean {near}?" : "")}", end + 2);
    }

    private (TemplatePiece? Piece, int Next) Bold(string line, int at, int to)
    {
        var end = line.IndexOf("**", at + 2, to - at - 2, StringComparison.Ordinal);
        return end < 0
            ? Wrong("unclosed_bold", at, "This ** is not closed: write ** after the bold words too.", to)
            : (new TemplatePiece.Bold(Read(line, at + 2, end)), end + 2);
    }

    private (TemplatePiece? Piece, int Next) Link(string line, Match link)
    {
        var (label, target, end) = (link.Groups[1], link.Groups[2], link.Index + link.Length);
        var pieces = Read(line, label.Index, label.Index + label.Length);
        if (!target.Value.StartsWith("{{", StringComparison.Ordinal))
        {
            return rules.Address(target.Value, leadsElsewhere: false) is { } address
                ? (new TemplatePiece.Link(pieces, null, address), end)
                : Wrong("bad_link", target.Index, "A link leads to a page of this portal: write /dashboard, say, or a variable like {{ link }}.", end);
        }

        return Place(line, target.Index, target.Index + target.Length) switch
        {
            ({ } place, _) when place is not TemplatePiece.Place { Variable.Kind: VariableKind.Url } => Wrong("wrong_type", target.Index, "This is not an address, so nothing can lead there.", end),
            (TemplatePiece.Place place, var stop) when stop == target.Index + target.Length => (new TemplatePiece.Link(pieces, place, null), end),
            ({ }, _) => Wrong("bad_link", target.Index, "A link leads to one address and nothing more.", end),
            _ => (null, end),
        };
    }

    private (TemplatePiece? Piece, int Next) Wrong(string code, int at, string message, int next)
    {
        say(code, at, message);
        return (null, next);
    }

    private static bool Has(string line, int at, int to, string sign) => at + sign.Length <= to && string.CompareOrdinal(line, at, sign, 0, sign.Length) == 0;

    [GeneratedRegex(@"^\s*([a-z][a-z0-9_]*)\s*(?:\|\s*""([^""]*)""\s*)?$")]
    private static partial Regex Inside();

    [GeneratedRegex(@"\G\[((?:[^\[\]\\]|\\.)+)\]\(\s*(\{\{[^}]*\}\}[^)\s]*|[^)\s]+)\s*\)")]
    private static partial Regex Link();
}
