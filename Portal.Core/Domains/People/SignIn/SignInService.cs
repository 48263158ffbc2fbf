using Microsoft.AspNetCore.Identity;

namespace Portal.Core.Domains.People;

/// <summary>Checks e-mail and password. To a stranger, an unknown address and a wrong password are the same, in words and in time.</summary>
public sealed class SignInService(UserManager<PortalUser> users, Database database, Lane lane, RateLimits limits, TimeProvider time)
{
    public static readonly RateLimit WrongPasswords = new("wrong-password", 5, TimeSpan.FromMinutes(15));
    public static readonly RateLimit WrongFromAddress = new("wrong-password-address", 50, TimeSpan.FromMinutes(15));

    // Hashing takes a core for tens of milliseconds: half of them stay free for everyone else.
    private static readonly SemaphoreSlim Hashing = new(Math.Max(1, Environment.ProcessorCount / 2));
    private static readonly PortalUser NoOne = new() { FullName = "", Role = Role.Client, CreatedAt = DateTime.UnixEpoch };
    private static readonly string NoOnesHash = new PasswordHasher<PortalUser>().HashPassword(NoOne, Tokens.New());

    public async Task<PortalUser> CheckAsync(SignIn input, string address, CancellationToken ct = default)
    {
        Input.Check(input);
        var who = users.NormalizeEmail(input.Email.Trim());
        await RefusePausedAsync(who, address, ct);
        var user = await users.FindByEmailAsync(input.Email.Trim());
        if (!await MatchesAsync(user, input.Password, ct))
            throw await WrongAsync(user, who, address, ct);

        // Many may guess at once: whoever comes after the pause has begun is told nothing, right or wrong.
        await RefusePausedAsync(who, address, ct);
        if (!user!.IsActive)
            throw new BadCredentials("This account is closed. Ask your administrator.", "account_closed");
        await limits.ForgetAsync(WrongPasswords, who, ct);
        return user;
    }

    private async Task RefusePausedAsync(string who, string address, CancellationToken ct)
    {
        foreach (var (limit, name) in new[] { (WrongPasswords, who), (WrongFromAddress, address) })
        {
            if (await limits.LookAsync(limit, name, ct) is { Allowed: false } paused)
                throw Paused(paused);
        }
    }

    private static TooOften Paused(RateVerdict verdict) =>
        new(verdict.RetryAfter, $"Too many wrong passwords. Try again in {Math.Ceiling(verdict.RetryAfter.TotalMinutes)} minutes.");

    private async Task<bool> MatchesAsync(PortalUser? user, string password, CancellationToken ct)
    {
        await Hashing.WaitAsync(ct);
        try
        {
            return await Task.Run(() => user?.PasswordHash is null
                ? Task.FromResult(users.PasswordHasher.VerifyHashedPassword(NoOne, NoOnesHash, password) is PasswordVerificationResult.Success && user is not null)
                : users.CheckPasswordAsync(user, password), ct);
        }
        finally
        {
            Hashing.Release();
        }
    }

    private async Task<PortalException> WrongAsync(PortalUser? user, string who, string address, CancellationToken ct)
    {
        await limits.TakeAsync(WrongFromAddress, address, ct: ct);
        var verdict = await limits.TakeAsync(WrongPasswords, who, ct: ct);
        if (!verdict.Allowed)
            return Paused(verdict);
        var minutes = (int)WrongPasswords.Window.TotalMinutes;
        if (verdict.Left == 0 && user is not null)
        {
            await using var db = database.Open(Actor.System("sign-in"), Can.KeepHouse);
            db.Record(new SignInPaused(user.Id, address, minutes));
            await db.SaveChangesAsync(ct);
        }

        var tries = verdict.Left switch { 0 => "no tries", 1 => "1 try", var n => $"{n} tries" };
        return new BadCredentials($"That e-mail and password do not match. You have {tries} left before a {minutes} minute pause.", "invalid_credentials");
    }

    /// <summary>Opens a session for someone whose credentials were checked.</summary>
    /// <param name="also">What belongs to the session from its first moment, in the same unit.</param>
    public Task<Session> BeginAsync(
        PortalUser user, SessionKind kind, SignInMethod method, TimeSpan length, string address, string device, Action<PortalDb, Session>? also = null, CancellationToken ct = default) =>
        lane.RunAsync(Actor.InNameOf(user), Can.KeepHouse, async db =>
        {
            var now = time.Now();
            var session = new Session { UserId = user.Id, Kind = kind, Method = method, CreatedAt = now, SeenAt = now, ExpiresAt = now + length, Address = Cut(address, 64), Device = Cut(device, 300) };
            db.Add(session);
            db.Record(() => new SignedIn(user.Id, session.Id, kind, method, session.Address, session.Device));
            (await db.Users.SingleAsync(u => u.Id == user.Id, ct)).LastSignInAt = now;
            also?.Invoke(db, session);
            return session;
        }, ct);

    public async Task EndAsync(Actor actor, long sessionId, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeSelf);
        if (await db.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.UserId == actor.UserId, ct) is not { EndedAt: null } session)
            return;
        session.End(time.Now());
        db.Record(new SignedOut(actor.UserId, session.Id));
        await db.SaveChangesAsync(ct);
    }

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
