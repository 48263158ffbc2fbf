namespace Portal.Core.Foundation;

/// <summary>Whom our mail comes from: the configured address with the agency's name, answers to the agency's own address.</summary>
public sealed class Letterhead(Database database, SmtpOptions options, TimeProvider time)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(30);
    private static readonly Actor Self = Actor.System("mail");
    private Known? last;

    /// <summary>What a mail's Message-ID ends with.</summary>
    public string OwnName => options.OwnName;

    public async ValueTask<MailSender> SenderAsync(CancellationToken ct)
    {
        if (last is { } kept && time.Now() - kept.At < Kept)
            return kept.Sender;
        await using var db = database.Open(Self, Can.KeepHouse);
        var agency = await db.Agency.AsNoTracking().SingleOrDefaultAsync(ct) ?? new Agency();
        var sender = Of(agency);
        last = new(sender, time.Now());
        return sender;
    }

    private MailSender Of(Agency agency)
    {
        var own = agency.SenderEmail is { Length: > 0 } email ? email : null;
        var from = options.From ?? own ?? $"no-reply@{options.OwnName}";

        // Answers to an address that is none are worth less than the mail.
        return new(agency.SenderName, from, own is null || own == from || MailRecipient.TryParse(own) is null ? null : own);
    }

    private sealed record Known(MailSender Sender, DateTime At);
}
