using System.Security.Claims;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Core.Reactions.Notifications;
using Portal.Startup;

namespace Portal.Api;

public static class HearingApi
{
    public static void MapHearing(this RouteGroupBuilder api)
    {
        var own = api.MapGroup("/notifications/preferences").WithTags("Notifications");

        own.MapGet("/", (ClaimsPrincipal user, HearingService service, CancellationToken ct) => service.GetAsync(user.ToActor(), ct))
            .Says("How I hear of things", "Of each type and channel whether it is on, what the agency's default is, and whether it is fixed because it is critical; quiet hours by my own clock, digest and pause. There are the types that can reach me as who I am, and offered are the channels that do.")
            .For(Can.SeeSelf).Produces<HearingView>();

        own.MapPut("/", async (ClaimsPrincipal user, HearingService service, ChangeHearing input, CancellationToken ct) =>
            {
                await service.SaveAsync(user.ToActor(), input, ct);
                return await service.GetAsync(user.ToActor(), ct);
            })
            .Says("Change how I hear of things", "The whole of it, with the version it was read with: a change in between is a 409. In types, null or nothing is the agency's default, and a type that is not among those I read is a 422; without types the choices stay. What is critical cannot be turned off in the portal or by e-mail.")
            .For(Can.SeeSelf).Produces<HearingView>().Refuses(400, 409, 413, 415, 422);

        MapNumbers(api.MapGroup("/notifications/numbers").WithTags("Notifications"));
        MapDefaults(api.MapGroup("/admin/notification-defaults").WithTags("Notifications"));
    }

    private static void MapNumbers(RouteGroupBuilder numbers)
    {
        numbers.MapGet("/", (ClaimsPrincipal user, OwnNumbers own, CancellationToken ct) => own.ListAsync(user.ToActor(), ct))
            .Says("My numbers for text messages", "One line for each channel that the agency writes by: sms, whatsapp. Pending is a number whose code has not come back.")
            .For(Can.SeeSelf).Produces<IReadOnlyList<OwnNumber>>();

        numbers.MapPost("/", async (ClaimsPrincipal user, OwnNumbers own, AddNumber input, CancellationToken ct) =>
            {
                await own.StartAsync(user.ToActor(), input, ct);
                return TypedResults.Accepted((string?)null);
            })
            .Says("Give a number", "In international form. A code of six digits goes there, good for ten minutes and five tries. 409 while the agency does not write by this channel.")
            .For(Can.SeeSelf).Refuses(400, 409, 413, 415, 422);

        MapOne(numbers);
    }

    private static void MapOne(RouteGroupBuilder numbers)
    {
        numbers.MapPost("/{channel}/confirm", async (ClaimsPrincipal user, OwnNumbers own, Choice<PhoneChannel> channel, ConfirmNumber input, CancellationToken ct) =>
            {
                input.Channel = channel.Value;
                await own.ConfirmAsync(user.ToActor(), input, ct);
                return TypedResults.NoContent();
            })
            .Says("Confirm a number", "With the code that was sent there. From then on I am written to by this channel, where I turn it on.")
            .For(Can.SeeSelf).Refuses(400, 409, 413, 415, 422);

        numbers.MapDelete("/{channel}", async (ClaimsPrincipal user, OwnNumbers own, Choice<PhoneChannel> channel, CancellationToken ct) =>
            {
                await own.WithdrawAsync(user.ToActor(), channel.Value, ct);
                return TypedResults.NoContent();
            })
            .Says("Take a number back", "Nothing goes there from this moment, not even what waits already.")
            .For(Can.SeeSelf).Refuses(400, 409);
    }

    private static void MapDefaults(RouteGroupBuilder defaults)
    {
        defaults.MapGet("/", (ClaimsPrincipal user, HearingDefaultService service, CancellationToken ct) => service.GetAsync(user.ToActor(), ct))
            .Says("What people hear of unless they choose", "Of each type and channel whether it is on for everyone who has not chosen, and how the portal comes.")
            .For(Can.ManageAgency).Produces<HearingDefaultsView>();

        defaults.MapPut("/", async (ClaimsPrincipal user, HearingDefaultService service, ChangeHearingDefaults input, CancellationToken ct) =>
            {
                await service.SaveAsync(user.ToActor(), input, ct);
                return await service.GetAsync(user.ToActor(), ct);
            })
            .Says("Change what people hear of unless they choose", "The whole of it, with the version it was read with. A type or channel that is left out is as the portal comes; a type it does not know is a 422.")
            .For(Can.ManageAgency).Produces<HearingDefaultsView>().Refuses(400, 409, 413, 415, 422);
    }
}
