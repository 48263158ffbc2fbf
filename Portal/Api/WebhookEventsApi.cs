using System.Security.Claims;
using Portal.Core.Domains.Integrations;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

public static class WebhookEventsApi
{
    public static void MapWebhookEvents(this RouteGroupBuilder api)
    {
        var events = api.MapGroup("/integrations/webhook-events").WithTags("Integrations");
        events.MapList("/", (ClaimsPrincipal user, InboxDesk desk, [AsParameters] InboxPage page, CancellationToken ct) => desk.ListAsync(user.ToActor(), page, ct))
            .Says("List what providers have told", "Newest first. Filter by provider and state (waiting, handled, kept until there is somebody for it, dead); q is the beginning of the provider's id of the event. is_ours is false for what tells of something that did not begin here: an account may be used by others too.")
            .For(Can.ManageIntegrations).Produces<Paged<InboxView>>().Refuses(400, 422);

        events.MapGet("/silent", (ClaimsPrincipal user, WebhookSilence silence, CancellationToken ct) => silence.ListAsync(user.ToActor(), ct))
            .Says("Providers that should call and do not", "They have called before, messages have left by them since, and for two hours nothing was told of any.")
            .For(Can.ManageIntegrations).Produces<IReadOnlyList<SilentProviderView>>();

        events.MapGet("/refused", (ClaimsPrincipal user, WebhookTrouble trouble, CancellationToken ct) => trouble.ListAsync(user.ToActor(), ct))
            .Says("Calls that were refused", "Within a day, by provider and reason: not_signed, wrong_signature, no_secret (nobody has entered what they sign with) or no_certificate. What was taken since is over after an hour.")
            .For(Can.ManageIntegrations).Produces<IReadOnlyList<RefusedCallsView>>();

        events.MapGet("/{id:long}", (ClaimsPrincipal user, InboxDesk desk, long id, CancellationToken ct) => desk.GetAsync(user.ToActor(), id, ct))
            .Says("One webhook event", "With its payload, in which all that is personal or secret is masked, and each attempt that failed, the latest first.")
            .For(Can.ManageIntegrations).Produces<InboxDetail>().Refuses(404);

        events.MapPost("/{id:long}/run-again", async (ClaimsPrincipal user, InboxDesk desk, long id, CancellationToken ct) =>
            {
                await desk.RunAgainAsync(user.ToActor(), id, ct);
                return TypedResults.NoContent();
            })
            .Says("Handle a webhook event again", "Of what was handled, kept or given up. What was done once is not done a second time: statuses only move forward. 409 for what waits.")
            .For(Can.ManageIntegrations).Refuses(404, 409, 422);
    }
}
