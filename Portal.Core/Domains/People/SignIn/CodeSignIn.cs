using Microsoft.AspNetCore.Identity;

namespace Portal.Core.Domains.People;

/// <summary>Mails codes to whoever asks, and lets in whoever brings one back. Asking gives the same answer after the same work, whoever has the address.</summary>
public sealed class CodeSignIn(UserManager<PortalUser> users, OneTimeCodes codes, RateLimits limits, Database database, Lane lane)
{
    public static readonly RateLimit TriedFrom = new("code-tried-address", 60, TimeSpan.FromMinutes(15));
    private static readonly Actor Self = Actor.System("sign-in");

    public async Task AskAsync(AskForCode input, CodePurpose purpose, string address, CancellationToken ct = default)
    {
        Input.Check(input);
        var who = users.NormalizeEmail(input.Email);
        await codes.CountAsync(who, address, ct);
        await lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            var user = await db.Users.AsNoTracking().SingleOrDefaultAsync(u => u.NormalizedEmail == who, ct);
            var isFor = user is not null && (purpose is not CodePurpose.VerifyEmail || !user.EmailConfirmed) ? user : null;
            await codes.SendAsync(db, who, isFor, purpose, isFor?.Email, ct);
        }, ct);
    }

    public async Task<PortalUser> CheckAsync(EnterCode input, Arrival arrival, CancellationToken ct = default)
    {
        var user = await BringAsync(input, CodePurpose.SignIn, arrival, ct);
        return user.EmailConfirmed ? user : await ProveAsync(user, keepPassword: false, ct);
    }

    /// <summary>The address is theirs from now on.</summary>
    public async Task<PortalUser> VerifyAsync(EnterCode input, Arrival arrival, CancellationToken ct = default)
    {
        var user = await BringAsync(input, CodePurpose.VerifyEmail, arrival, ct);
        return user.EmailConfirmed ? user : await ProveAsync(user, keepPassword: true, ct);
    }

    /// <returns>Whom the code lets in; it is used up.</returns>
    internal async Task<long> UseAsync(string email, CodePurpose purpose, string code, Arrival arrival, CancellationToken ct)
    {
        if (await limits.TakeAsync(TriedFrom, arrival.Address, ct: ct) is { Allowed: false } verdict)
            throw new TooOften(verdict.RetryAfter, $"Too many codes. Try again in {Math.Ceiling(verdict.RetryAfter.TotalMinutes)} minutes.");
        return await codes.UseAsync(users.NormalizeEmail(email), purpose, code, id => new SignInRefused(id, arrival.Address, SignInService.Cut(arrival.Device, 300)), ct);
    }

    private async Task<PortalUser> BringAsync(EnterCode input, CodePurpose purpose, Arrival arrival, CancellationToken ct)
    {
        Input.Check(input);
        var userId = await UseAsync(input.Email, purpose, input.Code, arrival, ct);
        await using var db = database.Open(Self, Can.KeepHouse);
        return SignInService.Open(await db.Users.AsNoTracking().SingleAsync(u => u.Id == userId, ct));
    }

    // Who registered this address may have been someone else. Its owner, coming in by mail, does not keep the password that stranger chose.
    private Task<PortalUser> ProveAsync(PortalUser user, bool keepPassword, CancellationToken ct) => lane.RunAsync(Actor.InNameOf(user), Can.KeepHouse, async db =>
    {
        var now = await db.Users.SingleAsync(u => u.Id == user.Id, ct);
        if (!now.EmailConfirmed)
            db.Record(new EmailVerified(user.Id));
        (now.EmailConfirmed, now.PasswordHash) = (true, keepPassword ? now.PasswordHash : null);
        now.Touch();
        return now;
    }, ct);
}
