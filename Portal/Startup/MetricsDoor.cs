using System.Security.Cryptography;
using System.Text;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>What Prometheus reads, for whoever has the token. Without a token configured there is no such door, and nothing listens.</summary>
public static class MetricsDoor
{
    private const string Format = "text/plain; version=0.0.4; charset=utf-8";

    public static IServiceCollection AddPortalMetrics(this IServiceCollection services) => services.AddSingleton<Prometheus>();

    public static void MapMetrics(this WebApplication app)
    {
        if (app.Services.GetRequiredService<PortalOptions>().MetricsToken is not { Length: > 0 } token)
        {
            app.MapGet("/metrics", () => Results.NotFound()).ShortCircuit().ExcludeFromDescription();
            return;
        }

        var expected = SHA256.HashData(Encoding.UTF8.GetBytes($"Bearer {token}"));
        app.Services.GetRequiredService<Prometheus>().Listen();
        app.MapGet("/metrics", (HttpContext http, Prometheus prometheus, StoreFigures store) => Holds(http, expected) ? WriteAsync(http, prometheus, store) : RefuseAsync(http))
            .ShortCircuit().ExcludeFromDescription();
    }

    private static async Task WriteAsync(HttpContext http, Prometheus prometheus, StoreFigures store)
    {
        var figures = await store.ReadAsync(http.RequestAborted);
        http.Response.ContentType = Format;
        await http.Response.WriteAsync(prometheus.Write(figures), http.RequestAborted);
    }

    private static Task RefuseAsync(HttpContext http)
    {
        http.Response.Headers.WWWAuthenticate = "Bearer";
        return Errors.WriteAsync(http, new BadCredentials("Send the token of Portal:MetricsToken: Authorization: Bearer …"));
    }

    // Of equal length and in equal time, whatever was sent.
    private static bool Holds(HttpContext http, byte[] expected) =>
        CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(http.Request.Headers.Authorization.ToString())), expected);
}
