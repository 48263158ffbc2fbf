namespace Portal.Core.Domains.People;

/// <summary>Another password. Whoever knew the old one is out: every other session ends.</summary>
public sealed class OwnPassword(Database database, OwnSecret secret, Passwords passwords, PersonDirectory people, TimeProvider time)
{
    public async Task ChangeAsync(Actor actor, long sessionId, ChangePassword input, CancellationToken ct = default)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.SeeSelf);
        var user = await db.MyselfAsync(actor, ct);
        await secret.NeedPasswordAsync(user, input.CurrentPassword, "current_password", ct);
        if (user.PasswordHash is not null && await passwords.IsOfAsync(user, input.NewPassword, ct))
            throw new Invalid("new_password", "That is the password you have. Choose another one.");
        user.PasswordHash = await passwords.HashAsync(input.NewPassword, ct);
        user.SecurityStamp = Guid.NewGuid().ToString("N");
        user.Touch();
        foreach (var session in await OwnSessions.AliveAsync(db, user.Id, time.Now(), except: sessionId, ct))
            session.End(time.Now());
        db.RemoveRange(await db.PendingSignIns.Where(p => p.UserId == user.Id).ToListAsync(ct));
        db.Record(new PasswordChanged(user.Id));
        await db.SaveChangesAsync(ct);
        people.Forget(user.Id);
    }
}
