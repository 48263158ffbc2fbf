using System.Security.Claims;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

public static class AuthApi
{
    public static void MapAuth(this RouteGroupBuilder api)
    {
        var auth = api.MapGroup("/auth").WithTags("Sign-in");

        auth.MapPost("/login", (SignIn input, HttpContext http, TokenService tokens) =>
                tokens.LoginAsync(input, http.Address(), http.Request.Headers.UserAgent.ToString(), http.RequestAborted))
            .Says("Sign in with e-mail and password", "Answers an access token for 30 minutes and a refresh token for 7 days. Five wrong passwords pause the account for 15 minutes.")
            .ForAnyone().Produces<TokenGrant>().Refuses(400, 401, 413, 415, 422);

        auth.MapPost("/refresh", (RefreshAccess input, HttpContext http, TokenService tokens) =>
                tokens.RefreshAsync(input, http.Address(), http.RequestAborted))
            .Says("Get a new access token", "A refresh token works once and is replaced by the one in the answer. A second use of the same token ends the whole session.")
            .ForAnyone().Produces<TokenGrant>().Refuses(400, 401, 413, 415, 422);

        auth.MapPost("/logout", async (RefreshAccess input, TokenService tokens, CancellationToken ct) =>
            {
                await tokens.LogoutAsync(input, ct);
                return TypedResults.NoContent();
            })
            .Says("End the session of a refresh token", "Its access tokens stop working within half a minute.")
            .ForAnyone().Refuses(400, 413, 415, 422);

        auth.MapGet("/me", (ClaimsPrincipal user, PeopleQueries people, CancellationToken ct) => people.MeAsync(user.ToActor(), ct))
            .Says("Who I am", "The person behind the token, their role, and the clients they reach with their level.")
            .For(Can.SeeSelf).Produces<Me>();
    }

    public static void MapKeys(this WebApplication app) => app.MapGet("/.well-known/jwks.json", async (SigningKeys keys, HttpContext http, CancellationToken ct) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=300";
            var published = await keys.PublishedAsync(ct);
            return TypedResults.Ok(new PublishedKeys([.. published.Select(k => new PublishedKey("EC", "P-256", k.X, k.Y, k.Kid, "ES256", "sig"))]));
        })
        .Says("The keys that verify our access tokens", "A JSON Web Key Set (RFC 7517). A new key is published a day before it signs.")
        .ForAnyone().WithTags("Sign-in");

    public sealed record PublishedKeys(IReadOnlyList<PublishedKey> Keys);

    public sealed record PublishedKey(string Kty, string Crv, string X, string Y, string Kid, string Alg, string Use);
}
