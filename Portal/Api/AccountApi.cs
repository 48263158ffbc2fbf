using System.Security.Claims;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

public static class AccountApi
{
    public static void MapAccount(this RouteGroupBuilder api)
    {
        api.MapPatch("/auth/me", (ClaimsPrincipal user, OwnProfile own, PatchOwnProfile input, CancellationToken ct) => own.PatchAsync(user.ToActor(), input, ct))
            .WithTags("Account")
            .Says("Change my profile", "Only the fields that are sent: full_name, mobile (E.164), zone (IANA), culture (empty: as the browser asks), theme, whats_app_notifications.")
            .For(Can.SeeSelf).Produces<MyProfile>().Refuses(400, 409, 413, 415, 422);

        var account = api.MapGroup("/account").WithTags("Account");

        account.MapPost("/password", async (ClaimsPrincipal user, OwnPassword own, ChangePassword input, CancellationToken ct) =>
            {
                await own.ChangeAsync(user.ToActor(), user.SessionId(), input, ct);
                return TypedResults.NoContent();
            })
            .Says("Change my password", "Needs the current one; at least 12 characters. Every other session ends.")
            .For(Can.SeeSelf).Refuses(400, 409, 413, 415, 422);

        account.MapGet("/sign-ins/", (ClaimsPrincipal user, OwnEvents own, [AsParameters] PageRequest page, CancellationToken ct) => own.ListAsync(user.ToActor(), page, ct))
            .Says("List what happened to my account", "Newest first: sign-ins and refused ones, changes of password, address and second factor.")
            .For(Can.SeeSelf).Refuses(400, 422);

        account.MapGet("/export", (ClaimsPrincipal user, OwnData own, CancellationToken ct) => own.ExportAsync(user.ToActor(), ct))
            .Says("Export everything held about me", "Profile, access, sessions, account events, invitations, the names of passkeys, numbers, notifications and how they are wanted.")
            .For(Can.SeeSelf).Produces<OwnExport>();

        MapSessions(account);
    }

    private static void MapSessions(RouteGroupBuilder account)
    {
        account.MapGet("/sessions/", (ClaimsPrincipal user, OwnSessions own, [AsParameters] PageRequest page, CancellationToken ct) =>
                own.ListAsync(user.ToActor(), user.SessionId(), page, ct))
            .Says("List where I am signed in", "Newest first; the one that asks is marked.")
            .For(Can.SeeSelf).Refuses(400, 422);

        account.MapDelete("/sessions/{id:long}", async (ClaimsPrincipal user, OwnSessions own, long id, CancellationToken ct) =>
            {
                await own.EndAsync(user.ToActor(), id, ct);
                return TypedResults.NoContent();
            })
            .Says("End one of my sessions")
            .For(Can.SeeSelf).Refuses(404);

        account.MapPost("/sessions/end-others", async (ClaimsPrincipal user, OwnSessions own, CancellationToken ct) =>
                new EndedSessions(await own.EndOthersAsync(user.ToActor(), user.SessionId(), ct)))
            .Says("End all my other sessions", "Answers how many there were.")
            .For(Can.SeeSelf).Produces<EndedSessions>().Refuses(409);
    }

    public sealed record EndedSessions(int Ended);
}
