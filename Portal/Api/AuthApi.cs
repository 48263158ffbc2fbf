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
        MapRegistration(auth);
        MapSignIn(auth);
        MapPasswords(auth);
        MapSessions(auth);
        MapMe(auth);
    }

    private static void MapRegistration(RouteGroupBuilder auth)
    {
        auth.MapPost("/register", async (Register input, HttpContext http, Registration registration) =>
            {
                await registration.RegisterAsync(input, http.Address(), http.RequestAborted);
                return TypedResults.Accepted((string?)null);
            })
            .Says("Register an organisation", "Answers 202 whether or not the address is known. A new address gets a 6-digit code by e-mail, good for 10 minutes; then the client waits for approval. What is not confirmed within 7 days is let go.")
            .ForAnyone().Refuses(400, 413, 415, 422);

        auth.MapPost("/verify", async (EnterCode input, HttpContext http, CodeSignIn codes) =>
            {
                await codes.VerifyAsync(input, http.Arrival(SessionKind.Api), http.RequestAborted);
                return TypedResults.NoContent();
            })
            .Says("Verify an e-mail address", "With the 6-digit code from the mail. Five wrong tries end a code.")
            .ForAnyone().Refuses(400, 401, 413, 415, 422);

        auth.MapPost("/verify/request", (AskForCode input, HttpContext http, CodeSignIn codes) => AskAsync(input, CodePurpose.VerifyEmail, http, codes))
            .Says("Mail a new code to verify an address", "Answers 202 whether or not anyone waits for one.")
            .ForAnyone().Refuses(400, 413, 415, 422);
    }

    private static void MapSignIn(RouteGroupBuilder auth)
    {
        auth.MapPost("/login", async (SignIn input, HttpContext http, TokenService tokens) =>
                Answer(await tokens.LoginAsync(input, http.Arrival(SessionKind.Api), http.RequestAborted)))
            .Says("Sign in with e-mail and password",
                "Answers an access token for 30 minutes and a refresh token for 7 days, or {mfa_required: true, mfa_token} when the second step at /api/auth/mfa is owed. " +
                "Five wrong passwords pause the account for 15 minutes. 403 email_not_verified: verify the address first.")
            .ForAnyone().Produces<TokenGrant>().Refuses(400, 401, 403, 413, 415, 422);

        auth.MapPost("/otp/request", (AskForCode input, HttpContext http, CodeSignIn codes) => AskAsync(input, CodePurpose.SignIn, http, codes))
            .Says("Mail a code to sign in with", "Answers 202 whether or not anyone has the address.")
            .ForAnyone().Refuses(400, 413, 415, 422);

        auth.MapPost("/otp/verify", async (EnterCode input, HttpContext http, TokenService tokens) =>
                Answer(await tokens.LoginAsync(input, http.Arrival(SessionKind.Api), http.RequestAborted)))
            .Says("Sign in with a mailed code", "Answers as /api/auth/login does: a mailed code does not replace the second step.")
            .ForAnyone().Produces<TokenGrant>().Refuses(400, 401, 413, 415, 422);

        auth.MapPost("/mfa", (EnterSecondFactor input, HttpContext http, TokenService tokens) =>
                tokens.PassAsync(input, http.Arrival(SessionKind.Api), http.RequestAborted))
            .Says("Take the second step", "With a code of the authenticator app or a recovery code; each works once. Five wrong codes end the sign-in.")
            .ForAnyone().Produces<TokenGrant>().Refuses(400, 401, 413, 415, 422);
    }

    private static void MapPasswords(RouteGroupBuilder auth)
    {
        auth.MapPost("/password/forgot", (AskForCode input, HttpContext http, CodeSignIn codes) => AskAsync(input, CodePurpose.ResetPassword, http, codes))
            .Says("Mail a code for a new password", "Answers 202 whether or not anyone has the address.")
            .ForAnyone().Refuses(400, 413, 415, 422);

        auth.MapPost("/password/reset", async (ResetPassword input, HttpContext http, PasswordResets resets) =>
            {
                await resets.ResetAsync(input, http.Arrival(SessionKind.Api), http.RequestAborted);
                return TypedResults.NoContent();
            })
            .Says("Set a new password", "With the code from the mail. Ends every session of the person.")
            .ForAnyone().Refuses(400, 401, 413, 415, 422);
    }

    private static void MapSessions(RouteGroupBuilder auth)
    {
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
    }

    private static void MapMe(RouteGroupBuilder auth)
    {
        auth.MapGet("/me", (ClaimsPrincipal user, PeopleQueries people, CancellationToken ct) => people.MeAsync(user.ToActor(), ct))
            .Says("Who I am", "The person behind the token, their role, and the clients they reach with their level.")
            .For(Can.SeeSelf).Produces<Me>();

        auth.MapGet("/me/client", (ClaimsPrincipal user, PeopleQueries people, CancellationToken ct) => people.MyClientAsync(user.ToActor(), ct))
            .Says("My organisation", "Of a client's person, also while it waits for approval. Admins and agents belong to none: 404.")
            .For(Can.SeeSelf).Produces<MyOrganisation>().Refuses(404);
    }

    public static void MapKeys(this WebApplication app) => app.MapGet("/.well-known/jwks.json", async (SigningKeys keys, HttpContext http, CancellationToken ct) =>
        {
            http.Response.Headers.CacheControl = "public, max-age=300";
            var published = await keys.PublishedAsync(ct);
            return TypedResults.Ok(new PublishedKeys([.. published.Select(k => new PublishedKey("EC", "P-256", k.X, k.Y, k.Kid, "ES256", "sig"))]));
        })
        .Says("The keys that verify our access tokens", "A JSON Web Key Set (RFC 7517). A new key is published a day before it signs.")
        .ForAnyone().WithTags("Sign-in");

    private static IResult Answer(TokenEntry entry) => entry.Grant is { } grant ? TypedResults.Ok(grant) : TypedResults.Ok(entry.Wanted);

    private static async Task<Microsoft.AspNetCore.Http.HttpResults.Accepted> AskAsync(AskForCode input, CodePurpose purpose, HttpContext http, CodeSignIn codes)
    {
        await codes.AskAsync(input, purpose, http.Address(), http.RequestAborted);
        return TypedResults.Accepted((string?)null);
    }

    public sealed record PublishedKeys(IReadOnlyList<PublishedKey> Keys);

    public sealed record PublishedKey(string Kty, string Crv, string X, string Y, string Kid, string Alg, string Use);
}
