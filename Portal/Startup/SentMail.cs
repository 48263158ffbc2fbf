using System.Text.Encodings.Web;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>What a delivery said, in a frame of the admin's page: with the policy of a mail, which runs nothing and asks nobody for anything.</summary>
public static class SentMail
{
    private const string Begins = "/dashboard/admin/deliveries/";
    private const string Ends = "/content";

    public static void MapSentMail(this WebApplication app) =>
        app.MapGet("/dashboard/admin/deliveries/{id:long}/content", async (HttpContext http, DeliveryQueries deliveries, long id) =>
        {
            var content = await deliveries.ContentAsync(http.User.ToActor(), id, http.RequestAborted);
            return Results.Content(Page(content), "text/html; charset=utf-8");
        }).RequireAuthorization("admin").ExcludeFromDescription();

    public static bool IsContent(string path) => path.StartsWith(Begins, StringComparison.Ordinal) && path.EndsWith(Ends, StringComparison.Ordinal);

    // On white whatever the theme, as mail is read.
    private static string Page(DeliveryContent content) => $"""
        <!doctype html><html lang="en"><head><base target="_blank"><title>{HtmlEncoder.Default.Encode(content.Title)}</title></head>
        <body bgcolor="#ffffff" text="#222222">{content.Html ?? $"<p><font face='system-ui, sans-serif' size='2'>{string.Join("<br>", content.Text.ReplaceLineEndings("\n").Split('\n').Select(HtmlEncoder.Default.Encode))}</font></p>"}</body></html>
        """;
}
