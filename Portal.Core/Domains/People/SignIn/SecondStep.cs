using System.Globalization;

namespace Portal.Core.Domains.People;

/// <summary>Between the first factor and the session of someone who has a second one.</summary>
public sealed class SecondStep(Database database, Lane lane, SecretBox box, RateLimits limits, TimeProvider time)
{
    /// <summary>Over all their sign-ins together: beginning again brings no more tries.</summary>
    public static readonly RateLimit Tries = new("second-step", 10, TimeSpan.FromMinutes(15));
    private static readonly Actor Self = Actor.System("sign-in");

    /// <summary>A passkey is two factors by itself: the device, and the person who unlocked it.</summary>
    public static bool IsOwedBy(PortalUser user, SignInMethod method) => user.TwoFactorEnabled && method is not SignInMethod.Passkey;

    /// <returns>What the second step is taken with.</returns>
    public async Task<string> AskAsync(PortalUser user, SignInMethod method, bool remember, CancellationToken ct = default)
    {
        var token = Tokens.New();
        await lane.RunAsync(Self, Can.KeepHouse, db =>
        {
            db.Add(new PendingSignIn { UserId = user.Id, Hash = Tokens.Hash(token), Method = method, Remember = remember, ExpiresAt = time.Now() + PendingSignIn.Lifetime });
            return Task.CompletedTask;
        }, ct);
        return token;
    }

    public async Task<bool> IsOpenAsync(string token, CancellationToken ct = default) => await FindAsync(Tokens.Hash(token), ct) is not null;

    /// <summary>Code and session in one unit: a code that is used up has let someone in.</summary>
    public async Task<(PortalUser User, Session Session)> PassAsync(EnterSecondFactor input, Arrival arrival, Func<PortalDb, Session, Task>? also = null, CancellationToken ct = default)
    {
        Input.Check(input);
        var hash = Tokens.Hash(input.MfaToken);
        var user = await FindAsync(hash, ct) ?? throw Expired();
        var who = user.Id.ToString(CultureInfo.InvariantCulture);
        if (await limits.TakeAsync(Tries, who, ct: ct) is { Allowed: false } verdict)
            throw new TooOften(verdict.RetryAfter, $"Too many wrong codes. Try again in {Math.Ceiling(verdict.RetryAfter.TotalMinutes)} minutes.");
        var outcome = await OnceAsync(user, hash, input.Code, arrival, also, ct);
        if (outcome.Session is null)
            throw outcome.IsOver ? Expired() : new Invalid("code", "That code is not right. Codes work once, and change every half minute.");
        await limits.ForgetAsync(Tries, who, ct);
        return (outcome.User, outcome.Session);
    }

    private static BadCredentials Expired() => new("This sign-in took too long or had too many wrong codes. Please sign in again.", "mfa_expired");

    /// <summary>Who owes the step, while there is time and a try left.</summary>
    private async Task<PortalUser?> FindAsync(byte[] hash, CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        return await db.PendingSignIns.AsNoTracking().SingleOrDefaultAsync(p => p.Hash == hash, ct) is { } pending && pending.IsGood(time.Now())
            ? await db.Users.AsNoTracking().SingleAsync(u => u.Id == pending.UserId, ct)
            : null;
    }

    // Two hosts may get the same code at once; for the second it is used.
    private async Task<Outcome> OnceAsync(PortalUser user, byte[] hash, string code, Arrival arrival, Func<PortalDb, Session, Task>? also, CancellationToken ct)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await lane.RunAsync(Actor.InNameOf(user), Can.KeepHouse, db => TryAsync(db, hash, code, arrival, also, ct), ct);
            }
            catch (Conflict) when (tries < PendingSignIn.MostTries)
            {
                // Look again at what is left of it.
            }
        }
    }

    // What went wrong is an outcome and no exception: a wrong code costs a try, and that must be saved.
    private async Task<Outcome> TryAsync(PortalDb db, byte[] hash, string code, Arrival arrival, Func<PortalDb, Session, Task>? also, CancellationToken ct)
    {
        var now = time.Now();
        var pending = await db.PendingSignIns.SingleAsync(p => p.Hash == hash, ct);
        var user = await db.Users.SingleAsync(u => u.Id == pending.UserId, ct);
        if (!pending.IsGood(now) || !user.IsActive)
            return new(user, null, IsOver: true);
        if (!FitsApp(user, code, now) && !await FitsPaperAsync(db, user, code, now, ct))
        {
            pending.Tried();
            db.Record(new SignInRefused(user.Id, arrival.Address, SignInService.Cut(arrival.Device, 300)));
            return new(user, null, IsOver: !pending.IsGood(now));
        }

        pending.Use(now);
        var session = await SignInService.BeginAsync(db, user, pending.Method, arrival with { Remember = pending.Remember }, now, also, ct);
        return new(user, session, IsOver: true);
    }

    private bool FitsApp(PortalUser user, string code, DateTime now)
    {
        if (user.AuthenticatorSecret is not { } secret || Totp.Match(box.Open(secret, Totp.Purpose), code, user.LastTotpStep, now) is not { } step)
            return false;

        // The stamp makes two hosts notice each other.
        user.LastTotpStep = step;
        user.Touch();
        return true;
    }

    private static async Task<bool> FitsPaperAsync(PortalDb db, PortalUser user, string code, DateTime now, CancellationToken ct)
    {
        var hash = RecoveryCode.HashOf(user.Id, code);
        var unused = await db.RecoveryCodes.Where(c => c.UserId == user.Id && c.UsedAt == null).ToListAsync(ct);
        if (unused.Find(c => c.Hash.AsSpan().SequenceEqual(hash)) is not { } fitting)
            return false;
        fitting.Use(now);
        db.Record(new RecoveryCodeUsed(user.Id, unused.Count - 1));
        return true;
    }

    private sealed record Outcome(PortalUser User, Session? Session, bool IsOver);
}
