namespace Portal.Core.Foundation;

/// <summary>Whether a mail is shown as its reader's program wants it, or in one way to look at that.</summary>
public enum MailLight
{
    Reader,
    Light,
    Dark,
}

/// <summary>
/// The one frame of all mails: 600 pixels and less, no pictures, nothing asked of anybody. Purple of a middle tone carries the head, so
/// that white on it stays readable even where a program turns colours round by force.
/// </summary>
internal static class MailLayout
{
    private const string Font = "font-family:-apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,Helvetica,Arial,sans-serif";
    private const string Darkness = """
        .page{background-color:#13101b!important}.card{background-color:#1d1929!important}
        .ink{color:#ece9f5!important}.soft{color:#b4adc8!important}.link{color:#c4b5fd!important}
        .info{background-color:#2a2344!important;border-color:#a78bfa!important;color:#e9e3ff!important}
        .warning{background-color:#3a2b0d!important;border-color:#f5b041!important;color:#fdeac4!important}
        .quote{background-color:#272236!important;border-color:#6f6789!important;color:#dcd7ea!important}
        .code{background-color:#2a2344!important;color:#ddd2ff!important}
        .item{border-color:#3a3450!important}
        """;

    private const string Narrow =
        "@media (max-width:480px){.side{padding-left:20px!important;padding-right:20px!important}.gap{padding-top:0!important}.card,.head{border-radius:0!important}.code{font-size:26px!important;letter-spacing:4px!important}}";

    public static string Write(string subject, string preview, string body, MailFrame frame, MailLight light) => $$"""
        {{Head(subject, frame, light)}}
        <body class="page" style="margin:0;padding:0;background-color:#f2f0f7">
        <div style="display:none;max-height:0;overflow:hidden;mso-hide:all">{{MailHtml.Html(preview)}}{{Filler}}</div>
        <table class="page" role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" bgcolor="#f2f0f7" style="background-color:#f2f0f7"><tr><td class="gap" align="center" style="padding:28px 0">
        <!--[if mso]><table role="presentation" width="600" cellpadding="0" cellspacing="0" border="0"><tr><td><![endif]-->
        <table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px;margin:0 auto;border-collapse:separate">
        <tr><td class="head side" bgcolor="#6d28d9" style="padding:26px 36px;border-radius:14px 14px 0 0;background-color:#6d28d9;background-image:linear-gradient(120deg,#5b21b6,#7c3aed 60%,#9333ea)"><span style="{{Font}};font-size:20px;line-height:28px;font-weight:700;color:#ffffff;overflow-wrap:anywhere">{{MailHtml.Html(frame.Agency)}}</span></td></tr>
        <tr><td class="card side" bgcolor="#ffffff" style="padding:32px 36px 14px;border-radius:0 0 14px 14px;background-color:#ffffff">
        <h1 class="ink" style="margin:0 0 20px;{{Font}};font-size:23px;line-height:31px;font-weight:700;color:#241f33;overflow-wrap:anywhere">{{MailHtml.Html(subject)}}</h1>
        {{body}}</td></tr>
        <tr><td class="side" style="padding:22px 36px 8px">{{Foot(frame)}}</td></tr>
        </table>
        <!--[if mso]></td></tr></table><![endif]-->
        </td></tr></table>
        </body>
        </html>

        """;

    private static string Head(string subject, MailFrame frame, MailLight light) => $$"""
        <!doctype html>
        <html lang="{{frame.Language}}">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width,initial-scale=1">
        <meta name="x-apple-disable-message-reformatting">
        <meta name="format-detection" content="telephone=no,date=no,address=no,email=no,url=no">
        <meta name="color-scheme" content="{{Scheme(light)}}">
        <meta name="supported-color-schemes" content="{{Scheme(light)}}">
        <title>{{MailHtml.Html(subject)}}</title>
        <style>
        :root{color-scheme:{{Scheme(light)}};supported-color-schemes:{{Scheme(light)}}}
        body{margin:0;padding:0;-webkit-text-size-adjust:100%;-ms-text-size-adjust:100%}
        {{Narrow}}
        {{Dark(light)}}
        </style>
        </head>
        """;

    // Keeps what follows in the mail out of the line that the mailbox shows.
    private static string Filler { get; } = string.Concat(Enumerable.Repeat("&#847;&zwnj;&nbsp;", 60));

    private static string Scheme(MailLight light) => light switch
    {
        MailLight.Light => "light only",
        MailLight.Dark => "dark only",
        _ => "light dark",
    };

    private static string Dark(MailLight light) => light switch
    {
        MailLight.Light => "",
        MailLight.Dark => Darkness,
        _ => $"@media (prefers-color-scheme:dark){{{Darkness}}}\n{Outlook}",
    };

    // Outlook on the web says by an attribute that it is dark.
    private static string Outlook { get; } = string.Join('\n', Darkness.Split(['\n', '}'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(rule => $"[data-ogsc] {rule}}}"));

    private static string Foot(MailFrame frame)
    {
        var style = $"margin:0 0 8px;{Font};font-size:13px;line-height:20px;color:#5d5771;overflow-wrap:anywhere";
        var links = string.Join(" &nbsp;·&nbsp; ", frame.Links.Select(l => $"""<a class="soft" href="{MailHtml.Html(l.Address.AbsoluteUri)}" style="color:#5d5771;text-decoration:underline">{MailHtml.Html(l.Words)}</a>"""));
        var address = frame.Address.Length > 0 ? $"<br>{MailHtml.Html(frame.Address)}" : "";
        return $"""
            <p class="soft" style="{style}">{MailHtml.Html(frame.Why)}</p>
            {(links.Length > 0 ? $"""<p class="soft" style="{style}">{links}</p>""" : "")}
            <p class="soft" style="{style}"><b>{MailHtml.Html(frame.Agency)}</b>{address}</p>
            """;
    }
}
