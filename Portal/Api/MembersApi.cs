using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

public static class MembersApi
{
    public static void MapMembers(this RouteGroupBuilder api)
    {
        var team = api.MapGroup("/team").WithTags("A client's team");

        team.MapGet("/", (ClaimsPrincipal user, MemberQueries queries, long? client, [AsParameters] PageRequest page, CancellationToken ct) =>
                queries.ListAsync(user.ToActor(), client, page, ct))
            .Says("List a client's people", "One's own team; the agency's people say which with client. q is the beginning of a name; sort by name, email, joined or last_sign_in.")
            .For(Can.SeeOrganisation).Produces<Paged<Member>>().Refuses(400, 404, 422);

        team.MapPatch("/{userId:long}", async (ClaimsPrincipal user, MemberService service, long userId, long? client, ChangeLevel input, CancellationToken ct) =>
            {
                (input.ClientId, input.UserId) = (client, userId);
                await service.ChangeLevelAsync(user.ToActor(), input, ct);
                return TypedResults.NoContent();
            })
            .Says("Change someone's level", "Owner, manager or viewer. The last owner stays one.")
            .For(Can.ManageMembers).Refuses(400, 404, 409, 413, 415, 422);

        team.MapDelete("/{userId:long}", async (ClaimsPrincipal user, MemberService service, long userId, long? client, CancellationToken ct) =>
            {
                await service.RemoveAsync(user.ToActor(), client, userId, ct);
                return TypedResults.NoContent();
            })
            .Says("Remove someone from the team", "Their account is closed and their sessions end. The last owner stays.")
            .For(Can.ManageMembers).Refuses(404, 409, 422);

        MapInvitations(team.MapGroup("/invitations"));
    }

    private static void MapInvitations(RouteGroupBuilder invitations)
    {
        invitations.MapGet("/", (ClaimsPrincipal user, MemberQueries queries, long? client, [AsParameters] PageRequest page, CancellationToken ct) =>
                queries.InvitationsAsync(user.ToActor(), client, page, ct))
            .Says("List open invitations to the team", "Newest first; expired ones are among them and can be sent again.")
            .For(Can.SeeOrganisation).Produces<Paged<OpenInvitation>>().Refuses(400, 404, 422);

        invitations.MapPost("/", async (ClaimsPrincipal user, InvitationService service, long? client, [FromBody] InviteMember input, CancellationToken ct) =>
            {
                input.ClientId = client;
                return TypedResults.Created((string?)null, await service.InviteMemberAsync(user.ToActor(), input, ct));
            })
            .Says("Invite someone to the team", "They get a mail with a link that is good for seven days. Inviting the same address again sends a new link.")
            .For(Can.ManageMembers).Refuses(400, 404, 409, 413, 415, 422);

        invitations.MapAgainAndWithdraw(Can.ManageMembers);
    }
}
