using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>Keeps an open page's person true: a role or an access that is taken away reaches it within a minute, an ended session ends it.</summary>
public sealed class CircuitAuthentication : RevalidatingServerAuthenticationStateProvider
{
    private readonly PersonDirectory people;

    public CircuitAuthentication(ILoggerFactory logger, PersonDirectory people)
        : base(logger)
    {
        this.people = people;
        people.Forgotten += AskAgain;
    }

    // What is asked is at most half a minute old: together that stays well below the minute we promise.
    protected override TimeSpan RevalidationInterval => TimeSpan.FromSeconds(10);

    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken)
    {
        try
        {
            return await IsStillTrueAsync(authenticationState.User, cancellationToken);
        }
        catch (Exception e) when (DbErrors.Translate(e) is StoreUnavailable)
        {
            // A database that is away for a moment signs nobody out; what it would refuse it refuses by itself.
            return true;
        }
    }

    protected override void Dispose(bool disposing)
    {
        people.Forgotten -= AskAgain;
        base.Dispose(disposing);
    }

    // Something about someone was changed on this host: if it is the person of this page, it shows at once. That their session has ended
    // is left to the next look in a few seconds: whoever is just signing out must not be sent elsewhere meanwhile.
    private void AskAgain(long userId) => _ = AskAgainAsync(userId);

    private async Task AskAgainAsync(long userId)
    {
        var state = await GetAuthenticationStateAsync();
        if (state.User.PersonId() == userId)
            await ValidateAuthenticationStateAsync(state, CancellationToken.None);
    }

    private async Task<bool> IsStillTrueAsync(ClaimsPrincipal user, CancellationToken cancellationToken)
    {
        if (user.Identity is not { IsAuthenticated: true })
            return true;
        if (await people.FindAsync(user.PersonId(), user.SessionId(), cancellationToken) is not { } person)
            return false;
        var now = person.ToPrincipal(CookieAuthenticationDefaults.AuthenticationScheme);
        if (!now.Claims.Select(c => (c.Type, c.Value)).SequenceEqual(user.Claims.Select(c => (c.Type, c.Value))))
            SetAuthenticationState(Task.FromResult(new AuthenticationState(now)));
        return true;
    }
}
