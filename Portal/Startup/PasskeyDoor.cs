using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>Where the browser's script brings passkeys. What it was asked travels in a sealed cookie, and is answered once.</summary>
public static class PasskeyDoor
{
    private const string Cookie = "portal-passkey";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);
    private static readonly RateLimit Once = new("passkey-answer", 1, TimeSpan.FromMinutes(10));
    private static readonly RateLimit AskedFrom = new("passkey-address", 60, TimeSpan.FromMinutes(15));

    public static IServiceCollection AddPasskeys(this IServiceCollection services)
    {
        services.AddOptions<IdentityPasskeyOptions>().Configure<PortalOptions, IHostEnvironment>((options, portal, host) =>
        {
            var home = host.IsDevelopment() ? new Uri("http://localhost") : new Uri(portal.PublicUrl);
            options.ServerDomain = home.Host;

            // The device unlocked by its owner is what makes a passkey two factors in one.
            options.UserVerificationRequirement = "required";
            options.ResidentKeyRequirement = "required";
            options.AuthenticatorTimeout = Patience;
            options.ValidateOrigin = context => ValueTask.FromResult(!context.CrossOrigin && IsOurs(context.Origin, home, anyPort: host.IsDevelopment()));
        });
        return services.AddScoped<IPasskeyHandler<PortalUser>, PasskeyHandler<PortalUser>>();
    }

    public static void MapPasskeys(this WebApplication app)
    {
        app.MapPost("/sign-in/passkey/options", AskAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/sign-in/passkey", EnterAsync).AllowAnonymous().ExcludeFromDescription();
        app.MapPost("/passkeys/options", OfferAsync).RequireAuthorization().ExcludeFromDescription();
        app.MapPost("/passkeys", AddAsync).RequireAuthorization().ExcludeFromDescription();
    }

    /// <summary>What the script sends back: the browser's own answer, and what the person said beside it.</summary>
    public sealed record Shown(JsonElement Credential, string? Name, bool Remember)
    {
        public string Json => Credential.ValueKind is JsonValueKind.Object ? Credential.GetRawText() : throw new Invalid("credential", "This is not what a browser sends.");

        public string Id => Credential.TryGetProperty("id", out var id) && id.ValueKind is JsonValueKind.String ? id.GetString()! : "";
    }

    private static async Task<IResult> AskAsync(HttpContext http, IPasskeyHandler<PortalUser> handler, RateLimits limits)
    {
        await RefuseForgeriesAsync(http);
        if (await limits.TakeAsync(AskedFrom, http.Address(), ct: http.RequestAborted) is { Allowed: false } verdict)
            throw new TooOften(verdict.RetryAfter);
        var asked = await handler.MakeRequestOptionsAsync(null, http);
        Keep(http, "sign-in", asked.AssertionState);
        return Results.Text(asked.RequestOptionsJson, "application/json");
    }

    private static async Task<IResult> EnterAsync(HttpContext http, Shown shown, IPasskeyHandler<PortalUser> handler, Passkeys passkeys, CookieSignIn entry)
    {
        await RefuseForgeriesAsync(http);
        var arrival = http.Arrival(SessionKind.Browser, shown.Remember);
        var state = await TakeAsync(http, "sign-in");
        var outcome = await handler.PerformAssertionAsync(new() { HttpContext = http, CredentialJson = shown.Json, AssertionState = state });
        if (outcome is not { Succeeded: true, User: { } user, Passkey: { IsUserVerified: true } passkey })
        {
            await passkeys.RefusedAsync(shown.Id, arrival, http.RequestAborted);
            throw new BadCredentials("We do not know this passkey. Sign in another way, and add it under Settings.", "invalid_passkey");
        }

        await entry.EnterAsync(http, SignInService.Open(user), SignInMethod.Passkey, arrival, (db, _) => Passkeys.UsedAsync(db, user.Id, passkey));
        return Results.Ok(new { });
    }

    private static async Task<IResult> OfferAsync(HttpContext http, ShowPassword input, IPasskeyHandler<PortalUser> handler, Passkeys passkeys)
    {
        await RefuseForgeriesAsync(http);
        var me = await passkeys.BeginAsync(http.User.ToActor(), input, http.RequestAborted);
        var offered = await handler.MakeCreationOptionsAsync(new() { Id = me.Id.ToString(CultureInfo.InvariantCulture), Name = me.Email!, DisplayName = me.FullName }, http);
        Keep(http, "add", offered.AttestationState);
        return Results.Text(offered.CreationOptionsJson, "application/json");
    }

    private static async Task<IResult> AddAsync(HttpContext http, Shown shown, IPasskeyHandler<PortalUser> handler, Passkeys passkeys)
    {
        await RefuseForgeriesAsync(http);
        var state = await TakeAsync(http, "add");
        var outcome = await handler.PerformAttestationAsync(new() { HttpContext = http, CredentialJson = shown.Json, AttestationState = state });
        if (outcome is not { Succeeded: true, Passkey: { IsUserVerified: true } made } || outcome.UserEntity.Id != http.User.PersonId().ToString(CultureInfo.InvariantCulture))
            throw new RuleBroken("passkey_refused", "This passkey could not be added. Try again, or use another device.");
        await passkeys.AddAsync(http.User.ToActor(), made, shown.Name, http.RequestAborted);
        return Results.Ok(new { });
    }

    private static bool IsOurs(string origin, Uri home, bool anyPort) =>
        Uri.TryCreate(origin, UriKind.Absolute, out var from) && from.Scheme == home.Scheme && from.Host == home.Host && (anyPort || from.Port == home.Port);

    private static async Task RefuseForgeriesAsync(HttpContext http)
    {
        if (!await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http))
            throw Late();
    }

    private static RuleBroken Late() => new("passkey_late", "This took too long. Load the page again and try once more.");

    private static ITimeLimitedDataProtector Protector(HttpContext http, string purpose) =>
        http.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("passkey", purpose).ToTimeLimitedDataProtector();

    private static void Keep(HttpContext http, string purpose, string? state) =>
        EntryCookies.Append(http, Cookie, Protector(http, purpose).Protect(state ?? "", Patience), Patience);

    private static async Task<string> TakeAsync(HttpContext http, string purpose)
    {
        EntryCookies.Forget(http, Cookie);
        try
        {
            var state = Protector(http, purpose).Unprotect(EntryCookies.Read(http, Cookie) ?? "");
            return await http.RequestServices.GetRequiredService<RateLimits>().TakeAsync(Once, state, ct: http.RequestAborted) is { Allowed: true } ? state : throw Late();
        }
        catch (System.Security.Cryptography.CryptographicException)
        {
            throw Late();
        }
    }
}
