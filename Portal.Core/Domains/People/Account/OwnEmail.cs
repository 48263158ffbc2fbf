using Microsoft.AspNetCore.Identity;

namespace Portal.Core.Domains.People;

/// <summary>Another address for an account: it counts once a code that was sent there has come back.</summary>
public sealed class OwnEmail(
    Database database, Lane lane, OneTimeCodes codes, OwnSecret secret, ILookupNormalizer normalizer, PersonDirectory people, MailComposer mails, TimeProvider time)
{
    /// <summary>To whoever asks, an address that someone else has looks like any other; it only gets no mail.</summary>
    public async Task StartAsync(Actor actor, ChangeEmail input, CancellationToken ct = default)
    {
        Input.Check(input);
        var (email, normal) = (input.Email, normalizer.NormalizeEmail(input.Email));
        await using var db = database.Open(actor, Can.SeeSelf);
        var user = await db.MyselfAsync(actor, ct);
        await secret.NeedPasswordAsync(user, input.Password, "password", ct);
        if (normal == user.NormalizedEmail)
            throw new Invalid("email", "That is the address you have.");
        await codes.CountAsync(normal, $"user {user.Id}", ct);
        var isTaken = await IsTakenAsync(user, normal, ct);
        await codes.SendAsync(db, email, user, CodePurpose.ChangeEmail, isTaken ? null : email, ct);
        await db.SaveChangesAsync(ct);
    }

    public async Task ConfirmAsync(Actor actor, ConfirmEmail input, CancellationToken ct = default)
    {
        Input.Check(input);

        // A wrong code costs a try, which must be saved: so it is an outcome and no exception.
        var isRight = await lane.RunAsync(await MyselfAsync(actor, ct), Can.KeepHouse, async db =>
        {
            var user = await db.MyselfAsync(actor, ct);
            var code = await PendingAsync(db, user.Id, ct);
            if (!codes.Try(code, input.Code) || await IsTakenAsync(db, user.Id, normalizer.NormalizeEmail(code!.Email), ct))
                return false;
            await Registrations.MakeWayAsync(db, normalizer.NormalizeEmail(code.Email), time.Now(), ct);
            await ChangeAsync(db, user, code.Email, ct);
            return true;
        }, ct);
        if (!isRight)
            throw OneTimeCodes.Wrong();
        people.Forget(actor.UserId);
    }

    // In their own name, and with sight of who else has or claims the address.
    private async Task<Actor> MyselfAsync(Actor actor, CancellationToken ct)
    {
        await using var db = database.Open(actor, Can.SeeSelf);
        return Actor.InNameOf(await db.MyselfAsync(actor, ct));
    }

    private async Task<bool> IsTakenAsync(PortalUser user, string normal, CancellationToken ct)
    {
        await using var db = database.Open(Actor.InNameOf(user), Can.KeepHouse);
        return await IsTakenAsync(db, user.Id, normal, ct);
    }

    /// <summary>The newest code for another address, whose row holds that address as it was written.</summary>
    internal static Task<OneTimeCode?> PendingAsync(PortalDb db, long userId, CancellationToken ct) => db.OneTimeCodes
        .Where(c => c.UserId == userId && c.Purpose == CodePurpose.ChangeEmail).OrderByDescending(c => c.Id).FirstOrDefaultAsync(ct);

    private static Task<bool> IsTakenAsync(PortalDb db, long userId, string normal, CancellationToken ct) =>
        Registrations.Settled(db).AnyAsync(u => u.Id != userId && (u.NormalizedEmail == normal || u.NormalizedUserName == normal), ct);

    private async Task ChangeAsync(PortalDb db, PortalUser user, string email, CancellationToken ct)
    {
        var before = user.Email!;
        (user.Email, user.UserName) = (email, email);
        (user.NormalizedEmail, user.NormalizedUserName) = (normalizer.NormalizeEmail(email), normalizer.NormalizeName(email));
        user.EmailConfirmed = true;
        user.Touch();
        db.Record(new EmailChanged(user.Id, before, email));
        db.Add(await FarewellAsync(db, user, before, email, ct));
    }

    // What follows from the event goes to the new address; whoever still reads the old one must hear of it as well.
    private async Task<Delivery> FarewellAsync(PortalDb db, PortalUser user, string before, string after, CancellationToken ct)
    {
        var values = new Dictionary<string, object?> { ["after"] = after, ["when"] = time.Now() };
        var mail = await mails.ComposeAsync(db, "email_changed_farewell", Addressee.Of(user), values, ct: ct);
        return new Delivery
        {
            Key = $"old-address:{user.Id}:{Guid.CreateVersion7():N}",
            Channel = "email",
            Recipient = before,
            Title = mail.Subject,
            Body = mail.Text,
            Html = mail.Html,
            IsCritical = true,
            CreatedAt = time.Now(),
        }.From(time.Now());
    }
}
