using Microsoft.AspNetCore.Antiforgery;
using Portal.Components;
using Portal.Components.Ui;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Core.Reactions.Audit;

namespace Portal.Startup;

public static class Screens
{
    public static IServiceCollection AddScreens(this IServiceCollection services)
    {
        // Numbers and dates as the person's browser asks; the words are English until there is another resource file.
        services.Configure<RequestLocalizationOptions>(options => options
            .SetDefaultCulture("en-GB").AddSupportedCultures("en-GB", "en-US", "en-IN", "en-ZA", "en-AU", "en-CA", "hi-IN", "kn-IN", "ta-IN", "pa-IN").AddSupportedUICultures("en-GB"));
        services.AddRazorComponents().AddInteractiveServerComponents();
        return services.AddScoped<ToastService>();
    }

    public static void MapScreens(this WebApplication app)
    {
        app.MapStaticAssets();
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
        app.MapGet("/", (HttpContext http) => Results.LocalRedirect(HomeOf(http.User.ToActor()))).RequireAuthorization().ExcludeFromDescription();
        app.MapPost("/sign-out", SignOutAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapGet("/dashboard/admin/audit/export.{format:regex(^(csv|xlsx)$)}", Export).RequireAuthorization("admin").ExcludeFromDescription();
        app.MapGet("/dashboard/admin/clients/export.{format:regex(^(csv|xlsx)$)}", (HttpContext http, string format, [AsParameters] ClientPage page, ClientQueries clients) =>
            new SheetResult(clients.Export(http.User.ToActor(), page, http.RequestAborted), format, "clients")).RequireAuthorization("admin").ExcludeFromDescription();
        app.MapGet("/dashboard/admin/clients/template.csv", (HttpContext http) => new SheetResult(ClientImport.Template(http.User.ToActor()), "csv", "clients-template")).RequireAuthorization("admin").ExcludeFromDescription();
    }

    public static string HomeOf(Actor actor) => actor.Role switch
    {
        Role.Admin => "/dashboard/admin",
        Role.Agent => "/dashboard/agent",
        Role.Client => "/dashboard/client",
        _ => "/sign-in",
    };

    private static async Task<IResult> SignOutAsync(HttpContext http, CookieSignIn cookies, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return Results.BadRequest();
        await cookies.SignOutAsync(http);
        return Results.LocalRedirect("/sign-in");
    }

    private static SheetResult Export(HttpContext http, string format, [AsParameters] AuditPage page, AuditQueries audit) =>
        new(audit.Export(http.User.ToActor(), page, http.RequestAborted), format, "audit-log");
}
