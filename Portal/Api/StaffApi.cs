using System.Security.Claims;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

public static class StaffApi
{
    /// <summary>Whether they may come in.</summary>
    public sealed record SetActive
    {
        public required bool Active { get; init; }
    }

    /// <summary>How many clients the other agent looks after now who did not before.</summary>
    public sealed record HandedOver(int Count);

    public static void MapStaff(this RouteGroupBuilder api)
    {
        var agents = api.MapGroup("/admin/agents").WithTags("Team");
        MapAgents(agents);
        MapStatus(agents, "agent", Role.Agent);

        agents.MapPost("/{id:long}/handover", async (ClaimsPrincipal user, AgentService service, long id, HandOver input, CancellationToken ct) =>
            {
                input.AgentId = id;
                return new HandedOver(await service.HandOverAsync(user.ToActor(), input, ct));
            })
            .Says("Hand an agent's clients over", "To an active agent of the same department; all of them, or those named in clients. Beyond the other's capacity only with even_if_full.")
            .For(Can.ManageStaff).Produces<HandedOver>().Refuses(400, 404, 409, 413, 415, 422);

        var admins = api.MapGroup("/admin/admins").WithTags("Team");
        admins.MapGet("/", (ClaimsPrincipal user, StaffQueries queries, [AsParameters] PageRequest page, CancellationToken ct) => queries.AdminsAsync(user.ToActor(), page, ct))
            .Says("List the administrators", "q is the beginning of a name; sort by name or last_sign_in.")
            .For(Can.SeeStaff).Produces<Paged<AdminLine>>().Refuses(400, 422);
        MapStatus(admins, "administrator", Role.Admin);

        MapPeople(api.MapGroup("/admin/people").WithTags("Team"));
        MapInvitations(api.MapGroup("/admin/invitations").WithTags("Team"));
    }

    private static void MapPeople(RouteGroupBuilder people) =>
        people.MapDelete("/{id:long}/second-factor", async (ClaimsPrincipal user, StaffService service, long id, CancellationToken ct) =>
            {
                await service.TurnOffSecondFactorAsync(user.ToActor(), id, ct);
                return TypedResults.NoContent();
            })
            .Says("Turn off someone's second factor", "For a person who has lost phone and recovery codes. They hear of it by mail. Not for oneself.")
            .For(Can.ManageStaff).Refuses(404, 409);

    private static void MapAgents(RouteGroupBuilder agents)
    {
        agents.MapList("/", (ClaimsPrincipal user, StaffQueries queries, [AsParameters] AgentPage page, CancellationToken ct) => queries.AgentsAsync(user.ToActor(), page, ct))
            .Says("List the agents with their load", "Filter by department, active and workload (free, full, over); q is the beginning of a name; sort by name, clients, capacity, workload or last_sign_in.")
            .For(Can.SeeStaff).Produces<Paged<AgentLine>>().Refuses(400, 422);

        agents.MapGet("/{id:long}", (ClaimsPrincipal user, StaffQueries queries, long id, CancellationToken ct) => queries.GetAsync(user.ToActor(), id, Role.Agent, ct))
            .Says("One agent", "With their clients, one line for each service.")
            .For(Can.SeeStaff).Produces<StaffMember>().Refuses(404);

        agents.MapPatch("/{id:long}", async (ClaimsPrincipal user, AgentService service, StaffQueries queries, long id, ChangeAgent input, CancellationToken ct) =>
            {
                input.AgentId = id;
                await service.ChangeAsync(user.ToActor(), input, ct);
                return await queries.GetAsync(user.ToActor(), id, Role.Agent, ct);
            })
            .Says("Change an agent", "Department, specialisation, capacity; what is left out stays. The department stays while they have clients of it.")
            .For(Can.ManageStaff).Produces<StaffMember>().Refuses(400, 404, 409, 413, 415, 422);
    }

    private static void MapStatus(RouteGroupBuilder staff, string what, Role role) =>
        staff.MapPatch("/{id:long}/status", async (ClaimsPrincipal user, StaffService service, StaffQueries queries, long id, SetActive input, CancellationToken ct) =>
            {
                await queries.GetAsync(user.ToActor(), id, role, ct);
                await (input.Active ? service.ActivateAsync(user.ToActor(), id, ct) : service.DeactivateAsync(user.ToActor(), id, ct));
                return TypedResults.NoContent();
            })
            .Says($"Activate or deactivate an {what}", "Deactivating ends their sessions. An agent hands over their clients first; the last administrator and oneself stay.")
            .For(Can.ManageStaff).Refuses(400, 404, 409, 413, 415);

    private static void MapInvitations(RouteGroupBuilder invitations)
    {
        invitations.MapGet("/", (ClaimsPrincipal user, MemberQueries queries, [AsParameters] PageRequest page, CancellationToken ct) => queries.StaffInvitationsAsync(user.ToActor(), page, ct))
            .Says("List open invitations to the agency", "Newest first; expired ones are among them and can be sent again.")
            .For(Can.SeeStaff).Produces<Paged<OpenInvitation>>().Refuses(400, 422);

        invitations.MapPost("/", async (ClaimsPrincipal user, InvitationService service, InviteStaff input, CancellationToken ct) =>
                TypedResults.Created((string?)null, await service.InviteStaffAsync(user.ToActor(), input, ct)))
            .Says("Invite an agent or an administrator", "They get a mail with a link that is good for seven days. Inviting the same address again sends a new link.")
            .For(Can.ManageStaff).Refuses(400, 413, 415, 422);

        invitations.MapAgainAndWithdraw(Can.ManageStaff);
    }

    internal static void MapAgainAndWithdraw(this RouteGroupBuilder invitations, Can can)
    {
        invitations.MapPost("/{id:long}/send-again", async (ClaimsPrincipal user, InvitationService service, long id, CancellationToken ct) =>
            {
                await service.SendAgainAsync(user.ToActor(), can, id, ct);
                return TypedResults.NoContent();
            })
            .Says("Send an invitation again", "With a new link; the old one stops working.")
            .For(can).Refuses(404, 409, 422);

        invitations.MapDelete("/{id:long}", async (ClaimsPrincipal user, InvitationService service, long id, CancellationToken ct) =>
            {
                await service.WithdrawAsync(user.ToActor(), can, id, ct);
                return TypedResults.NoContent();
            })
            .Says("Withdraw an invitation", "Its link stops working.")
            .For(can).Refuses(404, 409);
    }
}
