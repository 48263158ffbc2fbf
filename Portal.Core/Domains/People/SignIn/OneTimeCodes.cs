using System.Globalization;
using System.Security.Cryptography;

namespace Portal.Core.Domains.People;

/// <summary>Sends six figures to an address and knows them again. An address that nobody has costs the same work and gets no mail.</summary>
public sealed class OneTimeCodes(Lane lane, SecretBox box, RateLimits limits, MailComposer mails, TimeProvider time)
{
    public static readonly RateLimit SentTo = new("code-sent", 5, TimeSpan.FromMinutes(15));
    public static readonly RateLimit SentFrom = new("code-sent-address", 50, TimeSpan.FromMinutes(15));
    private const string Purpose = "one-time-code";
    private static readonly Actor Self = Actor.System("codes");

    /// <summary>Refuses whoever asks too often, whether or not anybody has the address.</summary>
    public async Task CountAsync(string email, string address, CancellationToken ct)
    {
        foreach (var (limit, who) in new[] { (SentTo, email), (SentFrom, address) })
        {
            if (await limits.TakeAsync(limit, who, ct: ct) is { Allowed: false } verdict)
                throw new TooOften(verdict.RetryAfter, $"That was too often. Try again in {Math.Ceiling(verdict.RetryAfter.TotalMinutes)} minutes.");
        }
    }

    /// <summary>Adds code and mail to the caller's unit of work.</summary>
    /// <param name="email">Normalised as Identity does.</param>
    /// <param name="user">Whom it lets in; null when nobody has the address.</param>
    /// <param name="sendTo">Where the mail goes; null for none.</param>
    /// <param name="ct">Stops it.</param>
    public async Task SendAsync(PortalDb db, string email, PortalUser? user, CodePurpose purpose, string? sendTo, CancellationToken ct)
    {
        var (code, now) = (Add(db, email, user?.Id, purpose), time.Now());
        if (user is not null && sendTo is not null)
            db.Add(await MailAsync(db, purpose, user, code, sendTo, now, ct));
    }

    /// <summary>The same for a telephone.</summary>
    public void Text(PortalDb db, long userId, CodePurpose purpose, PhoneChannel channel, string number)
    {
        var (code, now) = (Add(db, number, userId, purpose), time.Now());
        db.Add(new Delivery
        {
            Key = $"secret:{Guid.CreateVersion7():N}",
            Channel = Input.Name(channel.ToString()),
            Recipient = number,
            Title = "Your code",
            Body = $"{code} is your code to confirm this number. It is good for ten minutes. If you did not ask for it, ignore it.",
            IsSecret = true,
            IsCritical = true,
            UserId = userId,
            CreatedAt = now,
        }.From(now));
    }

    /// <summary>A right code is used up by this; a wrong one costs a try of the newest code of that address and purpose.</summary>
    /// <returns>Whom it lets in.</returns>
    public Task<long> UseAsync(string email, CodePurpose purpose, string typed, CancellationToken ct) => UseAsync(email, purpose, typed, null, ct);

    /// <param name="email">Normalised as Identity does.</param>
    /// <param name="purpose">What it was sent for.</param>
    /// <param name="typed">As the person typed it.</param>
    /// <param name="ifWrong">What is written down of a wrong code for someone we know.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<long> UseAsync(string email, CodePurpose purpose, string typed, Func<long, DomainEvent>? ifWrong, CancellationToken ct)
    {
        var userId = await lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            var code = await db.OneTimeCodes.Where(c => c.Email == email && c.Purpose == purpose).OrderByDescending(c => c.Id).FirstOrDefaultAsync(ct);
            if (Try(code, typed))
                return code!.UserId;
            if (code is { UserId: { } known, UsedAt: null } && code.ExpiresAt > time.Now() && ifWrong is not null)
                db.Record(ifWrong(known));
            return null;
        }, ct);
        return userId ?? throw Wrong();
    }

    public static Invalid Wrong() => new("code", "That code is not right, or not any more. Codes are good for ten minutes.");

    /// <summary>Uses a right code up and counts a wrong one, on a row that the caller saves.</summary>
    internal bool Try(OneTimeCode? code, string typed)
    {
        var (figures, now) = (new string([.. typed.Where(char.IsAsciiDigit)]), time.Now());
        if (code is null || !code.IsGood(now))
            return false;
        if (!CryptographicOperations.FixedTimeEquals(Tokens.Hash(box.Open(code.SealedCode, Purpose)), Tokens.Hash(figures)) || code.UserId is null)
        {
            code.Tried();
            return false;
        }

        code.Use(now);
        return true;
    }

    /// <summary>Forgets codes a day after they stopped working.</summary>
    public Task<int> CleanUpAsync(CancellationToken ct) => lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        var old = time.Now().AddDays(-1);
        return await db.OneTimeCodes.Where(c => c.ExpiresAt < old).ExecuteDeleteAsync(ct) + await db.PendingSignIns.Where(p => p.ExpiresAt < old).ExecuteDeleteAsync(ct);
    }, ct);

    private string Add(PortalDb db, string to, long? userId, CodePurpose purpose)
    {
        var code = RandomNumberGenerator.GetInt32(1_000_000).ToString("D6", CultureInfo.InvariantCulture);
        db.Add(new OneTimeCode { UserId = userId, Purpose = purpose, Email = to, SealedCode = box.Seal(code, Purpose), ExpiresAt = time.Now() + OneTimeCode.Lifetime });
        return code;
    }

    private async Task<Delivery> MailAsync(PortalDb db, CodePurpose purpose, PortalUser user, string code, string sendTo, DateTime now, CancellationToken ct)
    {
        var template = purpose switch
        {
            CodePurpose.SignIn => "sign_in_code",
            CodePurpose.VerifyEmail => "verify_email",
            CodePurpose.ResetPassword => "reset_code",
            _ => "change_email_code",
        };

        var values = new Dictionary<string, object?> { ["code"] = code, ["expires"] = now + OneTimeCode.Lifetime };
        return SecretMail.To(sendTo, await mails.ComposeAsync(db, template, Addressee.Of(user), values, ct: ct), now);
    }
}
