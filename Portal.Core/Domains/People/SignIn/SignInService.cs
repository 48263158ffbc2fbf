using Microsoft.AspNetCore.Identity;

namespace Portal.Core.Domains.People;

/// <summary>Checks e-mail and password, and opens and ends sessions. To a stranger, an unknown address and a wrong password are the same, in words and in time.</summary>
public sealed class SignInService(UserManager<PortalUser> users, Passwords passwords, Database database, Lane lane, RateLimits limits, TimeProvider time)
{
    public static readonly RateLimit WrongPasswords = new("wrong-password", 5, TimeSpan.FromMinutes(15));
    public static readonly RateLimit WrongFromAddress = new("wrong-password-address", 50, TimeSpan.FromMinutes(15));
    private static readonly RateLimit Strangers = new("stranger", int.MaxValue, TimeSpan.FromMinutes(15));

    /// <summary>Nobody sits at so many places at once: whoever opens more loses the oldest.</summary>
    private const int MostAlive = 1000;

    public async Task<PortalUser> CheckAsync(SignIn input, string address, string device, CancellationToken ct = default)
    {
        Input.Check(input);
        Passwords.RefuseCrowd();
        var who = users.NormalizeEmail(input.Email);
        await RefusePausedAsync(who, address, ct);
        var user = await users.FindByEmailAsync(input.Email);
        if (!await passwords.MatchesAsync(user, input.Password, ct))
            throw await WrongAsync(user, who, address, device, ct);

        // Many may guess at once: whoever comes after the pause has begun is told nothing, right or wrong.
        await RefusePausedAsync(who, address, ct);
        if (!Open(user!).EmailConfirmed)
            throw new NotYet("email_not_verified", "Verify your e-mail address first: we mailed you a code.");
        await limits.ForgetAsync(WrongPasswords, who, ct);
        return user!;
    }

    /// <summary>The same person, unless their account is closed. Said only to whoever has shown that it is theirs.</summary>
    public static PortalUser Open(PortalUser user) =>
        user.IsActive ? user : throw new BadCredentials("This account is closed. Ask your administrator.", "account_closed");

    /// <summary>Opens a session for someone whose credentials were checked.</summary>
    /// <param name="user">Who it is.</param>
    /// <param name="method">What they showed.</param>
    /// <param name="arrival">Where they came in.</param>
    /// <param name="also">What belongs to the session from its first moment, in the same unit.</param>
    /// <param name="ct">Stops it.</param>
    public Task<Session> BeginAsync(PortalUser user, SignInMethod method, Arrival arrival, Func<PortalDb, Session, Task>? also = null, CancellationToken ct = default) =>
        lane.RunAsync(Actor.InNameOf(user), Can.KeepHouse, async db =>
            await BeginAsync(db, await db.Users.SingleAsync(u => u.Id == user.Id, ct), method, arrival, time.Now(), also, ct), ct);

    public async Task EndAsync(Actor actor, long sessionId, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeSelf);
        if (await db.Sessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.UserId == actor.UserId, ct) is not { EndedAt: null } session)
            return;
        session.End(time.Now());
        db.Record(new SignedOut(actor.UserId, session.Id));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>The same on the caller's open unit.</summary>
    internal static async Task<Session> BeginAsync(
        PortalDb db, PortalUser user, SignInMethod method, Arrival arrival, DateTime now, Func<PortalDb, Session, Task>? also, CancellationToken ct)
    {
        var session = new Session
        {
            UserId = user.Id,
            Kind = arrival.Kind,
            Method = method,
            CreatedAt = now,
            SeenAt = now,
            ExpiresAt = now + arrival.Length,
            Address = Cut(arrival.Address, 64),
            Device = Cut(arrival.Device, 300),
        };
        foreach (var old in await db.Sessions.Where(s => s.UserId == user.Id && s.EndedAt == null && s.ExpiresAt > now).OrderByDescending(s => s.Id).Skip(MostAlive - 1).ToListAsync(ct))
            old.End(now);
        db.Add(session);
        db.Record(() => new SignedIn(user.Id, session.Id, session.Kind, method, session.Address, session.Device));
        user.LastSignInAt = now;
        if (also is not null)
            await also(db, session);
        return session;
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

    private async Task<PortalException> WrongAsync(PortalUser? user, string who, string address, string device, CancellationToken ct)
    {
        await limits.TakeAsync(WrongFromAddress, address, ct: ct);
        var verdict = await limits.TakeAsync(WrongPasswords, who, ct: ct);
        await NoteAsync(user, verdict, address, device, ct);
        if (!verdict.Allowed)
            return Paused(verdict);
        var tries = verdict.Left switch { 0 => "no tries", 1 => "1 try", var n => $"{n} tries" };
        var minutes = (int)WrongPasswords.Window.TotalMinutes;
        return new BadCredentials($"That e-mail and password do not match. You have {tries} left before a {minutes} minute pause.", "invalid_credentials");
    }

    /// <summary>Writing it down takes a commit. A stranger's try is counted instead, so that the clock does not tell the two apart.</summary>
    private Task NoteAsync(PortalUser? user, RateVerdict verdict, string address, string device, CancellationToken ct) => user is null
        ? limits.TakeAsync(Strangers, address, ct: ct)
        : lane.RunAsync(Actor.System("sign-in"), Can.KeepHouse, db =>
        {
            db.Record(new SignInRefused(user.Id, address, Cut(device, 300)));
            if (verdict is { Allowed: true, Left: 0 })
                db.Record(new SignInPaused(user.Id, address, (int)WrongPasswords.Window.TotalMinutes));
            return Task.CompletedTask;
        }, ct);

    internal static string Cut(string text, int length) => text.Length <= length ? text : text[..length];
}
