using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Mvc;
using Portal.Core.Foundation;
using Portal.Webhooks;

namespace Portal.Startup;

/// <summary>A refusal becomes HTTP here and nowhere else; a bug becomes a 500 that says nothing but its trace id.</summary>
public sealed partial class Errors(ILogger<Errors> log) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        if (exception is OperationCanceledException && httpContext.RequestAborted.IsCancellationRequested)
            return true;
        var error = DbErrors.Translate(exception) ?? exception;
        PathString asked = httpContext.Features.Get<IExceptionHandlerPathFeature>()?.Path ?? httpContext.Request.Path;
        var (status, _, _) = Describe(error);
        if (status >= StatusCodes.Status500InternalServerError)
        {
            log.LogError(exception, "{Method} {Path} failed.", httpContext.Request.Method, asked.ToUriComponent());
            httpContext.Features.Set(new WrittenDown(TraceId(httpContext)));
        }

        if (!IsForPrograms(asked) && !WantsProblem(httpContext))
        {
            SayWhen(httpContext, error);
            return false;
        }

        await WriteAsync(httpContext, error);
        return true;
    }

    /// <summary>Whether who asks there reads JSON and no pages.</summary>
    public static bool IsForPrograms(PathString path) => SignInSetup.IsApi(path) || WebhookDoor.IsOne(path);

    public static bool IsForPrograms(HttpContext http) => IsForPrograms(http.Request.Path);

    /// <summary>A script of our own pages that asks for JSON.</summary>
    private static bool WantsProblem(HttpContext http) => http.Request.Headers.Accept.ToString().Contains("application/problem+json", StringComparison.Ordinal);

    public static Task WriteAsync(HttpContext http, Exception error)
    {
        http.Response.StatusCode = Describe(error).Status;
        SayWhen(http, error);
        return http.Response.WriteAsJsonAsync(Problem(http, error), options: null, contentType: "application/problem+json");
    }

    public static Task WriteAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(Problem(http, status, code, message), options: null, contentType: "application/problem+json");
    }

    public static int StatusOf(Exception error) => Describe(DbErrors.Translate(error) ?? error).Status;

    public static string TraceId(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    private static void SayWhen(HttpContext http, Exception error)
    {
        if (error is StoreUnavailable)
            http.Response.Headers.RetryAfter = "5";
        if (error is TooOften { RetryAfter: var wait })
            http.Response.Headers.RetryAfter = Math.Max(1, Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
    }

    private static ProblemDetails Problem(HttpContext http, Exception error)
    {
        var (status, code, message) = Describe(error);
        var problem = Problem(http, status, code, message);
        if (error is Invalid invalid)
            problem.Extensions["errors"] = invalid.Errors;
        if (error is BadHttpRequestException bad && Field(bad) is { } field)
            problem.Extensions["errors"] = new Dictionary<string, string[]> { [field] = ["This is not of the right kind."] };
        return problem;
    }

    private static ProblemDetails Problem(HttpContext http, int status, string code, string message) =>
        new() { Status = status, Title = message, Extensions = { ["code"] = code, ["trace_id"] = TraceId(http) } };

    private static (int Status, string Code, string Message) Describe(Exception error) => error switch
    {
        NotFound e => (StatusCodes.Status404NotFound, e.Code, e.Message),
        Forbidden e => (StatusCodes.Status403Forbidden, e.Code, e.Message),
        Invalid e => (StatusCodes.Status422UnprocessableEntity, e.Code, e.Message),
        BadCredentials e => (StatusCodes.Status401Unauthorized, e.Code, e.Message),
        NotYet e => (StatusCodes.Status403Forbidden, e.Code, e.Message),
        TooOften e => (StatusCodes.Status429TooManyRequests, e.Code, e.Message),
        PortalException e => (StatusCodes.Status409Conflict, e.Code, e.Message),
        StoreUnavailable e => (StatusCodes.Status503ServiceUnavailable, "store_unavailable", e.Message),
        BadHttpRequestException e => Malformed(e),
        _ => (StatusCodes.Status500InternalServerError, "unexpected", "Something went wrong on our side. Tell us the trace id and we will find out what."),
    };

    private static (int Status, string Code, string Message) Malformed(BadHttpRequestException error) => error.StatusCode switch
    {
        StatusCodes.Status413PayloadTooLarge => (413, "too_large", "The request is larger than we take."),
        StatusCodes.Status415UnsupportedMediaType => (415, "unsupported_media_type", "Send JSON (Content-Type: application/json), or what the documentation names."),
        var status => (status, "malformed", "We could not read this request."),
    };

    /// <summary>Which field it was: the place in the JSON, or the parameter that did not bind.</summary>
    private static string? Field(BadHttpRequestException error)
    {
        if (error.InnerException is JsonException { Path: { Length: > 2 } path })
            return path[2..];
        var parameter = Parameter().Match(error.Message);
        return parameter.Success ? Input.Name(parameter.Groups[1].Value) : null;
    }

    [GeneratedRegex("parameter \"[^\"]* (\\w+)\"")]
    private static partial Regex Parameter();

    /// <summary>There is a line in the log about this request, under this trace id.</summary>
    public sealed record WrittenDown(string TraceId);
}
