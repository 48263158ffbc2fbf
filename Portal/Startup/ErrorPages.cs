using Microsoft.AspNetCore.Diagnostics;

namespace Portal.Startup;

public static class ErrorPages
{
    private static readonly Dictionary<int, (string Code, string Message)> Words = new()
    {
        [400] = ("malformed", "We could not read this request."),
        [404] = ("not_found", "There is nothing at this address."),
        [405] = ("method_not_allowed", "This address does not take that method."),
        [408] = ("timeout", "The request did not arrive in time."),
        [413] = ("too_large", "The request is larger than we take."),
        [415] = ("unsupported_media_type", "Send JSON (Content-Type: application/json), or what the documentation names."),
    };

    // A form that its page no longer has is refused without a word: show the page anew instead of a blank one.
    private static async Task FreshFormAsync(HttpContext http, RequestDelegate next)
    {
        await next(http);
        if (http.Response is { StatusCode: StatusCodes.Status400BadRequest, HasStarted: false } && HttpMethods.IsPost(http.Request.Method) && !Errors.IsForPrograms(http))
            http.Response.Redirect(http.Request.Path + http.Request.QueryString);
    }

    // What somebody may not do, or what is not there, is no failure of ours.
    private static bool IsRefusal(ExceptionHandlerSuppressDiagnosticsContext context) => context.ExceptionHandledBy is ExceptionHandledType.ExceptionHandlerService || Errors.StatusOf(context.Exception) < StatusCodes.Status500InternalServerError;

    // Whoever only asks whether a page is there gets its headers.
    private static Task HeadAsGetAsync(HttpContext http, RequestDelegate next)
    {
        if (HttpMethods.IsHead(http.Request.Method) && !Errors.IsForPrograms(http))
            (http.Request.Method, http.Response.Body) = (HttpMethods.Get, Stream.Null);
        return next(http);
    }

    // The page about a form that was refused or failed is only looked at; as a form it would be refused once more.
    private static Task ProblemAsGetAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/problem") || http.Features.Get<IExceptionHandlerFeature>() is not null)
            http.Request.Method = HttpMethods.Get;
        return next(http);
    }

    /// <summary>Programs get problem+json, people a page; nobody gets a stack trace.</summary>
    public static void UseErrors(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions { ExceptionHandlingPath = "/error", CreateScopeForErrors = true, StatusCodeSelector = Errors.StatusOf, SuppressDiagnosticsCallback = IsRefusal });
        app.Use(HeadAsGetAsync);
        app.Use(FreshFormAsync);
        app.UseWhen(http => !Errors.IsForPrograms(http), pages => pages
            .UseStatusCodePagesWithReExecute("/problem/{0}", createScopeForStatusCodePages: true)
            .Use(ProblemAsGetAsync));
        app.UseWhen(http => Errors.IsForPrograms(http), api => api.UseStatusCodePages(context =>
            Words.TryGetValue(context.HttpContext.Response.StatusCode, out var words)
                ? Errors.WriteAsync(context.HttpContext, context.HttpContext.Response.StatusCode, words.Code, words.Message)
                : Task.CompletedTask));
    }
}
