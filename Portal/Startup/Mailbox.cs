using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>Development's mails to look at, where mail becomes files. Elsewhere there is no such address.</summary>
public static class Mailbox
{
    /// <summary>A mail may show itself and open a link beside the portal; it runs nothing and asks nobody for anything.</summary>
    public const string Policy = "default-src 'none'; style-src 'unsafe-inline'; img-src 'self' data:; base-uri 'self'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox";

    public static void MapMailbox(this WebApplication app)
    {
        if (app.Services.GetService<FileMailbox>() is null)
        {
            // The page is part of the program; without the files it is not there.
            app.MapGet("/mailbox", () => Results.NotFound()).WithOrder(-1).ExcludeFromDescription();
            return;
        }

        app.MapGet("/mailbox/{name}/html", async (HttpContext http, FileMailbox box, string name) =>
        {
            var mail = await box.ReadAsync(name, http.RequestAborted);
            return Results.Content(MailPreviews.InFrame(mail.Html ?? throw new NotFound("mail")), "text/html; charset=utf-8");
        }).AllowAnonymous().ExcludeFromDescription();
    }

    public static bool IsMail(HttpContext http) => http.Request.Path.Value is { } path
        && ((path.StartsWith("/mailbox/", StringComparison.Ordinal) && path.EndsWith("/html", StringComparison.Ordinal)) || SentMail.IsContent(path));
}
