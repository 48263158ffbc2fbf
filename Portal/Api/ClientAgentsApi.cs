using System.Security.Claims;
using Microsoft.AspNetCore.Mvc;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

public static class ClientAgentsApi
{
    /// <summary>Who works for one client.</summary>
    public static void MapClientAgents(this RouteGroupBuilder clients)
    {
        clients.MapGet("/{id:long}/agents", (ClaimsPrincipal user, ClientQueries queries, long id, CancellationToken ct) => queries.AgentsAsync(user.ToActor(), id, ct))
            .Says("List a client's agents", "With the service that each works on.")
            .For(Can.ManageClients).Produces<IReadOnlyList<ClientAgent>>().Refuses(404);

        clients.MapPost("/{id:long}/agents", async (ClaimsPrincipal user, AssignmentService service, long id, AgentAssignment input, CancellationToken ct) =>
            {
                input.ClientId = id;
                await service.AssignAsync(user.ToActor(), input, ct);
                return TypedResults.NoContent();
            })
            .Says("Assign an agent", "For the agent's own department. When they are full the answer is 409 agent_at_capacity, unless even_if_full is true. Assigning again changes nothing.")
            .For(Can.ManageClients).Refuses(400, 404, 409, 413, 415, 422);

        clients.MapDelete("/{id:long}/agents/{agentId:long}", async (ClaimsPrincipal user, AssignmentService service, long id, long agentId, [FromQuery(Name = "service")] Choice<Service>? what, CancellationToken ct) =>
            {
                await service.UnassignAsync(user.ToActor(), new() { ClientId = id, Agent = agentId, Service = what?.Value }, ct);
                return TypedResults.NoContent();
            })
            .Says("Take an agent off a client", "For one service, or for all when none is named. Taking off someone who is not on changes nothing.")
            .For(Can.ManageClients).Refuses(400, 404, 422);
    }

    /// <summary>An agent's own work.</summary>
    public static void MapAgents(this RouteGroupBuilder api)
    {
        var agents = api.MapGroup("/agents").WithTags("Agents");

        agents.MapGet("/my-clients", (ClaimsPrincipal user, AgentClientQueries queries, [AsParameters] PageRequest page, CancellationToken ct) =>
                queries.ListAsync(user.ToActor(), page, ct))
            .Says("List my clients", "Those I am assigned to, by name. q is the beginning of the name.")
            .For(Can.SeeOwnWork).Refuses(400, 422);

        agents.MapGet("/my-clients/{id:long}", (ClaimsPrincipal user, AgentClientQueries queries, long id, CancellationToken ct) => queries.GetAsync(user.ToActor(), id, ct))
            .Says("One of my clients", "With its people, its other agents and the agency's note. Someone else's client is 404.")
            .For(Can.SeeOwnWork).Produces<AgentClientDetail>().Refuses(404);

        agents.MapGet("/stats", (ClaimsPrincipal user, AgentClientQueries queries, CancellationToken ct) => queries.StatsAsync(user.ToActor(), ct))
            .Says("My figures", "How many clients I look after and could, by service, and what is new, waiting or paused.")
            .For(Can.SeeOwnWork).Produces<AgentStats>();
    }
}
