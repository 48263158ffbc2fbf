using Portal.Core.Foundation;
using Portal.Core.Reactions.Notifications;

namespace Portal.Startup;

/// <summary>
/// Where the buttons of the page lead, and the one press of a mail program (RFC 8058), which brings no cookie and follows no redirect. The
/// token is all that is needed, so there is nothing that another site could misuse. Reading the page changes nothing: scanners follow links.
/// </summary>
public static class UnsubscribeDoor
{
    // Before the page, which takes posts too.
    public static void MapUnsubscribe(this WebApplication app) =>
        app.MapPost("/unsubscribe", ActAsync).AllowAnonymous().DisableAntiforgery().WithOrder(-1).ExcludeFromDescription();

    private static async Task<IResult> ActAsync(HttpContext http, Unsubscribing unsubscribing)
    {
        var (token, ct) = (http.Request.Query["token"].ToString(), http.RequestAborted);
        var form = http.Request.HasFormContentType ? await http.Request.FormAsync(ct) : null;
        if (form?["List-Unsubscribe"].ToString() is "One-Click")
        {
            await unsubscribing.ActAsync(token, UnsubscribeAct.TurnOff, ct);
            return Results.Text("Done.");
        }

        // A post that says nothing leads to the page, which asks.
        if (Choice<UnsubscribeAct>.TryParse(form?["act"].ToString(), out var act))
            await unsubscribing.ActAsync(token, act.Value, ct);
        else
            await unsubscribing.LookAsync(token, ct);
        return Results.LocalRedirect($"/unsubscribe?token={Uri.EscapeDataString(token)}");
    }
}
