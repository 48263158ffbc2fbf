using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>For whoever keeps hosts running. No one signs in for it, nothing of it is counted against a limit, and it names no paths.</summary>
public static class Health
{
    public static void MapHealth(this WebApplication app)
    {
        // Answered before anyone is asked who they are: that would look into the database.
        app.MapGet("/health/live", () => "alive").ShortCircuit().ExcludeFromDescription();
        app.MapGet("/health/ready", ReadyAsync).ShortCircuit().ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(Readiness readiness, IHostApplicationLifetime life, CancellationToken ct)
    {
        if (life.ApplicationStopping.IsCancellationRequested)
            return Answer("stopping", []);
        var report = await readiness.LookAsync(ct);
        return Answer(report.IsReady ? "ready" : "not_ready", report.Checks);
    }

    private static IResult Answer(string status, IReadOnlyList<ReadinessCheck> checks) => Results.Json(
        new { status, checks = checks.ToDictionary(c => c.Name, c => Input.Name(c.Found.ToString())) },
        statusCode: status == "ready" ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
}
