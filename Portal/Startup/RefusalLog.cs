namespace Portal.Startup;

/// <summary>Writes down who was turned away: not signed in, not allowed, too often. What was asked beside the path stays out, for it may be secret.</summary>
public static class RefusalLog
{
    public static void UseRefusalLog(this WebApplication app)
    {
        var log = app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(typeof(RefusalLog));
        app.Use(async (http, next) =>
        {
            var (method, path) = (http.Request.Method, http.Request.Path.ToUriComponent());
            await next(http);
            if (http.Response.StatusCode is not (StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden or StatusCodes.Status429TooManyRequests))
                return;
            var (status, person, address) = (http.Response.StatusCode, http.User.PersonId(), http.Address());
            log.LogInformation("Refused with {Status}: {Method} {Path}, person {Person} from {Address}.", status, method, path, person, address);
        });
    }
}
