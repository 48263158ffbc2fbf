using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Portal.Components.Ui;
using Portal.Core.Foundation;
using static Portal.Resources.Texts;

namespace Portal.Startup;

/// <summary>How a mail template would look, for the frame in its editor: by an address of its own with a policy of its own, because a mail carries its styles with it.</summary>
public static class MailPreviews
{
    private const string Root = "/dashboard/admin/settings/templates";

    public static void MapMailPreviews(this WebApplication app)
    {
        var previews = app.MapGroup(Root).RequireAuthorization("admin").ExcludeFromDescription();
        previews.MapGet("/{key}/preview", (HttpContext http, MailTemplateDesk desk, string key, string? language) =>
            ShowAsync(http, desk, new() { Template = key, Language = language ?? "" }, MailLight.Light, isText: false));

        // What is typed and not saved is too long for an address. Nothing is changed by it.
        previews.MapPost("/{key}/preview", async (HttpContext http, MailTemplateDesk desk, IAntiforgery antiforgery, string key) =>
        {
            if (!http.Request.HasFormContentType)
                return Results.StatusCode(StatusCodes.Status415UnsupportedMediaType);
            if (!await antiforgery.IsRequestValidAsync(http))
                return Results.BadRequest();
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            var draft = new MailTemplateDraft { Template = key, Language = form["language"].ToString(), Subject = form["subject"], Body = form["body"] };
            return await ShowAsync(http, desk, draft, form["light"] == "dark" ? MailLight.Dark : MailLight.Light, form["part"] == "text");
        });
    }

    public static bool IsPreview(HttpContext http) => http.Request.Path.StartsWithSegments(Root, out var rest) && rest.Value is { } path && path.EndsWith("/preview", StringComparison.Ordinal);

    /// <summary>A mail in a frame: its links open beside the portal.</summary>
    public static string InFrame(string mail) => mail.IndexOf("<head>", StringComparison.Ordinal) is >= 0 and var head
        ? mail.Insert(head + "<head>".Length, "<base target=\"_blank\">")
        : $"<!doctype html><base target=\"_blank\">{mail}";

    private static async Task<IResult> ShowAsync(HttpContext http, MailTemplateDesk desk, MailTemplateDraft draft, MailLight light, bool isText)
    {
        var preview = await desk.PreviewAsync(http.User.ToActor(), draft, light, http.RequestAborted);
        var html = preview switch
        {
            { Html: { } mail } when !isText => InFrame(mail),
            { Text: { } text } => MailSheet.Write(light, T("template.preview"), $"<p><b>{Show.Html(preview.Subject!)}</b></p><pre>{Show.Html(text)}</pre>"),
            _ => MailSheet.Write(light, T("template.preview"), Problems(preview.Problems)),
        };
        return Results.Content(html, "text/html; charset=utf-8");
    }

    private static string Problems(IReadOnlyList<TemplateProblem> problems)
    {
        var html = new StringBuilder($"<h1>{Show.Html(T("template.not_yet"))}</h1><ul>");
        foreach (var problem in problems)
            html.Append(CultureInfo.InvariantCulture, $"<li><b>{Show.Html(T(problem.Field is "subject" ? "template.subject" : "template.body"))}.</b> {Show.Html(problem.Words(problem.Field is "subject"))}</li>");
        return html.Append("</ul>").ToString();
    }
}
