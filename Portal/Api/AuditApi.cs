using System.Security.Claims;
using Portal.Core.Foundation;
using Portal.Core.Reactions.Audit;
using Portal.Startup;

namespace Portal.Api;

public static class AuditApi
{
    public static void MapAudit(this RouteGroupBuilder api)
    {
        var audit = api.MapGroup("/audit").WithTags("Audit");

        audit.MapList("/", (ClaimsPrincipal user, AuditQueries queries, [AsParameters] AuditPage page, CancellationToken ct) =>
                queries.ListAsync(user.ToActor(), page, ct))
            .Says("List what happened", "Newest first. Filter by type, actor, client, days (counted in zone, UTC unless said) or subject; with subject_kind and subject_id it is the history of one thing.")
            .For(Can.SeeAudit).Refuses(400, 422);

        audit.MapGet("/{id:long}", (ClaimsPrincipal user, AuditQueries queries, long id, CancellationToken ct) => queries.GetAsync(user.ToActor(), id, ct))
            .Says("One event")
            .For(Can.SeeAudit).Refuses(404);

        audit.MapList("/export", (ClaimsPrincipal user, AuditQueries queries, [AsParameters] AuditPage page, string? format, CancellationToken ct) =>
                new SheetResult(queries.Export(user.ToActor(), page, ct), format is null or "csv" or "xlsx" ? format ?? "csv" : throw new Invalid("format", "Ask for csv or xlsx."), "audit-log"))
            .Says("Export what the filter shows", "format=csv or xlsx, streamed.")
            .For(Can.SeeAudit).Produces(200, contentType: "text/csv").Refuses(400, 422);

        audit.MapGet("/chain", (ClaimsPrincipal user, AuditQueries queries, CancellationToken ct) => queries.VerifyAsync(user.ToActor(), ct))
            .Says("Check the chain", "Walks every sealed event and says how far the chain is intact, what waits to be sealed, and where it breaks if it does.")
            .For(Can.SeeAudit).Produces<ChainReport>();
    }
}
