using System.Security.Claims;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

public static class DeliveriesApi
{
    public static void MapDeliveries(this RouteGroupBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries").WithTags("Deliveries");
        Lists(deliveries);
        One(deliveries);
        Again(deliveries);
        Suppressions(deliveries.MapGroup("/suppressions"));
    }

    private static void Lists(RouteGroupBuilder deliveries)
    {
        deliveries.MapList("/", (ClaimsPrincipal user, DeliveryDesk desk, [AsParameters] DeliveryPage page, CancellationToken ct) =>
                desk.ListAsync(user.ToActor(), page, ct))
            .Says("List what left or should have", "Newest first, or by recipient or subject. Filter by status (retrying is what waits after an attempt that did not go well, and is part of waiting), channel, client or the days of creation (counted in zone, UTC unless said); q is the beginning of the recipient, subject that of the subject. reported is what the provider has told since it took it; error says in plain words why it did not arrive, error_code is the provider's own, and trouble what was said.")
            .For(Can.SeeDeliveries).Refuses(400, 422);

        deliveries.MapGet("/counts", (ClaimsPrincipal user, DeliveryQueries queries, CancellationToken ct) => queries.CountsAsync(user.ToActor(), ct))
            .Says("How many deliveries may need someone", "What waits, is tried again, is being sent, was given up or stopped, and how many addresses refuse mail; each exact up to 10,000.")
            .For(Can.SeeDeliveries).Produces<DeliveryCounts>();

        deliveries.MapList("/export", (ClaimsPrincipal user, DeliveryQueries queries, [AsParameters] DeliveryPage page, string? format, CancellationToken ct) =>
                new SheetResult(queries.Export(user.ToActor(), page, ct), format is null or "csv" or "xlsx" ? format ?? "csv" : throw new Invalid("format", "Ask for csv or xlsx."), "deliveries"))
            .Says("Export what the filter shows", "format=csv or xlsx, streamed.")
            .For(Can.SeeDeliveries).Produces(200, contentType: "text/csv").Refuses(400, 422);
    }

    private static void One(RouteGroupBuilder deliveries)
    {
        deliveries.MapGet("/{id:long}", (ClaimsPrincipal user, DeliveryQueries queries, long id, CancellationToken ct) => queries.GetAsync(user.ToActor(), id, ct))
            .Says("One delivery", "With the event it follows from, the headers of a mail, and every attempt: when, how long it took, how it ended, in the other side's words.")
            .For(Can.SeeDeliveries).Produces<DeliveryDetail>().Refuses(404);

        deliveries.MapGet("/{id:long}/content", (ClaimsPrincipal user, DeliveryQueries queries, long id, CancellationToken ct) => queries.ContentAsync(user.ToActor(), id, ct))
            .Says("What a delivery says", "409 for what holds a code or a link that opens something: nobody but the recipient sees that.")
            .For(Can.SeeDeliveries).Produces<DeliveryContent>().Refuses(404, 409);

        deliveries.MapPost("/{id:long}/stop", async (ClaimsPrincipal user, DeliveryDesk desk, long id, CancellationToken ct) =>
            {
                await desk.StopAsync(user.ToActor(), id, ct);
                return TypedResults.NoContent();
            })
            .Says("Stop trying", "Of what waits. What is just being sent is not called back: 409.")
            .For(Can.ManageDeliveries).Refuses(404, 409, 422);
    }

    private static void Again(RouteGroupBuilder deliveries)
    {
        deliveries.MapPost("/{id:long}/send-again", async (ClaimsPrincipal user, DeliveryDesk desk, long id, CancellationToken ct) =>
            {
                await desk.SendAgainAsync(user.ToActor(), id, ct);
                return TypedResults.NoContent();
            })
            .Says("Send a dead delivery again", "Only what was given up after all its tries, or stopped, can be sent again. Its address gets mail again too.")
            .For(Can.SendAgain).Refuses(404, 409, 422);

        deliveries.MapPost("/send-again", (ClaimsPrincipal user, DeliveryDesk desk, SendAgainMany input, CancellationToken ct) => desk.SendManyAgainAsync(user.ToActor(), input, ct))
            .Says("Send many again", "These ids, or all dead ones of a filter like that of the list, oldest first and at most 500 at once: left says how many more there are. With before, only what was last tried earlier, so that asking in a loop ends.")
            .For(Can.SendAgain).Produces<SentAgain>().Refuses(400, 409, 413, 415, 422);
    }

    private static void Suppressions(RouteGroupBuilder suppressions)
    {
        suppressions.MapList("/", (ClaimsPrincipal user, DeliveryQueries queries, [AsParameters] SuppressionPage page, CancellationToken ct) => queries.SuppressionsAsync(user.ToActor(), page, ct))
            .Says("List the addresses that refuse mail", "With why and since when. Newest first, or by address; q is the beginning of the address. Only what guards an account is still tried there.")
            .For(Can.SeeDeliveries).Refuses(400, 422);

        suppressions.MapDelete("/{id:long}", async (ClaimsPrincipal user, DeliveryDesk desk, long id, CancellationToken ct) =>
            {
                await desk.LiftAsync(user.ToActor(), id, ct);
                return TypedResults.NoContent();
            })
            .Says("Send mail to an address again", "What was given up meanwhile is not sent by itself.")
            .For(Can.ManageDeliveries).Refuses(404, 409, 422);
    }
}
