using System.Threading.RateLimiting;
using Portal.Core.Domains.Integrations;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Simulators;

/// <summary>
/// Where the portal's own clients reach stand-ins for providers, over the network as they reach the real ones. Nobody signs in here; who has no
/// key of ours is refused as the provider refuses, and everyone is limited in how much and how often. Where it is not switched on, it is not there.
/// </summary>
internal static class SimulatorDoor
{
    public const string Root = "/simulators";
    private static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];

    public static void Map(WebApplication app)
    {
        if (!app.Services.GetRequiredService<SimulatorSwitch>().IsOn)
        {
            // The page is part of the program; without the switch it is not there.
            app.MapGet("/dashboard/admin/settings/simulators", () => Results.NotFound()).WithOrder(-1).ExcludeFromDescription();
            return;
        }

        if (!app.Environment.IsDevelopment())
            app.Logger.LogWarning("Portal:Simulators is on: what has no credentials goes to stand-ins for clients of the sandbox, and reaches nobody.");
        app.MapMethods(Root + "/{provider}/{**path}", Methods, AnswerAsync).ShortCircuit().ExcludeFromDescription();
    }

    private static async Task AnswerAsync(HttpContext http)
    {
        using var place = await http.RequestServices.GetRequiredService<PartitionedRateLimiter<HttpContext>>().AcquireAsync(http, 1, http.RequestAborted);
        if (http.RequestServices.GetServices<Simulator>().FirstOrDefault(s => Input.Name(s.Provider.ToString()) == http.GetRouteValue("provider") as string) is not { } simulator)
            await Errors.WriteAsync(http, StatusCodes.Status404NotFound, "not_found", "There is nothing at this address.");
        else if (!place.IsAcquired)
            await WriteAsync(http, simulator.No(StatusCodes.Status429TooManyRequests, "rate_limit", "Too many requests.") with { Headers = [("Retry-After", "1")] });
        else if (await BodyAsync(http.Request, simulator.MostBytes) is not { } body)
            await WriteAsync(http, simulator.No(StatusCodes.Status413PayloadTooLarge, "request_too_large", "The request is larger than is taken."));
        else
            await WriteAsync(http, await ReplyAsync(http, simulator, body));
    }

    private static async Task<SimulatedReply> ReplyAsync(HttpContext http, Simulator simulator, ReadOnlyMemory<byte> body)
    {
        var (desk, ct) = (http.RequestServices.GetRequiredService<SimulatorDesk>(), http.RequestAborted);
        var path = (http.GetRouteValue("path") as string ?? "").Trim('/');
        var asked = new SimulatorHttp(name => http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, http.Request.ContentType, body);
        var request = new SimulatedRequest(simulator.Provider, http.Request.Method, path, body) { OnceKey = HttpMethods.IsPost(http.Request.Method) ? simulator.OnceKey(asked) : null };
        var found = simulator.Routes.Select(r => (Route: r, Places: r.Match(request.Method, path.Split('/')))).FirstOrDefault(r => r.Places is not null);
        var (early, guest) = await BeforeAsync(http, simulator, request, found.Route, asked);
        if (early is not null)
        {
            await desk.NoteAsync(request with { IsByGuest = guest is not null }, early, ct);
            return early;
        }

        request = request with { IsByGuest = guest is not null || found.Route.IsOpen };

        var (sent, query) = (Wire.Read(asked.ContentType, body), Wire.Form(http.Request.QueryString.Value?.TrimStart('?') ?? ""));
        if (sent is null)
            return simulator.No(StatusCodes.Status400BadRequest, "parameter_invalid", "The request cannot be read.");
        return await desk.AnswerAsync(
            found.Route.IsPage ? request with { OnceKey = null } : request, world => found.Route.Answer(new(world, sent.DeepClone().AsObject(), query, found.Places!, asked, guest)),
            () => simulator.No(StatusCodes.Status400BadRequest, "idempotency_error", "Keys for idempotent requests can only be used with the same parameters they were first used with."), ct);
    }

    /// <summary>What the provider says before it looks at what is wanted, and whose request it is.</summary>
    private static async Task<(SimulatedReply? Early, ProviderAccount? Guest)> BeforeAsync(HttpContext http, Simulator simulator, SimulatedRequest request, SimulatedRoute? route, SimulatorHttp asked)
    {
        var ct = http.RequestAborted;
        var settings = await http.RequestServices.GetRequiredService<SimulatorDesk>().SettingsAsync(request.Provider, ct);
        if (route is { IsPage: true })
            return (null, null);
        var (name, word) = simulator.Credentials(asked);
        var guest = await http.RequestServices.GetRequiredService<SimulatorGuests>().FindAsync(request.Provider, name, word, ct);
        if (route is null)
            return (simulator.No(StatusCodes.Status404NotFound, "url_invalid", "The simulator knows no such request."), guest);
        await Task.Delay(settings.AnswerMilliseconds, ct);
        if (settings.IsDown)
            return (simulator.No(StatusCodes.Status503ServiceUnavailable, "api_error", "The service is down."), guest);
        if (Random.Shared.Next(100) < settings.TroublePercent)
            return (simulator.No(StatusCodes.Status500InternalServerError, "api_error", "Something went wrong on the provider's side."), guest);
        return (route.IsOpen || guest is not null ? null : simulator.No(StatusCodes.Status401Unauthorized, "invalid_api_key", "These credentials are not those of an account here."), guest);
    }

    private static async Task WriteAsync(HttpContext http, SimulatedReply reply)
    {
        http.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers)
            http.Response.Headers[name] = value;
        if (reply.Location is { } to)
            http.Response.Headers.Location = to;
        if (reply.Html is { } html)
        {
            http.Response.ContentType = "text/html; charset=utf-8";
            await http.Response.WriteAsync(html, http.RequestAborted);
        }
        else if (reply.Body is { } body)
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(body.ToJsonString(), http.RequestAborted);
        }
    }

    /// <returns>Null for what is larger.</returns>
    private static async Task<ReadOnlyMemory<byte>?> BodyAsync(HttpRequest request, int most)
    {
        if (request.ContentLength > most)
            return null;
        using var body = new MemoryStream();
        var piece = new byte[16 * 1024];
        while (await request.Body.ReadAsync(piece, request.HttpContext.RequestAborted) is > 0 and var read)
        {
            if (body.Length + read > most)
                return null;
            await body.WriteAsync(piece.AsMemory(0, read), request.HttpContext.RequestAborted);
        }

        return body.ToArray();
    }
}
