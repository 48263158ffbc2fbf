using System.Globalization;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

/// <summary>
/// Honours Idempotency-Key on whatever changes something: the request happens once, and whoever repeats it gets the first answer.
/// Sign-in is left out: its answers are secrets that are not to be kept.
/// </summary>
public static class OncePerKey
{
    public const string Header = "Idempotency-Key";
    private const int LongestKey = 200;
    private const int LargestKept = 1024 * 1024;

    public static void UseOncePerKey(this WebApplication app) =>
        app.UseWhen(http => SignInSetup.IsApi(http) && Changes(http) && http.Request.Headers.ContainsKey(Header), api => api.Use(OnceAsync));

    private static bool Changes(HttpContext http) =>
        !HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method) && !HttpMethods.IsOptions(http.Request.Method)
        && !http.Request.Path.StartsWithSegments("/api/auth") && http.User.PersonId() > 0;

    private static async Task OnceAsync(HttpContext http, RequestDelegate next)
    {
        var (desk, door) = (http.RequestServices.GetRequiredService<OnceDesk>(), Door(http));
        if (await desk.BeginAsync(door, await BodyAsync(http), http.RequestAborted) is { } answer)
        {
            await RepeatAsync(http, answer);
            return;
        }

        await AnswerAsync(http, next, desk, door);
    }

    private static string Door(HttpContext http)
    {
        var key = http.Request.Headers[Header].ToString();
        if (key.Length is 0 or > LongestKey)
            throw new Invalid("idempotency_key", $"An Idempotency-Key has 1 to {LongestKey} characters.");
        var person = http.User.PersonId().ToString(CultureInfo.InvariantCulture);
        var path = http.Request.Path.Value!.TrimEnd('/').ToLowerInvariant();
        return Convert.ToHexStringLower(Tokens.Hash($"{person}\n{http.Request.Method}\n{path}{http.Request.QueryString}\n{key}"));
    }

    private static async Task<byte[]> BodyAsync(HttpContext http)
    {
        http.Request.EnableBuffering();
        using var copy = new MemoryStream();
        await http.Request.Body.CopyToAsync(copy, http.RequestAborted);
        http.Request.Body.Position = 0;
        return copy.ToArray();
    }

    private static async Task AnswerAsync(HttpContext http, RequestDelegate next, OnceDesk desk, string door)
    {
        var outer = http.Response.Body;
        using var inner = new MemoryStream();
        http.Response.Body = inner;
        try
        {
            await RunAsync(http, next);
        }
        catch
        {
            // A bug is no answer: the next one with this key tries again.
            await desk.ForgetAsync(door);
            throw;
        }
        finally
        {
            http.Response.Body = outer;
        }

        if (http.Response.StatusCode >= 500 || http.Response.StatusCode == StatusCodes.Status429TooManyRequests || inner.Length > LargestKept)
            await desk.ForgetAsync(door);
        else
            await desk.AnswerAsync(door, new(http.Response.StatusCode, http.Response.ContentType, http.Response.Headers.Location, inner.ToArray()));
        inner.Position = 0;
        await inner.CopyToAsync(outer);
    }

    /// <summary>A refusal is the answer to this request, so it is written here and kept like any other.</summary>
    private static async Task RunAsync(HttpContext http, RequestDelegate next)
    {
        try
        {
            await next(http);
        }
        catch (PortalException refusal)
        {
            http.Response.Clear();
            await Errors.WriteAsync(http, refusal);
        }
    }

    private static async Task RepeatAsync(HttpContext http, KeptAnswer answer)
    {
        http.Response.StatusCode = answer.Status;
        http.Response.ContentType = answer.ContentType;
        http.Response.Headers["Idempotent-Replayed"] = "true";
        if (answer.Location is { } location)
            http.Response.Headers.Location = location;
        await http.Response.Body.WriteAsync(answer.Body);
    }
}
