using System.Security.Claims;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>
/// Keeps an open page's person true: a role or an access that is taken away reaches it at once when that is done on this host, and
/// within half a minute when it is done on another. An ended session ends it.
/// </summary>
public sealed class CircuitAuthentication : RevalidatingServerAuthenticationStateProvider
{
    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));
    private readonly PersonDirectory people;
    private readonly ILogger<CircuitAuthentication> log;
    private long me;

    public CircuitAuthentication(ILoggerFactory logger, PersonDirectory people)
        : base(logger)
    {
        (this.people, log) = (people, logger.CreateLogger<CircuitAuthentication>());
        AuthenticationStateChanged += Note;
        people.Forgotten += Recheck;
    }

    // What is asked is at most a quarter of a minute old: together that stays below the half minute we promise.
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
        people.Forgotten -= Recheck;
        AuthenticationStateChanged -= Note;
        base.Dispose(disposing);
    }

    private void Note(Task<AuthenticationState> state) => _ = NoteAsync(state);

    private async Task NoteAsync(Task<AuthenticationState> state) => me = (await state).User.PersonId();

    private void Recheck(long userId)
    {
        if (userId == me)
            _ = RecheckAsync();
    }

    private async Task RecheckAsync()
    {
        try
        {
            if (!await ValidateAuthenticationStateAsync(await GetAuthenticationStateAsync(), CancellationToken.None))
                SetAuthenticationState(Task.FromResult(Nobody));
        }
        catch (Exception e)
        {
            // The next look, within seconds, finds out what this one could not.
            log.LogWarning(e, "An open page could not look again who its person is.");
        }
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
