using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Http.Features;
using Portal.Core.Domains.Integrations;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Webhooks;

/// <summary>
/// Where providers call: verify, store, answer 200, and nothing else. No one signs in for it, so it is answered before anyone is asked who they are;
/// and no form is read before it, for what was signed is the body as it came.
/// </summary>
public static class WebhookDoor
{
    private const int FirstPiece = 16 * 1024; // what is said to come takes no room before it is here
    private static readonly string[] Roots = ["/webhooks", "/services/webhooks"];

    /// <summary>Whether programs are answered here, and not people.</summary>
    public static bool IsOne(PathString path) => Roots.Any(root => path.StartsWithSegments(root));

    public static void MapWebhooks(this WebApplication app)
    {
        foreach (var root in Roots)
        {
            app.MapPost($"{root}/{{provider}}", ReceiveAsync).ShortCircuit().ExcludeFromDescription();
            app.MapGet($"{root}/whatsapp", ChallengeAsync).ShortCircuit().ExcludeFromDescription();
        }
    }

    private static async Task ReceiveAsync(HttpContext http)
    {
        var receiver = http.RequestServices.GetRequiredService<WebhookReceiver>();
        if (receiver.Find(http.GetRouteValue("provider") as string) is not { } source)
        {
            await Errors.WriteAsync(http, StatusCodes.Status404NotFound, "not_found", "There is nothing at this address.");
            return;
        }

        var request = new WebhookRequest(Url(http), name => http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, default);
        if (!source.IsSigned(request))
            await AnswerAsync(http, receiver.Refuse(source)); // without reading what it brings
        else if (!source.Takes(request))
            await Errors.WriteAsync(http, StatusCodes.Status415UnsupportedMediaType, "unsupported_media_type", "This is not what this provider sends.");
        else if (await ReadAsync(http.Request, source.MostBytes, http.RequestAborted) is not { } body)
            await Errors.WriteAsync(http, StatusCodes.Status413PayloadTooLarge, "too_large", "The request is larger than we take.");
        else
            await AnswerAsync(http, await receiver.ReceiveAsync(source, request with { Body = body }, http.RequestAborted));
    }

    private static Task AnswerAsync(HttpContext http, WebhookVerdict verdict)
    {
        if (verdict is WebhookVerdict.Taken)
        {
            http.Response.ContentLength = 0;
            return Task.CompletedTask;
        }

        if (verdict is WebhookVerdict.NotSigned)
            return Errors.WriteAsync(http, StatusCodes.Status401Unauthorized, "bad_signature", "This is not signed by the provider with a secret that we know, or too long ago.");

        // It may be genuine: they will try again, and we may know by then.
        http.Response.Headers.RetryAfter = "300";
        return verdict is WebhookVerdict.NotConfigured
            ? Errors.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "provider_not_configured", "We have not been told yet how this provider signs. Try again later.")
            : Errors.WriteAsync(http, StatusCodes.Status503ServiceUnavailable, "certificate_unavailable", "We cannot see the certificate now. Try again later.");
    }

    private static async Task ChallengeAsync(HttpContext http)
    {
        var query = http.Request.Query;
        var answer = await http.RequestServices.GetRequiredService<WebhookReceiver>().ChallengeAsync(query["hub.mode"], query["hub.verify_token"], query["hub.challenge"], http.RequestAborted);
        if (answer is null)
        {
            await Errors.WriteAsync(http, StatusCodes.Status403Forbidden, "forbidden", "This is not the token that was agreed on.");
            return;
        }

        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(answer, http.RequestAborted);
    }

    // What the provider called is what it signed: our public address, and behind it the path and query as they stand in the request.
    private static string Url(HttpContext http)
    {
        var target = http.Features.Get<IHttpRequestFeature>()?.RawTarget;
        return http.RequestServices.GetRequiredService<PortalOptions>().PublicUrl.TrimEnd('/') + (target is ['/', ..] ? target : http.Request.GetEncodedPathAndQuery());
    }

    /// <returns>Null for what is larger.</returns>
    private static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, int most, CancellationToken ct)
    {
        if (request.ContentLength > most)
            return null;
        var body = new byte[(int)Math.Min(request.ContentLength ?? FirstPiece, FirstPiece) + 1];
        for (var length = 0; ;)
        {
            var read = await request.Body.ReadAsync(body.AsMemory(length), ct);
            if (read == 0)
                return body.AsMemory(0, length);
            length += read;
            if (length > most)
                return null;
            if (length == body.Length)
                Array.Resize(ref body, Math.Min(body.Length * 2, most + 1));
        }
    }
}
