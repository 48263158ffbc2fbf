using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>What the browser keeps between two steps of a sign-in, for minutes and never in an address.</summary>
public static class EntryCookies
{
    private const string PendingName = "portal-pending";
    private const string EmailName = "portal-email";
    private static readonly TimeSpan Year = TimeSpan.FromDays(365);

    public static string? Pending(HttpContext http) => http.Request.Cookies[PendingName];

    public static void SetPending(HttpContext http, string token) => http.Response.Cookies.Append(PendingName, token, Options(http, PendingSignIn.Lifetime));

    public static void ForgetPending(HttpContext http) => Forget(http, PendingName);

    /// <summary>The address that a code was just mailed to, so that it need not be typed again.</summary>
    public static string Email(HttpContext http) => http.Request.Cookies[EmailName] ?? "";

    public static void SetEmail(HttpContext http, string email) => http.Response.Cookies.Append(EmailName, email.Trim(), Options(http, TimeSpan.FromMinutes(30)));

    public static void ForgetEmail(HttpContext http) => Forget(http, EmailName);

    /// <summary>The person's own theme comes with them to a new browser. The page reads and writes it too.</summary>
    public static void SetTheme(HttpContext http, Theme theme)
    {
        if (theme is not Theme.System)
            http.Response.Cookies.Append("theme", Input.Name(theme.ToString()), new() { Path = "/", MaxAge = Year, SameSite = SameSiteMode.Lax, Secure = IsSecure(http) });
    }

    internal static CookieOptions Options(HttpContext http, TimeSpan length) =>
        new() { HttpOnly = true, Secure = IsSecure(http), SameSite = SameSiteMode.Strict, Path = "/", MaxAge = length };

    internal static void Forget(HttpContext http, string name)
    {
        if (http.Request.Cookies.ContainsKey(name))
            http.Response.Cookies.Delete(name, Options(http, TimeSpan.Zero));
    }

    private static bool IsSecure(HttpContext http) =>
        http.Request.IsHttps || http.RequestServices.GetRequiredService<PortalOptions>().PublicUrl.StartsWith("https:", StringComparison.OrdinalIgnoreCase);
}
