using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>Circuits are for our own pages. A browser lets any site's page open a web socket here, and only says whose page it was.</summary>
public static class CircuitDoor
{
    public static void UseCircuitDoor(this WebApplication app)
    {
        var home = new Uri(app.Services.GetRequiredService<PortalOptions>().PublicUrl).Authority;
        app.UseWhen(http => http.Request.Path.StartsWithSegments("/_blazor"), circuits => circuits.Use((http, next) =>
        {
            if (http.Request.Headers.Origin.ToString() is not { Length: > 0 } origin || IsOurs(origin, home, http.Request.Host))
                return next(http);
            http.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        }));
    }

    // By the name people use, or the one this request came to: a proxy may hide either.
    private static bool IsOurs(string origin, string home, HostString host) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from)
        && (from.Authority == home || (Uri.TryCreate($"{from.Scheme}://{host.Value}", UriKind.Absolute, out var here) && from.Authority == here.Authority));
}
