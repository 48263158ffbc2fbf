using System.Buffers.Text;
using Microsoft.AspNetCore.Identity;

namespace Portal.Core.Domains.People;

/// <summary>A passkey as its owner sees it.</summary>
public sealed record PasskeyView(string Id, string Name, DateTime AddedAt, bool IsSynced);

/// <summary>A person's own passkeys. What a browser sent was verified before it comes here.</summary>
public sealed class Passkeys(Database database, OwnSecret secret, TimeProvider time)
{
    public const int Most = 20;

    public async Task<IReadOnlyList<PasskeyView>> ListAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeSelf);
        var mine = await db.Passkeys.AsNoTracking().Where(p => p.UserId == actor.UserId).ToListAsync(ct);
        return [.. mine.OrderBy(p => p.Data.CreatedAt).Select(p => new PasskeyView(Base64Url.EncodeToString(p.CredentialId), p.Data.Name ?? "", p.Data.CreatedAt.UtcDateTime, p.Data.IsBackedUp))];
    }

    /// <summary>Before a browser is asked for one: a passkey opens the account alone, so whoever adds it shows the password first.</summary>
    /// <returns>Whose it will be.</returns>
    public async Task<PortalUser> BeginAsync(Actor actor, ShowPassword input, CancellationToken ct = default)
    {
        Input.Check(input);
        RefuseViewers(actor);
        await using var db = database.Open(actor, Can.SeeSelf);
        var user = await db.MyselfAsync(actor, ct);
        await secret.NeedPasswordAsync(user, input.Password, "password", ct);
        return user;
    }

    public async Task AddAsync(Actor actor, UserPasskeyInfo made, string? name, CancellationToken ct = default)
    {
        RefuseViewers(actor);
        await using var db = database.Open(actor, Can.SeeSelf);
        if (await db.Passkeys.CountAsync(p => p.UserId == actor.UserId, ct) >= Most)
            throw new RuleBroken("too_many_passkeys", $"You have {Most} passkeys already. Remove one you no longer use.");
        var called = string.IsNullOrWhiteSpace(name) ? "Passkey" : SignInService.Cut(name.Trim(), 100);
        db.Add(new IdentityUserPasskey<long> { UserId = actor.UserId, CredentialId = made.CredentialId, Data = Data(made, called) });
        db.Record(new PasskeyAdded(actor.UserId, called));
        await db.SaveChangesAsync(ct);
    }

    public async Task RemoveAsync(Actor actor, string id, CancellationToken ct = default)
    {
        RefuseViewers(actor);
        var credential = Credential(id);
        await using var db = database.Open(actor, Can.SeeSelf);
        var passkey = await db.Passkeys.SingleOrDefaultAsync(p => p.UserId == actor.UserId && p.CredentialId == credential, ct) ?? throw new NotFound("passkey");
        db.Remove(passkey);
        db.Record(new PasskeyRemoved(actor.UserId, passkey.Data.Name ?? ""));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>A passkey that we know, and an answer that does not fit it.</summary>
    public async Task RefusedAsync(string id, Arrival arrival, CancellationToken ct = default)
    {
        var credential = Credential(id);
        await using var db = database.Open(Actor.System("sign-in"), Can.KeepHouse);
        if (await db.Passkeys.AsNoTracking().SingleOrDefaultAsync(p => p.CredentialId == credential, ct) is not { } passkey)
            return;
        db.Record(new SignInRefused(passkey.UserId, arrival.Address, SignInService.Cut(arrival.Device, 300)));
        await db.SaveChangesAsync(ct);
    }

    /// <summary>Keeps what the device said of itself, on the sign-in's own unit: a counter that does not grow is a copy.</summary>
    public static async Task UsedAsync(PortalDb db, long userId, UserPasskeyInfo shown)
    {
        var passkey = await db.Passkeys.SingleOrDefaultAsync(p => p.UserId == userId && p.CredentialId == shown.CredentialId)
            ?? throw new BadCredentials("This passkey was removed. Sign in another way.", "invalid_passkey");
        (passkey.Data.SignCount, passkey.Data.IsBackedUp, passkey.Data.IsUserVerified) = (shown.SignCount, shown.IsBackedUp, shown.IsUserVerified);
    }

    private static byte[] Credential(string id) => Base64Url.IsValid(id) ? Base64Url.DecodeFromChars(id) : [];

    // An admin who looks at a client's portal would change their own account there.
    private static void RefuseViewers(Actor actor)
    {
        if (actor.Viewing is not null)
            throw new Forbidden(Can.SeeSelf);
    }

    private IdentityPasskeyData Data(UserPasskeyInfo made, string name) => new()
    {
        Name = name,
        CreatedAt = new(time.Now(), TimeSpan.Zero),
        PublicKey = made.PublicKey,
        SignCount = made.SignCount,
        Transports = made.Transports,
        IsUserVerified = made.IsUserVerified,
        IsBackupEligible = made.IsBackupEligible,
        IsBackedUp = made.IsBackedUp,
        AttestationObject = made.AttestationObject,
        ClientDataJson = made.ClientDataJson,
    };
}
