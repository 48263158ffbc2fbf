namespace Portal.Startup;

public static class SecurityHeaders
{
    private const string Strict =
        "default-src 'self'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    // The API's own page draws with inline styles; it gets no more than that.
    private const string Docs =
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self' data:; connect-src 'self'; " +
        "object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'";

    public static void UseSecurityHeaders(this WebApplication app)
    {
        var staysOnTls = !app.Environment.IsDevelopment();
        app.Use((http, next) =>
        {
            http.Response.OnStarting(() =>
            {
                Set(http, staysOnTls);
                return Task.CompletedTask;
            });
            return next(http);
        });
    }

    private static void Set(HttpContext http, bool staysOnTls)
    {
        var headers = http.Response.Headers;
        var isMail = Mailbox.IsMail(http) || MailPreviews.IsPreview(http);
        headers.ContentSecurityPolicy = isMail ? Mailbox.Policy : http.Request.Path.StartsWithSegments("/docs") ? Docs : Strict;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = isMail ? "SAMEORIGIN" : "DENY";
        headers["Referrer-Policy"] = "strict-origin-when-cross-origin";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // Set here and not by UseHsts: a refusal that begins its answer anew would lose it.
        if (staysOnTls && http.Request.IsHttps && http.Request.Host.Host is not ("localhost" or "127.0.0.1" or "[::1]"))
            headers.StrictTransportSecurity = "max-age=31536000; includeSubDomains";
        if (headers.ContentType.ToString() is "text/css" or "text/javascript")
            headers.ContentType += "; charset=utf-8";

        // What a signed-in person saw stays out of caches and out of the back button after sign-out.
        if (headers.CacheControl.Count == 0)
            headers.CacheControl = "no-store";
    }
}
