using System.Text;
using static Portal.Core.Foundation.TemplateBlockKind;

namespace Portal.Core.Foundation;

/// <summary>A mail for whoever reads text alone: all that the other part says, with every address written out.</summary>
internal static class MailPlain
{
    public static string Write(TemplateText template, TemplateValues values, MailFrame frame)
    {
        var parts = template.Body.Where(b => b.Kind is not Preview).Select(b => Block(b, values)).Where(b => b.Length > 0).ToList();
        parts.Add(Foot(frame));
        return string.Join("\n\n", parts) + "\n";
    }

    /// <summary>A line of it without marks; what it leads to stays out.</summary>
    public static string Words(IEnumerable<TemplatePiece> line, TemplateValues values) => string.Concat(line.Select(piece => piece switch
    {
        TemplatePiece.Words words => words.Text,
        TemplatePiece.Place place => values.Text(place),
        TemplatePiece.Bold bold => Words(bold.Pieces, values),
        TemplatePiece.Link link => Words(link.Label, values),
        _ => "",
    }));

    /// <summary>In one line, as a subject is.</summary>
    public static string OneLine(IEnumerable<TemplatePiece> line, TemplateValues values) =>
        string.Join(' ', Words(line, values).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    /// <summary>Whether all that it says are values, and none of them is there.</summary>
    public static bool IsEmpty(TemplateBlock block, TemplateValues values) => block.Kind is not Items && block.Lines.All(l => Words(l, values).Trim().Length == 0);

    private static string Block(TemplateBlock block, TemplateValues values)
    {
        if (IsEmpty(block, values))
            return "";
        var lines = block.Lines.Select(l => Line(l, values)).ToList();
        return block.Kind switch
        {
            Heading => $"{lines[0]}\n{new string('-', Math.Min(lines[0].Length, 60))}",
            List => string.Join('\n', lines.Select(l => $"- {l}")),
            Info or Warning => Marked(lines, "  "),
            Quote => Marked(lines, "> "),
            Code => $"    {string.Concat(lines)}",
            Button => ButtonOf(block, values),
            Items => ItemsOf(block, values),
            _ => string.Join('\n', lines),
        };
    }

    private static string Marked(List<string> lines, string mark) => string.Join('\n', lines.SelectMany(l => l.Split('\n')).Select(l => mark + l));

    private static string Line(IEnumerable<TemplatePiece> line, TemplateValues values) => string.Concat(line.Select(piece => piece switch
    {
        TemplatePiece.Bold bold => Line(bold.Pieces, values),
        TemplatePiece.Link link when values.Address(link) is { } address => $"{Words(link.Label, values)} ({address.AbsoluteUri})",
        _ => Words([piece], values),
    })).Trim();

    private static string ButtonOf(TemplateBlock block, TemplateValues values) =>
        block.Lines[0].OfType<TemplatePiece.Link>().FirstOrDefault() is { } link && values.Address(link) is { } address
            ? $"{Words(link.Label, values)}:\n\n    {address.AbsoluteUri}"
            : "";

    private static string ItemsOf(TemplateBlock block, TemplateValues values)
    {
        var text = new StringBuilder();
        foreach (var item in values.Items(((TemplatePiece.Place)block.Lines[0].First(p => p is TemplatePiece.Place)).Variable))
        {
            text.Append("- ").Append(item.Title);
            if (item.When is { } when)
                text.Append(", ").Append(values.Moment(when));
            if (item.Text is { Length: > 0 } more)
                text.Append("\n  ").Append(more.ReplaceLineEndings("\n  "));
            if (values.Address(item) is { } address)
                text.Append("\n  ").Append(address.AbsoluteUri);
            text.Append("\n\n");
        }

        return text.ToString().TrimEnd();
    }

    private static string Foot(MailFrame frame) => string.Join('\n', new[] { "-- ", frame.Why }
        .Concat(frame.Links.Select(l => $"{l.Words}: {l.Address.AbsoluteUri}"))
        .Append(frame.Address.Length > 0 ? $"{frame.Agency}, {frame.Address}" : frame.Agency));
}
