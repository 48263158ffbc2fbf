using System.Security.Claims;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

public static class AgencyApi
{
    public static void MapAgency(this RouteGroupBuilder api)
    {
        var agency = api.MapGroup("/admin/agency").WithTags("Profiles");

        agency.MapGet("/", (ClaimsPrincipal user, AgencyService service, CancellationToken ct) => service.GetAsync(user.ToActor(), ct))
            .Says("The agency's profile", "Name, address, tax id, currency, zone, sender and how invoices are numbered.")
            .For(Can.ManageAgency).Produces<AgencyProfile>();

        agency.MapPut("/", async (ClaimsPrincipal user, AgencyService service, AgencyProfile input, CancellationToken ct) =>
            {
                await service.SaveAsync(user.ToActor(), input, ct);
                return await service.GetAsync(user.ToActor(), ct);
            })
            .Says("Change the agency's profile", "The whole of it, with the version it was read with: someone else's change in between is a 409.")
            .For(Can.ManageAgency).Produces<AgencyProfile>().Refuses(400, 409, 413, 415, 422);

        MapTerms(api, agency);
        var client = api.MapGroup("/client").WithTags("Profiles");
        MapOrganisation(client);
        MapClosing(client);
    }

    private static void MapTerms(RouteGroupBuilder api, RouteGroupBuilder agency)
    {
        agency.MapPut("/terms", async (ClaimsPrincipal user, AgencyService service, SetTerms input, CancellationToken ct) =>
            {
                await service.SetTermsAsync(user.ToActor(), input, ct);
                return await service.TermsAsync(ct);
            })
            .Says("Change the terms", "A new text is a new version. Send the version that was edited.")
            .For(Can.ManageAgency).Produces<AgencyTerms>().Refuses(400, 409, 413, 415, 422);

        api.MapGroup("/terms").WithTags("Profiles").MapGet("/", (AgencyService service, CancellationToken ct) => service.TermsAsync(ct))
            .Says("The terms that hold now", "For everyone who is about to accept them. The text is empty while the standard terms of /terms hold.")
            .ForAnyone().Produces<AgencyTerms>();
    }

    private static void MapOrganisation(RouteGroupBuilder client)
    {
        client.MapGet("/profile", (ClaimsPrincipal user, OrganisationService service, long? client, CancellationToken ct) => service.GetAsync(user.ToActor(), client, ct))
            .Says("An organisation's profile", "One's own; the agency's people say which with client.")
            .For(Can.SeeOrganisation).Produces<OrganisationProfile>().Refuses(404, 422);

        client.MapPut("/profile", async (ClaimsPrincipal user, OrganisationService service, long? client, OrganisationProfile input, CancellationToken ct) =>
            {
                await service.SaveAsync(user.ToActor(), client, input, ct);
                return await service.GetAsync(user.ToActor(), client, ct);
            })
            .Says("Change an organisation's profile", "The whole of it, with the version it was read with: someone else's change in between is a 409.")
            .For(Can.ManageOrganisation).Produces<OrganisationProfile>().Refuses(400, 404, 409, 413, 415, 422);
    }

    private static void MapClosing(RouteGroupBuilder client)
    {
        client.MapGet("/closing", (ClaimsPrincipal user, OrganisationService service, long? client, CancellationToken ct) => service.StateAsync(user.ToActor(), client, ct))
            .Says("Whether the organisation is about to be closed", "And when it is closed for good.")
            .For(Can.SeeOrganisation).Produces<OrganisationState>().Refuses(404, 422);

        client.MapPost("/closing", async (ClaimsPrincipal user, OrganisationService service, long? client, CloseOrganisation input, CancellationToken ct) =>
            {
                await service.CloseAsync(user.ToActor(), client, input, ct);
                return await service.StateAsync(user.ToActor(), client, ct);
            })
            .Says("Close the organisation's account", "Write its name. For 14 days an owner can keep it; then it is closed for good.")
            .For(Can.CloseOrganisation).Produces<OrganisationState>().Refuses(400, 404, 409, 413, 415, 422);

        client.MapDelete("/closing", async (ClaimsPrincipal user, OrganisationService service, long? client, CancellationToken ct) =>
            {
                await service.KeepAsync(user.ToActor(), client, ct);
                return TypedResults.NoContent();
            })
            .Says("Keep the organisation's account after all")
            .For(Can.CloseOrganisation).Refuses(404, 409, 422);
    }
}
