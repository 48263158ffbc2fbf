using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Startup;

namespace Portal.Api;

/// <summary>The REST doors, and what holds for all of them.</summary>
public static class RestApi
{
    public static IServiceCollection AddApi(this IServiceCollection services, IConfiguration configuration)
    {
        services.ConfigureHttpJsonOptions(options => Configure(options.SerializerOptions));
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.AddExceptionHandler<Errors>();
        services.AddPortalOpenApi();
        services.AddSingleton<ApiLimiter>();

        // Closed, unless other sites are named.
        var sites = configuration.GetSection("Portal:CorsOrigins").Get<string[]>() ?? [];
        return services.AddCors(cors => cors.AddDefaultPolicy(policy => policy.WithOrigins(sites)
            .WithMethods("GET", "POST", "PUT", "PATCH", "DELETE").WithHeaders("Authorization", "Content-Type", "Idempotency-Key", "If-Match")));
    }

    public static void MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api").RequireAuthorization();
        api.MapAuth();
        api.MapAccount();
        api.MapAudit();
        api.MapDeliveries();
        api.MapJobs();
        api.MapRetention();
        api.MapNotifications();
        api.MapHearing();
        api.MapMail();
        api.MapMailTemplates();
        api.MapStaff();
        api.MapMembers();
        api.MapAgency();
        api.MapClients();
        api.MapAgents();
        api.MapIntegrations();
        api.MapWebhookEvents();
        api.MapMessages();
        app.MapKeys();
        app.MapPortalOpenApi();
    }

    public static void Configure(JsonSerializerOptions json)
    {
        json.PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower;
        json.DictionaryKeyPolicy = null;
        json.AllowDuplicateProperties = false;
        json.NumberHandling = JsonNumberHandling.Strict;
        json.Converters.Add(new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower, allowIntegerValues: false));
        json.Converters.Add(new UtcJson());
        json.Converters.Add(new ObjectJson());
    }
}
