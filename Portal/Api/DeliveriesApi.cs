using System.Security.Claims;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

public static class DeliveriesApi
{
    public static void MapDeliveries(this RouteGroupBuilder api)
    {
        var deliveries = api.MapGroup("/deliveries").WithTags("Deliveries");

        deliveries.MapList("/", (ClaimsPrincipal user, DeliveryDesk desk, [AsParameters] DeliveryPage page, CancellationToken ct) =>
                desk.ListAsync(user.ToActor(), page, ct))
            .Says("List what left or should have", "Newest first. Filter by status; q is the beginning of the recipient.")
            .For(Can.SeeDeliveries).Refuses(400, 422);

        deliveries.MapPost("/{id:long}/send-again", async (ClaimsPrincipal user, DeliveryDesk desk, long id, CancellationToken ct) =>
            {
                await desk.SendAgainAsync(user.ToActor(), id, ct);
                return TypedResults.NoContent();
            })
            .Says("Send a dead delivery again", "Only what was given up after all its tries can be sent again.")
            .For(Can.SendAgain).Refuses(404, 409, 422);
    }
}
