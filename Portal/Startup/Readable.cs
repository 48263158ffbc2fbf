using System.Text;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Components.Endpoints;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Net.Http.Headers;

namespace Portal.Startup;

/// <summary>What cannot be read is its sender's mistake, and is refused before a part of the framework stumbles over it and calls it ours.</summary>
public static class Readable
{
    public static void UseReadableRequests(this WebApplication app) => app.Use((http, next) =>
    {
        // Read through its stream: Kestrel's own pipe breaks off in the middle when the host is to stop, and a body that is still arriving is waited for.
        if (http.Features.Get<IHttpRequestBodyDetectionFeature>() is { CanHaveBody: true })
            http.Features.Set<IRequestBodyPipeFeature>(new RequestBodyPipeFeature(http));
        return !HasAddress(http.Request) ? Errors.WriteAsync(http, StatusCodes.Status400BadRequest, "malformed", "We could not read this request.")
            : !HasCharset(http.Request.ContentType) ? Errors.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "We do not know this charset. Send UTF-8.")
            : next(http);
    });

    /// <summary>What a page is sent is a form, can be read, and is one that we gave.</summary>
    public static void UseForms(this WebApplication app)
    {
        app.UseReadableForms();
        app.UseAntiforgery();
        app.UseFreshForms();
    }

    // A form that was opened before its keys changed is shown anew: the framework would refuse it with a bare line, or without a word.
    private static void UseFreshForms(this WebApplication app) => app.Use((http, next) =>
    {
        if (http.Features.Get<IAntiforgeryValidationFeature>() is not { IsValid: false } || SignInSetup.IsApi(http))
            return next(http);
        http.Response.Redirect(http.Request.Path + http.Request.QueryString);
        return Task.CompletedTask;
    });

    // A page takes forms. What is none is refused here, and what is one is read here: later readers get it from the request.
    private static void UseReadableForms(this WebApplication app) => app.UseWhen(http => HttpMethods.IsPost(http.Request.Method) && !SignInSetup.IsApi(http), forms => forms.Use(async (http, next) =>
    {
        var isPage = http.GetEndpoint()?.Metadata.GetMetadata<ComponentTypeMetadata>() is not null;
        if ((http.Request.HasFormContentType ? await WhyNotAsync(http.Request) : isPage ? StatusCodes.Status415UnsupportedMediaType : null) is { } status)
            http.Response.StatusCode = status;
        else
            await next(http);
    }));

    /// <summary>The form of a request, or 400.</summary>
    public static async Task<IFormCollection> FormAsync(this HttpRequest request, CancellationToken ct)
    {
        try
        {
            return await request.ReadFormAsync(ct);
        }
        catch (Exception error) when (error is InvalidDataException or (IOException and not BadHttpRequestException))
        {
            throw new BadHttpRequestException("The form cannot be read.", error);
        }
    }

    private static async Task<int?> WhyNotAsync(HttpRequest request)
    {
        try
        {
            await request.FormAsync(request.HttpContext.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException error)
        {
            return error.StatusCode;
        }
    }

    // A proxy hands on what it was told; pages make links of it.
    private static bool HasAddress(HttpRequest request) =>
        request.Scheme is "http" or "https" && Uri.TryCreate($"{request.Scheme}://{request.Host}/", UriKind.Absolute, out _);

    private static bool HasCharset(string? contentType)
    {
        if (!MediaTypeHeaderValue.TryParse(contentType, out var type) || !type.Charset.HasValue)
            return true;
        try
        {
            return Encoding.GetEncoding(HeaderUtilities.RemoveQuotes(type.Charset).ToString()) is not null;
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException)
        {
            return false;
        }
    }
}
