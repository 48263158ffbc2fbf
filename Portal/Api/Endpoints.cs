using System.Diagnostics.CodeAnalysis;
using Portal.Core.Foundation;

namespace Portal.Api;

/// <summary>What an endpoint says of itself in the OpenAPI document. A test refuses one that does not.</summary>
public static class Endpoints
{
    /// <summary>What every refusal says (RFC 9457): a code for machines, a title for people, the fields if it is about fields.</summary>
    public sealed record Problem(string Title, int Status, string Code, string TraceId, IReadOnlyDictionary<string, string[]>? Errors);

    /// <summary>The verb that the endpoint's service demands.</summary>
    public sealed record Needs(string Permission);

    /// <summary>A GET whose query is a <see cref="PageRequest"/> with filters of its own, bound when the host starts.</summary>
    public static RouteHandlerBuilder MapList(this IEndpointRouteBuilder routes, [StringSyntax("Route")] string pattern, Delegate handler) =>
        // The generator binds the other endpoints when they are built, which makes the start shorter. It overlooks what a class inherits, so it may not see this one.
#pragma warning disable RDG002
        routes.MapGet(pattern, handler);
#pragma warning restore RDG002

    public static RouteHandlerBuilder Says(this RouteHandlerBuilder endpoint, string summary, string description = "") =>
        endpoint.WithSummary(summary).WithDescription(description);

    public static RouteHandlerBuilder For(this RouteHandlerBuilder endpoint, Can can) => endpoint
        .WithMetadata(new Needs(can.Name))
        .Refuses(StatusCodes.Status401Unauthorized, StatusCodes.Status403Forbidden, StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);

    /// <summary>Open to everyone, and why is plain from its summary.</summary>
    public static RouteHandlerBuilder ForAnyone(this RouteHandlerBuilder endpoint) => endpoint
        .WithMetadata(new Needs("none"))
        .AllowAnonymous()
        .Refuses(StatusCodes.Status429TooManyRequests, StatusCodes.Status503ServiceUnavailable);

    public static RouteHandlerBuilder Refuses(this RouteHandlerBuilder endpoint, params int[] statuses)
    {
        foreach (var status in statuses)
            endpoint.Produces<Problem>(status, "application/problem+json");
        return endpoint;
    }
}
