using System.Security.Claims;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Server;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Localization;
using Portal.Components;
using Portal.Components.Admin.Audit;
using Portal.Components.Admin.Clients;
using Portal.Components.Admin.Deliveries;
using Portal.Components.Ui;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Core.Reactions.Audit;

namespace Portal.Startup;

public static class Screens
{
    public static IServiceCollection AddScreens(this IServiceCollection services)
    {
        // Numbers and dates as the person has chosen, else as their browser asks; the words are English until there is another resource file.
        services.Configure<RequestLocalizationOptions>(options =>
        {
            options.SetDefaultCulture(Cultures.Standard).AddSupportedCultures([.. Cultures.All]).AddSupportedUICultures(Cultures.Standard);
            options.RequestCultureProviders.Insert(0, new CustomRequestCultureProvider(http => Task.FromResult(Chosen(http.User))));
        });
        services.AddRazorComponents().AddInteractiveServerComponents(CircuitsKept)
            .AddHubOptions(hub => hub.MaximumReceiveMessageSize = HandoverExtensions.MostInAMessage);
        return services.AddScoped<ToastService>().AddHostedService<LiveWatch>();
    }

    // What a page needs to come back after it was let go is held in memory: for some who are away for minutes, not for everybody for hours.
    private static void CircuitsKept(CircuitOptions options) =>
        (options.PersistedCircuitInMemoryMaxRetained, options.PersistedCircuitInMemoryRetentionPeriod) = (100, TimeSpan.FromMinutes(10));

    public static void MapScreens(this WebApplication app)
    {
        app.MapStaticAssets().DisableHttpMetrics(); // each file is a route of its own
        app.MapRazorComponents<App>()
            .AddInteractiveServerRenderMode(options => options.ContentSecurityFrameAncestorsPolicy = "'none'");
        app.MapGet("/", (HttpContext http) => Results.LocalRedirect(HomeOf(http.User.ToActor()))).RequireAuthorization().ExcludeFromDescription();
        app.MapPost("/sign-out", SignOutAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapPersonalFiles();
        app.MapMailbox();
        app.MapMailPreviews();
        app.MapSentMail();
        app.MapUnsubscribe();

        // The page is part of the program; elsewhere it is not there.
        if (!app.Environment.IsDevelopment())
            app.MapGet("/dev/notifications", () => Results.NotFound()).WithOrder(-1).ExcludeFromDescription();
        app.MapGet("/dashboard/admin/audit/export.{format:regex(^(csv|xlsx)$)}", (HttpContext http, string format, AuditQueries audit) =>
            new SheetResult(audit.Export(http.User.ToActor(), AuditFilter.Of(Shown(http), ZoneOf(http)), http.RequestAborted), format, "audit-log")).RequireAuthorization("admin").ExcludeFromDescription();
        app.MapGet("/dashboard/admin/clients/export.{format:regex(^(csv|xlsx)$)}", (HttpContext http, string format, ClientQueries clients) =>
            new SheetResult(clients.Export(http.User.ToActor(), ClientFilter.Of(Shown(http), ZoneOf(http)), http.RequestAborted), format, "clients")).RequireAuthorization("admin").ExcludeFromDescription();
        app.MapGet("/dashboard/admin/deliveries/export.{format:regex(^(csv|xlsx)$)}", (HttpContext http, string format, DeliveryQueries deliveries) =>
            new SheetResult(deliveries.Export(http.User.ToActor(), DeliveryFilter.Of(Shown(http), ZoneOf(http)), http.RequestAborted), format, "deliveries")).RequireAuthorization("admin").ExcludeFromDescription();
        app.MapGet("/dashboard/admin/clients/template.csv", (HttpContext http) => new SheetResult(ClientImport.Template(http.User.ToActor()), "csv", "clients-template")).RequireAuthorization("admin").ExcludeFromDescription();
    }

    public static string HomeOf(Actor actor) => actor.Role switch
    {
        Role.Admin => "/dashboard/admin",
        Role.Agent => "/dashboard/agent",
        Role.Client => "/dashboard/client",
        _ => "/sign-in",
    };

    private static ProviderCultureResult? Chosen(ClaimsPrincipal user) =>
        user.FindFirstValue(ActorClaims.Culture) is { Length: > 0 } culture ? new(culture) : null;

    private static async Task<IResult> SignOutAsync(HttpContext http, CookieSignIn cookies, IAntiforgery antiforgery)
    {
        if (!await antiforgery.IsRequestValidAsync(http))
            return Results.LocalRedirect("/"); // a form from before a restart of keys: whoever is still in presses again
        await cookies.SignOutAsync(http);
        return Results.LocalRedirect("/sign-in");
    }

    // An export is of exactly what the screen shows: it reads its filters as the screen does, and its days are the person's own.
    private static ListQuery Shown(HttpContext http) => ListUrl.Of(http.Request.GetEncodedUrl()).Query(PageRequest.StandardSize);

    private static Zone ZoneOf(HttpContext http) => Zone.OfOrUtc(http.User.FindFirstValue(ActorClaims.Zone));
}
