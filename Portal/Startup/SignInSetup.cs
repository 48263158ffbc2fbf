using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Components.Authorization;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Startup;

public static class SignInSetup
{
    public const string Bearer = "Bearer";
    private const string Either = "Portal";

    public static IServiceCollection AddSignIn(this IServiceCollection services)
    {
        // Under /api only a bearer token counts, so there is no cross-site request to forge.
        services.AddAuthentication(Either)
            .AddPolicyScheme(Either, null, o => o.ForwardDefaultSelector = http => IsApi(http) ? Bearer : CookieAuthenticationDefaults.AuthenticationScheme)
            .AddScheme<AuthenticationSchemeOptions, BearerHandler>(Bearer, null)
            .AddCookie(Configure);
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<PortalOptions>((o, portal) => o.Cookie.Name = CookieRules.Name(portal, "portal-form"));
        services.AddOptions<CookieAuthenticationOptions>(CookieAuthenticationDefaults.AuthenticationScheme).Configure<PortalOptions>((o, portal) => o.Cookie.Name = CookieRules.Name(portal, "portal"));
        services.AddAuthorizationBuilder()
            .SetDefaultPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build())
            .AddPolicy("admin", p => p.RequireRole(nameof(Role.Admin)))
            .AddPolicy("agent", p => p.RequireRole(nameof(Role.Agent)))
            .AddPolicy("client", p => p.RequireRole(nameof(Role.Client)));
        services.AddCascadingAuthenticationState();
        return services
            .AddScoped<AuthenticationStateProvider, CircuitAuthentication>()
            .AddScoped<CookieSignIn>()
            .AddCookieRules()
            .AddPasskeys();
    }

    public static bool IsApi(HttpContext http) => IsApi(http.Request.Path);

    public static bool IsApi(PathString path) => path.StartsWithSegments("/api");

    private static void Configure(CookieAuthenticationOptions options)
    {
        options.Cookie.HttpOnly = true;
        options.Cookie.SameSite = SameSiteMode.Lax;
        options.LoginPath = "/sign-in";
        options.ReturnUrlParameter = "return";
        options.SlidingExpiration = false;
        options.Events.OnValidatePrincipal = ValidateAsync;

        // A page that is not theirs says so with a real 403 instead of sending them round.
        options.Events.OnRedirectToAccessDenied = context =>
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return Task.CompletedTask;
        };
    }

    /// <summary>The cookie says who; what they may is read anew, at most every half minute.</summary>
    private static async Task ValidateAsync(CookieValidatePrincipalContext context)
    {
        var people = context.HttpContext.RequestServices.GetRequiredService<PersonDirectory>();
        var user = context.Principal!;
        if (await people.FindAsync(user.PersonId(), user.SessionId(), context.HttpContext.RequestAborted) is { } person)
            context.ReplacePrincipal(person.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme));
        else
            context.RejectPrincipal();
    }
}
