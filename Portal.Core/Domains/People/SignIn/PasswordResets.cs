using Microsoft.AspNetCore.Identity;

namespace Portal.Core.Domains.People;

/// <summary>A new password for whoever can read the account's mail.</summary>
public sealed class PasswordResets(UserManager<PortalUser> users, CodeSignIn codes, Passwords passwords, PersonDirectory people, RateLimits limits, Lane lane, TimeProvider time)
{
    /// <summary>Ends every session, and every sign-in that is half way: whoever had the old password is out. The second factor stays.</summary>
    public async Task ResetAsync(ResetPassword input, Arrival arrival, CancellationToken ct = default)
    {
        Input.Check(input);
        var userId = await codes.UseAsync(input.Email, CodePurpose.ResetPassword, input.Code, arrival, ct);
        var hash = await passwords.HashAsync(input.Password, ct);
        await lane.RunAsync(Actor.System("sign-in"), Can.KeepHouse, async db =>
        {
            var (now, user) = (time.Now(), SignInService.Open(await db.Users.SingleAsync(u => u.Id == userId, ct)));
            (user.PasswordHash, user.SecurityStamp) = (hash, Guid.NewGuid().ToString("N"));
            user.Touch();
            if (!user.EmailConfirmed)
                db.Record(new EmailVerified(userId));
            user.EmailConfirmed = true;
            foreach (var session in await db.Sessions.Where(s => s.UserId == userId && s.EndedAt == null && s.ExpiresAt > now).ToListAsync(ct))
                session.End(now);
            foreach (var pending in await db.PendingSignIns.Where(p => p.UserId == userId && p.UsedAt == null && p.ExpiresAt > now).ToListAsync(ct))
                pending.Use(now);
            db.Record(new PasswordReset(userId, arrival.Address));
        }, ct);
        await limits.ForgetAsync(SignInService.WrongPasswords, users.NormalizeEmail(input.Email), ct);
        people.Forget(userId);
    }
}
