using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>What the browser keeps between two steps of a sign-in, for minutes and never in an address.</summary>
public static class EntryCookies
{
    private const string PendingName = "portal-pending";
    private const string EmailName = "portal-email";
    private const string ThemeName = "theme";
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public static string? Pending(HttpContext http) => Read(http, PendingName);

    public static void SetPending(HttpContext http, string token) => Append(http, PendingName, token, PendingSignIn.Lifetime);

    public static void ForgetPending(HttpContext http) => Forget(http, PendingName);

    /// <summary>The address that a code was just mailed to, so that it need not be typed again.</summary>
    public static string Email(HttpContext http) => Read(http, EmailName) ?? "";

    public static void SetEmail(HttpContext http, string email) => Append(http, EmailName, email.Trim(), TimeSpan.FromMinutes(30));

    public static void ForgetEmail(HttpContext http) => Forget(http, EmailName);

    public static string? ChosenTheme(HttpContext http) => Read(http, ThemeName);

    /// <summary>The person's own theme comes with them to a new browser. The page reads and writes it too.</summary>
    public static void SetTheme(HttpContext http, Theme theme)
    {
        if (theme is not Theme.System)
            http.Response.Cookies.Append(CookieRules.Name(http, ThemeName), Input.Name(theme.ToString()), new() { Path = "/", MaxAge = Year, SameSite = SameSiteMode.Lax });
    }

    internal static string? Read(HttpContext http, string name) => http.Request.Cookies[CookieRules.Name(http, name)];

    internal static void Append(HttpContext http, string name, string value, TimeSpan length) => http.Response.Cookies.Append(CookieRules.Name(http, name), value, Options(length));

    internal static void Forget(HttpContext http, string name)
    {
        if (Read(http, name) is not null)
            http.Response.Cookies.Delete(CookieRules.Name(http, name), Options(TimeSpan.Zero));
    }

    private static CookieOptions Options(TimeSpan length) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Path = "/", MaxAge = length };
}
