using System.Security.Claims;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

public static class ClientsApi
{
    private static readonly string[] PatchOrPost = ["PATCH", "POST"];

    public static void MapClients(this RouteGroupBuilder api)
    {
        var clients = api.MapGroup("/admin/clients").WithTags("Clients");
        Lists(clients);
        One(clients);
        Steps(clients);
        clients.MapClientAgents();
        clients.MapClientImport();
    }

    private static void Lists(RouteGroupBuilder clients)
    {
        clients.MapList("/", (ClaimsPrincipal user, ClientQueries queries, [AsParameters] ClientPage page, CancellationToken ct) =>
                queries.ListAsync(user.ToActor(), page, ct))
            .Says("List clients", "Newest first, or by name. Filter by status, service, agent, the days they joined (counted in zone, UTC unless said), or those without an agent; q is the beginning of the name, or of an address when it has an @. credit_status is none until something is posted to the client's wallet: there is no wallet before.")
            .For(Can.ManageClients).Refuses(400, 422);

        clients.MapGet("/counts", (ClaimsPrincipal user, ClientQueries queries, CancellationToken ct) => queries.CountsAsync(user.ToActor(), ct))
            .Says("How many clients there are", "By status, and how many active ones nobody looks after.")
            .For(Can.ManageClients).Produces<ClientCounts>();

        clients.MapList("/export", (ClaimsPrincipal user, ClientQueries queries, [AsParameters] ClientPage page, string? format, CancellationToken ct) =>
                new SheetResult(queries.Export(user.ToActor(), page, ct), format is null or "csv" or "xlsx" ? format ?? "csv" : throw new Invalid("format", "Ask for csv or xlsx."), "clients"))
            .Says("Export what the filter shows", "format=csv or xlsx, streamed.")
            .For(Can.ManageClients).Produces(200, contentType: "text/csv").Refuses(400, 422);
    }

    private static void One(RouteGroupBuilder clients)
    {
        clients.MapPost("/", async (ClaimsPrincipal user, ClientService service, ClientQueries queries, OpenClient input, CancellationToken ct) =>
            {
                var id = await service.CreateAsync(user.ToActor(), input, ct);
                return TypedResults.Created($"/api/admin/clients/{id}", await queries.GetAsync(user.ToActor(), id, ct));
            })
            .Says("Open a client", "It is active at once. With owner_email the owner gets an invitation. Name and address must be free; a registration that nobody confirmed does not take them.")
            .For(Can.ManageClients).Refuses(400, 413, 415, 422);

        clients.MapGet("/{id:long}", (ClaimsPrincipal user, ClientQueries queries, long id, CancellationToken ct) => queries.GetAsync(user.ToActor(), id, ct))
            .Says("One client", "Its profile, people, agents and open invitations. email_confirmed says whether a person has shown that the address is theirs; credit_status is computed: none (no wallet yet: nothing was ever posted), good, low, depleted or frozen.")
            .For(Can.ManageClients).Produces<ClientDetail>().Refuses(404);

        clients.MapPatch("/{id:long}", async (ClaimsPrincipal user, ClientService service, ClientQueries queries, long id, EditClient input, CancellationToken ct) =>
            {
                input.ClientId = id;
                await service.EditAsync(user.ToActor(), input, ct);
                return await queries.GetAsync(user.ToActor(), id, ct);
            })
            .Says("Change a client", "Name, currency, zone and the agency's own note; what is left out stays. The version is the one you have read: when it is old, the answer is 409.")
            .For(Can.ManageClients).Produces<ClientDetail>().Refuses(400, 404, 409, 413, 415, 422);
    }

    private static void Steps(RouteGroupBuilder clients)
    {
        clients.MapMethods("/{id:long}/approve", PatchOrPost, async (ClaimsPrincipal user, ClientService service, long id, ClientStep? input, CancellationToken ct) =>
            {
                await service.ApproveAsync(user.ToActor(), new() { ClientId = id, Version = input?.Version }, ct);
                return TypedResults.NoContent();
            })
            .Says("Approve a client that waits", "Its people may work from now on, and are told. A body with the version is optional.")
            .For(Can.ManageClients).Refuses(400, 404, 409, 413, 415, 422);

        clients.MapPost("/{id:long}/decline", async (ClaimsPrincipal user, ClientService service, long id, ClientStepWithReason input, CancellationToken ct) =>
            {
                input.ClientId = id;
                await service.DeclineAsync(user.ToActor(), input, ct);
                return TypedResults.NoContent();
            })
            .Says("Decline a client that waits", "Its people are told the reason.")
            .For(Can.ManageClients).Refuses(400, 404, 409, 413, 415, 422);

        clients.MapPatch("/{id:long}/status", async (ClaimsPrincipal user, ClientService service, long id, ClientStatusChange input, CancellationToken ct) =>
            {
                input.ClientId = id;
                await service.SetStatusAsync(user.ToActor(), input, ct);
                return TypedResults.NoContent();
            })
            .Says("Activate or deactivate a client", "status=active, or inactive with a reason that its people are told.")
            .For(Can.ManageClients).Refuses(400, 404, 409, 413, 415, 422);
    }
}
