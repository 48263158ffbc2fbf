namespace Portal.Core.Domains.People;

/// <summary>Closes a person's own account: for two weeks it can be kept, then what is held about them is erased.</summary>
public sealed class OwnClosing(Database database, OwnSecret secret, TimeProvider time)
{
    public async Task CloseAsync(Actor actor, CloseOwnAccount input, CancellationToken ct = default)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.SeeSelf);
        var user = await db.MyselfAsync(actor, ct);
        if (!string.Equals(input.Email.Trim(), user.Email, StringComparison.OrdinalIgnoreCase))
            throw new Invalid("email", "That is not the address of this account.");
        await secret.NeedPasswordAsync(user, input.Password, "password", ct);
        if (user.ErasesAt is not null)
            return;
        if (await Departure.RefusalAsync(db, user, ct) is { } refusal)
            throw refusal;
        user.ErasesAt = time.Now() + Client.Grace;
        user.Touch();
        db.Record(new AccountClosing(user.Id, user.ErasesAt.Value));
        await db.SaveChangesAsync(ct);
    }

    public async Task KeepAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeSelf);
        var user = await db.MyselfAsync(actor, ct);
        if (user.ErasesAt is null)
            return;
        user.ErasesAt = null;
        user.Touch();
        db.Record(new AccountKept(user.Id));
        await db.SaveChangesAsync(ct);
    }

    /// <returns>When the actor's account is erased; null when it is not closing.</returns>
    public async Task<DateTime?> ErasesAtAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeSelf);
        return await db.Users.Where(u => u.Id == actor.UserId).Select(u => u.ErasesAt).SingleOrDefaultAsync(ct);
    }
}
