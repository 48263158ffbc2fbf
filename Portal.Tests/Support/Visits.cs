using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Portal.Core.Domains.People;
using Portal.Startup;

namespace Portal.Tests.Support;

/// <summary>People who are in the portal already, whatever its sign-in looks like.</summary>
public static partial class Visits
{
    /// <summary>Opens a session for a person, as a sign-in does.</summary>
    public static async Task<Session> SessionAsync(this PortalServer server, string email)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<SignInService>().BeginAsync(
            await server.UserAsync(email), SignInMethod.Password, new(SessionKind.Browser, "127.0.0.1", "test"), ct: Ct);
    }

    public static async Task<PortalUser> UserAsync(this PortalServer server, string email)
    {
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        return await db.Users.AsNoTracking().SingleAsync(u => u.Email == email, Ct);
    }

    public static async Task<long> ClientIdAsync(this PortalServer server, string name)
    {
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        return await db.Clients.Where(c => c.Name == name).Select(c => c.Id).SingleAsync(Ct);
    }

    /// <summary>The person as the portal knows them in this session now.</summary>
    public static async Task<Actor> ActorAsync(this PortalServer server, Session session) =>
        (await server.Get<PersonDirectory>().FindAsync(session.UserId, session.Id, Ct))!.ToPrincipal("test").ToActor();

    /// <summary>The cookie of a session, for an HTTP client or a browser.</summary>
    public static async Task<string> CookieAsync(this PortalServer server, Session session)
    {
        const string Scheme = CookieAuthenticationDefaults.AuthenticationScheme;
        var person = await server.Get<PersonDirectory>().FindAsync(session.UserId, session.Id, Ct);
        var ticket = new AuthenticationTicket(person!.ToPrincipal(Scheme), new() { ExpiresUtc = DateTimeOffset.MaxValue.AddYears(-1) }, Scheme);
        return server.Get<IOptionsMonitor<CookieAuthenticationOptions>>().Get(Scheme).TicketDataFormat.Protect(ticket);
    }

    /// <summary>A browser without scripts that is signed in as this person.</summary>
    public static async Task<HttpClient> BrowserAsync(this PortalServer server, string email) => await server.BrowserAsync(await server.SessionAsync(email));

    public static async Task<HttpClient> BrowserAsync(this PortalServer server, Session session)
    {
        var client = server.CreateClient(new() { AllowAutoRedirect = false });
        client.DefaultRequestHeaders.Add("Cookie", $"portal={await server.CookieAsync(session)}");
        return client;
    }

    /// <summary>Presses a button of the portal's own: with the token of a form that this browser was shown.</summary>
    public static async Task<HttpResponseMessage> PressAsync(this HttpClient browser, string path, string home)
    {
        using var shown = await browser.GetAsync(new Uri(home, UriKind.Relative), Ct);
        var token = Token().Match(await shown.Content.ReadAsStringAsync(Ct)).Groups[1].Value;
        return await browser.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent([KeyValuePair.Create("__RequestVerificationToken", token)]), Ct);
    }

    /// <summary>Sends a form that this browser was shown.</summary>
    public static async Task<HttpResponseMessage> PostFormAsync(this HttpClient browser, string path, HttpResponseMessage shown, params (string Name, string Value)[] fields)
    {
        var token = Token().Match(await shown.Content.ReadAsStringAsync(Ct)).Groups[1].Value;
        var all = fields.Append(("__RequestVerificationToken", token)).Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        return await browser.PostAsync(new Uri(path, UriKind.Relative), new FormUrlEncodedContent(all), Ct);
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" value=\"([^\"]+)\"")]
    private static partial Regex Token();
}
