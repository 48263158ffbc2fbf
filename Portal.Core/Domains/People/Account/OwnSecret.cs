using Microsoft.AspNetCore.Identity;

namespace Portal.Core.Domains.People;

/// <summary>Asks for what only the person themselves has before something that matters is changed. Guessing at it in a session someone left open is paused, as at the door.</summary>
public sealed class OwnSecret(IPasswordHasher<PortalUser> hasher, SecretBox box, RateLimits limits, TimeProvider time)
{
    public static readonly RateLimit Tries = new("own-secret", 5, TimeSpan.FromMinutes(15));

    /// <summary>Someone who signs in without a password is not asked for one.</summary>
    public Task NeedPasswordAsync(PortalUser user, string typed, string field, CancellationToken ct) =>
        user.PasswordHash is null ? Task.CompletedTask : NeedAsync(user.Id, field, "That is not your password.", () => IsPassword(user, typed), ct);

    /// <summary>A code that is taken is marked on the person, whom the caller saves.</summary>
    public Task NeedCodeOrPasswordAsync(PortalUser user, string typed, string field, CancellationToken ct) => NeedAsync(
        user.Id, field, "That is neither a code of your app nor your password.", () => IsCode(user, typed) || (user.PasswordHash is not null && IsPassword(user, typed)), ct);

    /// <summary>The first code of an app that is being set up.</summary>
    public Task NeedFirstCodeAsync(PortalUser user, string typed, CancellationToken ct) =>
        NeedAsync(user.Id, "code", "That code is not right. Check that your phone's clock is, and enter the one that it shows now.", () => IsCode(user, typed), ct);

    public bool IsPassword(PortalUser user, string typed) =>
        hasher.VerifyHashedPassword(user, user.PasswordHash!, typed) is not PasswordVerificationResult.Failed;

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

    private async Task NeedAsync(long userId, string field, string otherwise, Func<bool> fits, CancellationToken ct)
    {
        // Counted before it is looked at: many guesses at once are as many tries.
        var who = $"{userId}";
        if (await limits.TakeAsync(Tries, who, ct: ct) is { Allowed: false } paused)
            throw new TooOften(paused.RetryAfter, $"Too many wrong tries. Try again in {Math.Ceiling(paused.RetryAfter.TotalMinutes)} minutes.");
        if (!fits())
            throw new Invalid(field, otherwise);
        await limits.ForgetAsync(Tries, who, ct);
    }
}
