using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>Signs people in and out of the browser.</summary>
public sealed class CookieSignIn(SignInService signIn, PersonDirectory people)
{
    private static readonly TimeSpan Remembered = TimeSpan.FromDays(30);
    private static readonly TimeSpan Working = TimeSpan.FromHours(12);

    public async Task SignInAsync(HttpContext http, SignIn input)
    {
        var user = await signIn.CheckAsync(input, http.Address(), http.RequestAborted);
        await BeginAsync(http, user, SignInMethod.Password, input.Remember);
    }

    /// <summary>For someone who has shown who they are.</summary>
    public async Task BeginAsync(HttpContext http, PortalUser user, SignInMethod method, bool remember = false)
    {
        var (address, device, ct) = (http.Address(), http.Request.Headers.UserAgent.ToString(), http.RequestAborted);
        var session = await signIn.BeginAsync(user, SessionKind.Browser, method, remember ? Remembered : Working, address, device, ct: ct);
        var person = await people.FindAsync(user.Id, session.Id, ct) ?? throw new BadCredentials();
        await http.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            person.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme),
            new() { IsPersistent = remember, ExpiresUtc = DateTime.SpecifyKind(session.ExpiresAt, DateTimeKind.Utc) });
    }

    public async Task SignOutAsync(HttpContext http)
    {
        await signIn.EndAsync(http.User.ToActor(), http.User.SessionId(), http.RequestAborted);
        people.Forget(http.User.PersonId());
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);
    }
}

internal static class HttpAddress
{
    public static string Address(this HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}
