using System.Globalization;
using System.Security.Claims;
using Portal.Core.Domains.Integrations;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

public static class IntegrationsApi
{
    private const string Secrets = " Secrets go in and never come out: what is shown of one is whether it is set, its last four letters and a fingerprint.";

    public static void MapIntegrations(this RouteGroupBuilder api)
    {
        var configs = api.MapGroup("/integrations/api-configs").WithTags("Integrations");
        Lists(configs);
        One(configs);
        Adding(configs);
        Changes(configs);
        api.MapGroup("/integrations/encryption").WithTags("Integrations").Encryption();
    }

    private static void Lists(RouteGroupBuilder configs)
    {
        configs.MapList("/", (ClaimsPrincipal user, ApiConfigQueries queries, [AsParameters] ApiConfigPage page, CancellationToken ct) => queries.ListAsync(user.ToActor(), page, ct))
            .Says("List the API configurations", "By name, created_at or changed_at. Filter by provider, status, is_active and is_sandbox; q is the beginning of the name.")
            .For(Can.ManageIntegrations).Produces<Paged<ApiConfigLine>>().Refuses(400, 422);

        configs.MapGet("/providers", (ClaimsPrincipal user, ApiConfigQueries queries, CancellationToken ct) => queries.StandingsAsync(user.ToActor(), ct))
            .Says("Every provider", "With the account that is used in either environment (source: database, environment, or null where nothing is configured), and the fields that a configuration has, each with the environment variable that stands in for it.")
            .For(Can.ManageIntegrations).Produces<IReadOnlyList<ProviderStanding>>();
    }

    private static void One(RouteGroupBuilder configs)
    {
        configs.MapGet("/{id:long}", async (HttpResponse response, ClaimsPrincipal user, ApiConfigQueries queries, long id, CancellationToken ct) =>
                Tagged(response, await queries.GetAsync(user.ToActor(), id, ct)))
            .Says("One API configuration", "Its ETag is what If-Match of a change may name." + Secrets)
            .For(Can.ManageIntegrations).Produces<ApiConfigView>().Refuses(404);

        configs.MapList("/{id:long}/history", (ClaimsPrincipal user, ApiConfigQueries queries, long id, [AsParameters] PageRequest page, CancellationToken ct) => queries.HistoryAsync(user.ToActor(), id, page, ct))
            .Says("What happened to an API configuration", "Newest first: who, when, and what was different. Of secrets it says that they were set, replaced or removed.")
            .For(Can.ManageIntegrations).Produces<Paged<ApiConfigChange>>().Refuses(400, 404, 422);

        configs.MapPost("/{id:long}/test", (ClaimsPrincipal user, ApiConfigTester tester, long id, CancellationToken ct) => tester.TestAsync(user.ToActor(), id, ct))
            .Says("Test the connection", "Asks the provider whether it takes the credentials, and does nothing with them. Ten times in ten minutes for each configuration. 409 cannot_be_tested where there is no harmless way to ask.")
            .For(Can.ManageIntegrations).Produces<ApiConfigTest>().Refuses(404, 409);
    }

    private static void Adding(RouteGroupBuilder configs)
    {
        configs.MapPost("/", async (HttpResponse response, ClaimsPrincipal user, ApiConfigService service, SaveApiConfig input, CancellationToken ct) =>
            {
                var made = await service.CreateAsync(user.ToActor(), input, ct);
                return TypedResults.Created($"/api/integrations/api-configs/{made.Id}", Tagged(response, made));
            })
            .Says("Add an API configuration", "Where is_active is left out, it is active if nothing else is in its environment. Where it is true, whatever was active there no longer is. 422 name_taken where another has the name. A key or address of the other environment is refused by its field." + Secrets)
            .For(Can.ManageIntegrations).Refuses(400, 409, 413, 415, 422);

        configs.MapDelete("/{id:long}", async (HttpRequest request, ClaimsPrincipal user, ApiConfigService service, long id, CancellationToken ct) =>
            {
                await service.DeleteAsync(user.ToActor(), id, Version(request, null), ct);
                return TypedResults.NoContent();
            })
            .Says("Delete an API configuration", "With its secrets, at once. If it was active, the environment variables are used, where there are any.")
            .For(Can.ManageIntegrations).Refuses(404, 409, 422);
    }

    private static void Changes(RouteGroupBuilder configs)
    {
        configs.MapPut("/{id:long}", async (HttpRequest request, ClaimsPrincipal user, ApiConfigService service, long id, SaveApiConfig input, CancellationToken ct) =>
            {
                (input.ConfigId, input.Version) = (id, Version(request, input.Version));
                return Tagged(request.HttpContext.Response, await service.SaveAsync(user.ToActor(), input, ct));
            })
            .Says("Change an API configuration as a whole", "config_data is all it has afterwards. What cannot be read stays where it is left out: secrets; and so do flags and address. Someone else's change in between is a 409 where If-Match or version says what was read. With another address, secrets are to be sent again." + Secrets)
            .For(Can.ManageIntegrations).Produces<ApiConfigView>().Refuses(400, 404, 409, 413, 415, 422);

        configs.MapPatch("/{id:long}", async (HttpRequest request, ClaimsPrincipal user, ApiConfigService service, long id, ChangeApiConfig input, CancellationToken ct) =>
            {
                (input.ConfigId, input.Version) = (id, Version(request, input.Version));
                return Tagged(request.HttpContext.Response, await service.ChangeAsync(user.ToActor(), input, ct));
            })
            .Says("Change part of an API configuration", "What is left out stays; null in config_data removes a setting, an empty text a secret." + Secrets)
            .For(Can.ManageIntegrations).Produces<ApiConfigView>().Refuses(400, 404, 409, 413, 415, 422);
    }

    private static void Encryption(this RouteGroupBuilder encryption)
    {
        encryption.MapGet("/", (ClaimsPrincipal user, SecretSealing sealing, CancellationToken ct) => sealing.SeeAsync(user.ToActor(), ct))
            .Says("How far the secrets are sealed with the newest key")
            .For(Can.ManageIntegrations).Produces<SealingView>();

        encryption.MapPost("/renew", (ClaimsPrincipal user, SecretSealing sealing, CancellationToken ct) => sealing.RenewAsync(user.ToActor(), ct))
            .Says("Make a new encryption key", "Every secret of every configuration is sealed anew with it: some at once, the rest within minutes, resumed where it was interrupted.")
            .For(Can.ManageIntegrations).Produces<SealingView>();
    }

    private static ApiConfigView Tagged(HttpResponse response, ApiConfigView view)
    {
        response.Headers.ETag = $"\"{view.Version.ToString(CultureInfo.InvariantCulture)}\"";
        return view;
    }

    /// <summary>What If-Match names, else what the body says.</summary>
    private static long? Version(HttpRequest request, long? said) => request.Headers.IfMatch.ToString() switch
    {
        "" or "*" => said,
        var tag when long.TryParse(tag.Trim().Trim('"'), NumberStyles.None, CultureInfo.InvariantCulture, out var version) => version,
        _ => throw new Invalid("if_match", "Send back the ETag of the configuration that was read."),
    };
}
