namespace Portal.Core.Domains.People;

/// <summary>Two-step sign-in with an authenticator app, and the recovery codes for whoever loses it.</summary>
public sealed class OwnSecondFactor(Database database, OwnSecret secret, SecretBox box)
{
    /// <summary>Makes a secret that counts only once its first code was entered; until then each call makes another. It is handed out here only, so the password is asked for here.</summary>
    public async Task<SecondFactorSetup> BeginAsync(Actor actor, ShowPassword input, CancellationToken ct = default)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.SeeSelf);
        var user = await db.MyselfAsync(actor, ct);
        Need(user, isOn: false);
        await secret.NeedPasswordAsync(user, input.Password, "password", ct);
        var made = Totp.NewSecret();
        (user.AuthenticatorSecret, user.LastTotpStep) = (box.Seal(made, Totp.Purpose), 0);
        user.Touch();
        var issuer = await db.Agency.Select(a => a.Name).SingleOrDefaultAsync(ct) ?? "Portal";
        await db.SaveChangesAsync(ct);
        return new(made, Totp.Uri(made, issuer, user.Email!));
    }

    /// <returns>The recovery codes, which nobody can show again.</returns>
    public async Task<IReadOnlyList<string>> TurnOnAsync(Actor actor, TurnOnSecondFactor input, CancellationToken ct = default)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.SeeSelf);
        var user = await db.MyselfAsync(actor, ct);
        Need(user, isOn: false);
        await secret.NeedFirstCodeAsync(user, input.Code, ct);
        user.TwoFactorEnabled = true;
        user.Touch();
        var codes = await NewCodesAsync(db, user.Id, ct);
        db.Record(new SecondFactorTurnedOn(user.Id));
        await db.SaveChangesAsync(ct);
        return codes;
    }

    /// <summary>The earlier ones stop working.</summary>
    public async Task<IReadOnlyList<string>> RenewCodesAsync(Actor actor, ShowYourself input, CancellationToken ct = default)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.SeeSelf);
        var user = await db.MyselfAsync(actor, ct);
        Need(user, isOn: true);
        await secret.NeedCodeOrPasswordAsync(user, input.Proof, "proof", ct);
        user.Touch();
        var codes = await NewCodesAsync(db, user.Id, ct);
        db.Record(new RecoveryCodesRenewed(user.Id));
        await db.SaveChangesAsync(ct);
        return codes;
    }

    public async Task TurnOffAsync(Actor actor, ShowYourself input, CancellationToken ct = default)
    {
        Input.Check(input);
        await using var db = database.Open(actor, Can.SeeSelf);
        var user = await db.MyselfAsync(actor, ct);
        Need(user, isOn: true);
        await secret.NeedCodeOrPasswordAsync(user, input.Proof, "proof", ct);
        (user.TwoFactorEnabled, user.AuthenticatorSecret, user.LastTotpStep) = (false, null, 0);
        user.Touch();
        db.RemoveRange(await db.RecoveryCodes.Where(c => c.UserId == user.Id).ToListAsync(ct));
        db.Record(new SecondFactorTurnedOff(user.Id));
        await db.SaveChangesAsync(ct);
    }

    private static void Need(PortalUser user, bool isOn)
    {
        if (user.TwoFactorEnabled != isOn)
            throw isOn ? new RuleBroken("second_factor_off", "Two-step sign-in is off.") : new RuleBroken("second_factor_on", "Two-step sign-in is on already.");
    }

    private static async Task<IReadOnlyList<string>> NewCodesAsync(PortalDb db, long userId, CancellationToken ct)
    {
        db.RemoveRange(await db.RecoveryCodes.Where(c => c.UserId == userId).ToListAsync(ct));
        string[] codes = [.. Enumerable.Range(0, RecoveryCode.Batch).Select(_ => RecoveryCode.New())];
        db.AddRange(codes.Select(code => new RecoveryCode { UserId = userId, Hash = RecoveryCode.HashOf(userId, code) }));
        return codes;
    }
}
