using Microsoft.AspNetCore.Antiforgery;
using Portal.Core.Domains.People;

namespace Portal.Startup;

/// <summary>Looking at a client's portal: three buttons, each a form of its own, so that they work before a page is live.</summary>
public static class ViewAs
{
    public static void MapViewAs(this WebApplication app)
    {
        var views = app.MapGroup("/view-as").RequireAuthorization().ExcludeFromDescription().AddEndpointFilter(FromOurFormAsync);
        views.MapPost("/{clientId:long}", async (HttpContext http, ViewService view, long clientId) =>
        {
            await view.BeginAsync(http.User.ToActor(), http.User.SessionId(), clientId, http.RequestAborted);
            return Results.LocalRedirect("/dashboard/client");
        });
        views.MapPost("/changes", async (HttpContext http, ViewService view) =>
        {
            // Another tab has left the view already, or looks at another client, whom nobody has asked about.
            var me = http.User.ToActor();
            if (me.Viewing is not { ClientId: var viewed })
                return Results.LocalRedirect(Screens.HomeOf(me));
            if (long.TryParse(http.Request.Form["client"], out var asked) && asked == viewed)
                await view.TakeChangesAsync(me, http.User.SessionId(), http.RequestAborted);
            return Results.LocalRedirect(Where(http, "/dashboard/client"));
        });
        views.MapPost("/end", async (HttpContext http, ViewService view) =>
        {
            if (http.User.ToActor() is { Viewing: null } me)
                return Results.LocalRedirect(Screens.HomeOf(me));
            await view.EndAsync(http.User.ToActor(), http.User.SessionId(), http.RequestAborted);
            return Results.LocalRedirect(Where(http, "/dashboard/admin"));
        });
    }

    /// <summary>Back to the page whose button it was, if it is one of that portal's; else to its home.</summary>
    private static string Where(HttpContext http, string home) =>
        http.Request.GetTypedHeaders().Referer is { AbsolutePath: var path, PathAndQuery: var asked } && path.StartsWith(home, StringComparison.Ordinal) ? asked : home;

    /// <summary>What another site sends, or a form from before a restart of keys, does nothing.</summary>
    private static async ValueTask<object?> FromOurFormAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        await context.HttpContext.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(context.HttpContext) ? await next(context) : Results.LocalRedirect("/");
}
