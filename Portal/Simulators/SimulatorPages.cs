using System.Globalization;
using System.Text;
using Portal.Components.Ui;
using Portal.Core.Domains.Integrations;

namespace Portal.Simulators;

/// <summary>The pages that a simulated provider shows to a person: plain forms, which say whose stand-in they are.</summary>
internal static class SimulatorPages
{
    /// <param name="title">Whose stand-in it is.</param>
    /// <param name="about">What it is about, or what it costs.</param>
    /// <param name="trouble">Why it could not be done.</param>
    /// <param name="body">What can be done here.</param>
    /// <param name="bill">Who sells what.</param>
    public static SimulatedReply Page(string title, string about, string? trouble, string body, SimulatedBill? bill = null) => new(trouble is null ? StatusCodes.Status200OK : StatusCodes.Status402PaymentRequired)
    {
        Html = $"""
            <!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{Plain(title)}</title><link rel="stylesheet" href="/portal.css"></head>
            <body class="hosted"><p class="hosted-test is-warning"><b>Test</b> <span>{Plain(title)}: nothing here is real, and no money moves.</span></p>
            <main class="hosted-page" id="main"><section class="card"><header class="hosted-head">{(bill is null ? "" : $"<p class=\"soft\">{Plain(bill.Merchant)}</p>")}<h1>{Plain(about)}</h1></header>
            <div class="card-body stack cosy">{Lines(bill?.Lines ?? [])}{(trouble is null ? "" : $"<div class=\"notice is-danger\" role=\"alert\"><span>{Plain(trouble)}</span></div>")}{body}</div></section></main></body></html>
            """,
    };

    public static SimulatedReply NotFound() => Page("Simulator", "There is nothing at this address.", null, "") with { Status = StatusCodes.Status404NotFound };

    public static SimulatedReply Go(string url) => new(StatusCodes.Status303SeeOther) { Location = url };

    public static string Form(string submit, string fields, string? cancel) =>
        $"<form method=\"post\" class=\"form stack cosy\">{fields}<div class=\"hosted-acts\"><button class=\"btn primary\" type=\"submit\">{Plain(submit)}</button>{(cancel is null ? "" : $"<a class=\"btn\" href=\"{Address(cancel)}\">Cancel</a>")}</div></form>";

    public static string Buttons(params IReadOnlyList<(string Act, string Label)> acts) =>
        $"<form method=\"post\" class=\"hosted-acts\">{string.Concat(acts.Select((a, i) => $"<button class=\"btn{(i == 0 ? " primary" : "")}\" type=\"submit\" name=\"act\" value=\"{Plain(a.Act)}\">{Plain(a.Label)}</button>"))}</form>";

    public static string Choice(string name, string label, IEnumerable<(string Value, string Text)> options)
    {
        var html = new StringBuilder($"<div class=\"field\"><label for=\"{name}\">{Plain(label)}</label><select class=\"input\" id=\"{name}\" name=\"{name}\">");
        foreach (var (value, text) in options)
            html.Append(CultureInfo.InvariantCulture, $"<option value=\"{Plain(value)}\">{Plain(text)}</option>");
        return html.Append("</select></div>").ToString();
    }

    public static string Field(string name, string label) => $"<div class=\"field\"><label for=\"{name}\">{Plain(label)}</label><input class=\"input\" id=\"{name}\" name=\"{name}\" inputmode=\"numeric\" autocomplete=\"off\"></div>";

    public static string Text(string text) => $"<p>{Plain(text)}</p>";

    public static string Lines(string title, IEnumerable<string> lines) => $"<h2>{Plain(title)}</h2><ul>{string.Concat(lines.Select(l => $"<li>{Plain(l)}</li>"))}</ul>";

    public static string Back(string? url) => url is null ? "" : $"<p><a class=\"btn\" href=\"{Address(url)}\">Back</a></p>";

    private static string Lines(IReadOnlyList<(string What, string Cost)> lines) =>
        lines.Count == 0 ? "" : $"<dl class=\"hosted-lines\">{string.Concat(lines.Select(l => $"<div><dt>{Plain(l.What)}</dt><dd>{Plain(l.Cost)}</dd></div>"))}</dl>";

    private static string Plain(string text) => Show.Html(text);

    /// <summary>A link leads to a page, and runs nothing.</summary>
    private static string Address(string url) => Uri.TryCreate(url, UriKind.Absolute, out var given) && given.Scheme is "http" or "https" ? Plain(url) : "#";
}

/// <summary>Who sells what, for whoever is to pay for it.</summary>
internal sealed record SimulatedBill(string Merchant, IReadOnlyList<(string What, string Cost)> Lines);
