namespace Portal.Core.Foundation;

/// <summary>A plain page for the frame in which a mail is shown, where there is no mail to show: its text alone, or what is wrong with it.</summary>
public static class MailSheet
{
    /// <param name="light">Light or dark.</param>
    /// <param name="title">Of the page.</param>
    /// <param name="inside">Markup.</param>
    public static string Write(MailLight light, string title, string inside)
    {
        var (scheme, ground, ink) = light is MailLight.Dark ? ("dark", "#1d1929", "#ece9f5") : ("light", "#ffffff", "#241f33");
        return $"<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width,initial-scale=1\"><meta name=\"color-scheme\" content=\"{scheme} only\"><title>{MailHtml.Html(title)}</title>"
            + $"<style>body{{margin:0;padding:20px;background:{ground};color:{ink};font:15px/23px system-ui,sans-serif}}h1{{font-size:17px}}pre{{white-space:pre-wrap;overflow-wrap:anywhere;font:14px/22px ui-monospace,monospace}}</style></head><body>{inside}</body></html>";
    }
}
