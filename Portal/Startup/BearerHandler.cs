using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>Access tokens of ours in the Authorization header (RFC 6750).</summary>
public sealed class BearerHandler(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, TokenService tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    private const string Prefix = "Bearer ";

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var header = Request.Headers.Authorization.ToString();
        if (!header.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase))
            return AuthenticateResult.NoResult();
        return await tokens.ReadAsync(header[Prefix.Length..].Trim(), Context.RequestAborted) is { } person
            ? AuthenticateResult.Success(new(person.ToPrincipal(Scheme.Name), Scheme.Name))
            : AuthenticateResult.Fail("The token is not good, or not any more.");
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var hadToken = Request.Headers.Authorization.Count > 0;
        Response.Headers.WWWAuthenticate = hadToken ? "Bearer error=\"invalid_token\"" : "Bearer";
        return Errors.WriteAsync(Context, hadToken
            ? new BadCredentials("The access token is not valid, or not any more.", "invalid_token")
            : new BadCredentials("Send an access token: Authorization: Bearer …"));
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => Errors.WriteAsync(Context, StatusCodes.Status403Forbidden, "forbidden", "You are not allowed to do this.");
}
