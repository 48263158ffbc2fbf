namespace Portal.Core.Domains.People;

/// <summary>Asks for what only the person themselves has before something that matters is changed. Guessing at it in a session someone left open is paused, as at the door.</summary>
public sealed class OwnSecret(Passwords passwords, SecretBox box, RateLimits limits, TimeProvider time)
{
    public static readonly RateLimit Tries = new("own-secret", 5, TimeSpan.FromMinutes(15));

    /// <summary>Someone who signs in without a password is not asked for one.</summary>
    public Task NeedPasswordAsync(PortalUser user, string typed, string field, CancellationToken ct) =>
        user.PasswordHash is null ? Task.CompletedTask : NeedAsync(user.Id, field, "That is not your password.", () => passwords.IsOfAsync(user, typed, ct), ct);

    /// <summary>A code that is taken is marked on the person, whom the caller saves.</summary>
    public Task NeedCodeOrPasswordAsync(PortalUser user, string typed, string field, CancellationToken ct) => NeedAsync(
        user.Id, field, "That is neither a code of your app nor your password.", async () => IsCode(user, typed) || await passwords.IsOfAsync(user, typed, ct), ct);

    /// <summary>The first code of an app that is being set up.</summary>
    public Task NeedFirstCodeAsync(PortalUser user, string typed, CancellationToken ct) =>
        NeedAsync(user.Id, "code", "That code is not right. Check that your phone's clock is, and enter the one that it shows now.", () => Task.FromResult(IsCode(user, typed)), ct);

    private bool IsCode(PortalUser user, string typed)
    {
        if (user.AuthenticatorSecret is null || typed.Count(char.IsAsciiDigit) != 6 || typed.Any(char.IsLetter)
            || Totp.Match(box.Open(user.AuthenticatorSecret, Totp.Purpose), typed, user.LastTotpStep, time.Now()) is not { } step)
        {
            return false;
        }

        user.LastTotpStep = step;
        return true;
    }

    private async Task NeedAsync(long userId, string field, string otherwise, Func<Task<bool>> fits, CancellationToken ct)
    {
        // Counted before it is looked at: many guesses at once are as many tries.
        var who = $"{userId}";
        if (await limits.TakeAsync(Tries, who, ct: ct) is { Allowed: false } paused)
            throw new TooOften(paused.RetryAfter, $"Too many wrong tries. Try again in {Math.Ceiling(paused.RetryAfter.TotalMinutes)} minutes.");
        if (!await fits())
            throw new Invalid(field, otherwise);
        await limits.ForgetAsync(Tries, who, ct);
    }
}
