using Microsoft.AspNetCore.CookiePolicy;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>
/// Where people come by TLS, every cookie goes by TLS only, also when a proxy ends it before us, and has the prefix by which a browser
/// takes it from this host alone: no neighbour under the same domain can set one for us.
/// </summary>
public static class CookieRules
{
    private const string HostOnly = "__Host-";

    public static string Name(PortalOptions options, string name) => IsTls(options) ? HostOnly + name : name;

    public static string Name(HttpContext http, string name) => Name(http.RequestServices.GetRequiredService<PortalOptions>(), name);

    // Antiforgery refuses to run when it is told "always" and the proxy says "http"; told here, it does not mind.
    public static IServiceCollection AddCookieRules(this IServiceCollection services)
    {
        services.AddOptions<CookiePolicyOptions>().Configure<PortalOptions>((options, portal) =>
            (options.HttpOnly, options.Secure) = (HttpOnlyPolicy.None, IsTls(portal) ? CookieSecurePolicy.Always : CookieSecurePolicy.SameAsRequest));
        return services;
    }

    private static bool IsTls(PortalOptions options) => options.PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
}
