using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using static Portal.Core.Foundation.TemplateBlockKind;

namespace Portal.Core.Foundation;

/// <summary>
/// The body of a mail as mail programs understand it: tables, and every style at its element, because many of them read no style sheet.
/// The classes are for those that do, and only say what changes in the dark. All values are escaped.
/// </summary>
internal static class MailHtml
{
    private const string Font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
    private const string Running = $"{Font};font-size:16px;line-height:25px;color:#241f33";
    private const string Long = "overflow-wrap:anywhere;word-break:break-word";
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Html(string text) => Encoder.Encode(text);

    public static string Body(TemplateText template, TemplateValues values) =>
        string.Concat(template.Body.Where(b => b.Kind is not Preview && !MailPlain.IsEmpty(b, values)).Select(b => Block(b, values)));

    private static string Block(TemplateBlock block, TemplateValues values)
    {
        var lines = string.Join("<br>", block.Lines.Select(l => Line(l, values)));
        return block.Kind switch
        {
            Heading => $"""<h2 class="ink" style="margin:28px 0 12px;{Font};font-size:19px;line-height:26px;font-weight:700;color:#241f33">{lines}</h2>""",
            List => $"""<ul class="ink" style="margin:0 0 18px;padding:0 0 0 22px;{Running}">{string.Concat(block.Lines.Select(l => $"""<li style="margin:0 0 6px">{Line(l, values)}</li>"""))}</ul>""",
            Info => Box(lines, "info", "#f3efff", "#8b5cf6", "#2b2148"),
            Warning => Box(lines, "warning", "#fff6e0", "#d97706", "#4a3203"),
            Quote => Box(lines, "quote", "#f6f5f9", "#b9b3c9", "#3b3550"),
            Expiry => $"""<p class="soft" style="margin:0 0 18px;{Font};font-size:14px;line-height:21px;color:#5d5771">&#9201;&#65039;&nbsp; {lines}</p>""",
            Code => $"""<p class="code" style="margin:6px 0 22px;padding:16px 8px;border-radius:10px;background-color:#f3efff;text-align:center;font-family:Menlo,Consolas,'Courier New',monospace;font-size:30px;line-height:38px;font-weight:700;letter-spacing:6px;color:#4c1d95;{Long}">{lines}</p>""",
            Button => ButtonOf(block, values),
            Items => ItemsOf(block, values),
            _ => $"""<p class="ink" style="margin:0 0 18px;{Running};{Long}">{lines}</p>""",
        };
    }

    private static string Box(string lines, string look, string ground, string edge, string ink) => $"""
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 20px;border-collapse:separate"><tr>
        <td class="{look}" style="padding:14px 18px;border-radius:8px;border-left:4px solid {edge};background-color:{ground};{Font};font-size:15px;line-height:24px;color:{ink};{Long}">{lines}</td>
        </tr></table>

        """;

    /// <summary>A cell with a ground of its own, so that it is a button also where styles of links are dropped.</summary>
    private static string ButtonOf(TemplateBlock block, TemplateValues values)
    {
        if (block.Lines[0].OfType<TemplatePiece.Link>().FirstOrDefault() is not { } link || values.Address(link) is not { } address)
            return "";
        return $"""
            <table role="presentation" cellpadding="0" cellspacing="0" border="0" style="margin:6px 0 24px;border-collapse:separate"><tr>
            <td class="button" bgcolor="#6d28d9" style="border-radius:8px;background-color:#6d28d9;mso-padding-alt:14px 26px"><a href="{Html(address.AbsoluteUri)}" style="display:inline-block;padding:13px 26px;border:1px solid #6d28d9;border-radius:8px;{Font};font-size:16px;line-height:22px;font-weight:600;color:#ffffff;text-decoration:none;{Long}">{Html(MailPlain.Words(link.Label, values))}</a></td>
            </tr></table>

            """;
    }

    private static string ItemsOf(TemplateBlock block, TemplateValues values)
    {
        var html = new StringBuilder("""<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="margin:0 0 22px">""");
        foreach (var item in values.Items(((TemplatePiece.Place)block.Lines[0].First(p => p is TemplatePiece.Place)).Variable))
        {
            var title = values.Address(item) is { } address
                ? $"""<a class="link" href="{Html(address.AbsoluteUri)}" style="color:#6d28d9;font-weight:600;text-decoration:underline">{Html(item.Title)}</a>"""
                : $"<b>{Html(item.Title)}</b>";
            html.Append(CultureInfo.InvariantCulture, $"""<tr><td class="item" style="padding:12px 0;border-bottom:1px solid #e6e2f0;{Long}"><p class="ink" style="margin:0;{Running}">{title}</p>""");
            if (item.Text is { Length: > 0 } text)
                html.Append(CultureInfo.InvariantCulture, $"""<p class="ink" style="margin:2px 0 0;{Font};font-size:15px;line-height:22px;color:#241f33">{Lines(text)}</p>""");
            if (item.When is { } when)
                html.Append(CultureInfo.InvariantCulture, $"""<p class="soft" style="margin:2px 0 0;{Font};font-size:13px;line-height:20px;color:#5d5771">{Html(values.Moment(when))}</p>""");
            html.Append("</td></tr>");
        }

        return html.Append("</table>\n").ToString();
    }

    private static string Line(IEnumerable<TemplatePiece> line, TemplateValues values) => string.Concat(line.Select(piece => piece switch
    {
        TemplatePiece.Words words => Html(words.Text),
        TemplatePiece.Place { Variable.Kind: VariableKind.Url } place when values.Address(place.Variable) is { } address => Anchor(address, Html(address.AbsoluteUri)),
        TemplatePiece.Place place => Lines(values.Text(place)),
        TemplatePiece.Bold bold => $"<b>{Line(bold.Pieces, values)}</b>",
        TemplatePiece.Link link when values.Address(link) is { } address => Anchor(address, Html(MailPlain.Words(link.Label, values))),
        TemplatePiece.Link link => Line(link.Label, values),
        _ => "",
    }));

    private static string Anchor(Uri address, string label) => $"""<a class="link" href="{Html(address.AbsoluteUri)}" style="color:#6d28d9;text-decoration:underline">{label}</a>""";

    private static string Lines(string text) => string.Join("<br>", text.ReplaceLineEndings("\n").Split('\n').Select(Html));
}
