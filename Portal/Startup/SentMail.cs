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
        <body style="margin:0;background:#fff;color:#222">{content.Html ?? $"<pre style=\"margin:0;padding:16px;font:14px/1.5 system-ui,sans-serif;white-space:pre-wrap;overflow-wrap:anywhere\">{HtmlEncoder.Default.Encode(content.Text)}</pre>"}</body></html>
        """;
}
