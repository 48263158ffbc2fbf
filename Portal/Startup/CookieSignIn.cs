using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>Signs people in and out of the browser.</summary>
public sealed class CookieSignIn(SignInService signIn, CodeSignIn codes, SecondStep second, PersonDirectory people)
{
    /// <returns>Whether they are in; if not, the second step is owed.</returns>
    public async Task<bool> SignInAsync(HttpContext http, SignIn input)
    {
        var arrival = http.Arrival(SessionKind.Browser, input.Remember);
        var user = await signIn.CheckAsync(input, arrival.Address, arrival.Device, http.RequestAborted);
        return await EnterAsync(http, user, SignInMethod.Password, arrival);
    }

    /// <returns>Whether they are in; if not, the second step is owed.</returns>
    public async Task<bool> SignInAsync(HttpContext http, EnterCode input)
    {
        var arrival = http.Arrival(SessionKind.Browser, input.Remember);
        return await EnterAsync(http, await codes.CheckAsync(input, arrival, http.RequestAborted), SignInMethod.Code, arrival);
    }

    /// <summary>Whoever proves that an address is theirs has shown as much as with a code to sign in.</summary>
    /// <returns>Whether they are in; if not, the second step is owed.</returns>
    public async Task<bool> VerifyAsync(HttpContext http, EnterCode input)
    {
        var arrival = http.Arrival(SessionKind.Browser);
        return await EnterAsync(http, await codes.VerifyAsync(input, arrival, http.RequestAborted), SignInMethod.Code, arrival);
    }

    /// <summary>The second step.</summary>
    public async Task PassAsync(HttpContext http, string code)
    {
        var input = new EnterSecondFactor { MfaToken = EntryCookies.Pending(http) ?? "", Code = code };
        var (user, session) = await second.PassAsync(input, http.Arrival(SessionKind.Browser), ct: http.RequestAborted);
        EntryCookies.ForgetPending(http);
        await WelcomeAsync(http, user, session);
    }

    public async Task<bool> EnterAsync(HttpContext http, PortalUser user, SignInMethod method, Arrival arrival, Func<PortalDb, Session, Task>? also = null)
    {
        if (SecondStep.IsOwedBy(user, method))
        {
            EntryCookies.SetPending(http, await second.AskAsync(user, method, arrival.Remember, http.RequestAborted));
            return false;
        }

        await WelcomeAsync(http, user, await signIn.BeginAsync(user, method, arrival, also, http.RequestAborted));
        return true;
    }

    public async Task SignOutAsync(HttpContext http)
    {
        await EndAsync(http);
        await http.SignOutAsync(CookieAuthenticationDefaults.AuthenticationScheme);

        // Half-written forms are kept in the browser; whoever leaves on purpose leaves none behind.
        http.Response.Headers["Clear-Site-Data"] = "\"storage\"";
    }

    private async Task EndAsync(HttpContext http)
    {
        await signIn.EndAsync(http.User.ToActor(), http.User.SessionId(), http.RequestAborted);
        people.Forget(http.User.PersonId());
    }

    private async Task WelcomeAsync(HttpContext http, PortalUser user, Session session)
    {
        // Whoever signs in over an open session has left that one: its cookie is gone, so nobody else may hold it.
        if (http.User.Identity is { IsAuthenticated: true })
            await EndAsync(http);
        var person = await people.FindAsync(user.Id, session.Id, http.RequestAborted) ?? throw new BadCredentials();
        await http.SignInAsync(
            CookieAuthenticationDefaults.AuthenticationScheme,
            person.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme),
            new() { IsPersistent = session.ExpiresAt - session.CreatedAt > TimeSpan.FromDays(1), ExpiresUtc = DateTime.SpecifyKind(session.ExpiresAt, DateTimeKind.Utc) });
        EntryCookies.ForgetEmail(http);
        EntryCookies.SetTheme(http, user.Theme);
    }
}

internal static class HttpAddress
{
    public static string Address(this HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "unknown";

    public static Arrival Arrival(this HttpContext http, SessionKind kind, bool remember = false) => new(kind, http.Address(), http.Request.Headers.UserAgent.ToString(), remember);
}
