namespace Portal.Core.Foundation;

/// <summary>Shows an admin how mail leaves the portal, and tries it by that way: over a talk of its own with a mail server, step by step, or as a delivery like any other.</summary>
public sealed class MailCheck(Database database, SmtpOptions options, IEnumerable<IChannel> channels, Letterhead letterhead, MailComposer mails, RateLimits limits, TimeProvider time)
{
    public static readonly RateLimit Tries = new("mail-check", 10, TimeSpan.FromMinutes(10));
    private const int Looks = 60;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(250);

    /// <summary>Whether what is to be mailed leaves: by a server, by a provider, or into files in development.</summary>
    public async ValueTask<bool> HasMailAsync(CancellationToken ct = default) => (await channels.ReadyAsync(ct)).Contains(MailSuppression.Channel);

    public async Task<MailSetupView> SeeAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.ManageAgency);
        var sender = await letterhead.SenderAsync(ct);
        var waiting = await db.Deliveries.Where(d => d.Channel == MailSuppression.Channel && (d.Status == DeliveryStatus.Waiting || d.Status == DeliveryStatus.Sending)).Take(PageRequest.DeepestRow).CountAsync(ct);
        var suppressed = await db.MailSuppressions.Take(PageRequest.DeepestRow).CountAsync(ct);
        var (way, provider) = await WayAsync(ct);
        return way is MailWay.Server
            ? new(way, options.Host, options.Port, options.IsImplicitTls ? MailTls.Implicit : MailTls.StartTls, options.User, sender.Name, sender.Address, sender.ReplyTo, waiting, suppressed)
            : new(way, null, null, null, null, sender.Name, sender.Address, sender.ReplyTo, waiting, suppressed, provider);
    }

    public async Task<MailCheckReport> TryAsync(Actor actor, CancellationToken ct = default)
    {
        var delivery = await TestMailAsync(actor, ct);
        var (way, provider) = await WayAsync(ct);
        if (way is MailWay.None)
            throw new RuleBroken("mail_not_set_up", "Nothing is set up to send mail by: an admin can do so under Settings, Integrations, or SMTP_HOST names a mail server.");
        if (await limits.TakeAsync(Tries, $"user {actor.UserId}", ct: ct) is { Allowed: false } verdict)
            throw new TooOften(verdict.RetryAfter, $"That was too often. Try again in {Math.Ceiling(verdict.RetryAfter.TotalMinutes)} minutes.");
        var report = way is MailWay.Server ? await TalkAsync(delivery, ct) : await HandAsync(actor, delivery, provider ?? "The mailbox", ct);
        await using var db = database.Open(actor, Can.ManageAgency);
        db.Record(new MailTried(Agency.TheId, report.Worked));
        await db.SaveChangesAsync(ct);
        return report;
    }

    private async ValueTask<(MailWay Way, string? Provider)> WayAsync(CancellationToken ct)
    {
        var hasOwn = false;
        foreach (var channel in channels.Where(c => c.Name == MailSuppression.Channel))
        {
            if (await channel.ThroughAsync(ct) is { } provider)
                return (MailWay.Provider, provider);
            hasOwn |= await channel.IsSetUpForAsync(isSandbox: false, ct); // what only tries things out sends none of ours
        }

        return (options.IsSetUp ? MailWay.Server : hasOwn ? MailWay.Files : MailWay.None, null);
    }

    // A talk with the server while the person waits: no row, because nothing is to be sent later if this is not.
    private async Task<Delivery> TestMailAsync(Actor actor, CancellationToken ct)
    {
        await using var db = database.Open(actor, Can.ManageAgency);
        var to = await db.Users.AsNoTracking().SingleAsync(u => u.Id == actor.UserId, ct);
        var mail = await mails.ComposeAsync(db, "mail_test", Addressee.Of(to), new Dictionary<string, object?> { ["link"] = "/dashboard/admin/settings/email", ["when"] = time.Now() }, ct: ct);
        return new()
        {
            Key = $"mail-check:{Guid.CreateVersion7():N}",
            Channel = MailSuppression.Channel,
            Recipient = to.Email!,
            Title = mail.Subject,
            Body = mail.Text,
            Html = mail.Html,
            CreatedAt = time.Now(),
        };
    }

    private async Task<MailCheckReport> TalkAsync(Delivery delivery, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        await using var connection = new SmtpConnection(options);
        try
        {
            await connection.OpenAsync(patience.Token);
            var reply = await connection.SendAsync(Mailing.Of(delivery, await letterhead.SenderAsync(ct), options.OwnName), patience.Token, patience.Token);
            return new(delivery.Recipient, true, [.. MailStep.Before(connection, null), new(SmtpStep.Content, MailStepOutcome.Done, reply.ToString())]);
        }
        catch (Exception e) when (!ct.IsCancellationRequested && Words(e) is { } words)
        {
            return new(delivery.Recipient, false, [.. MailStep.Before(connection, connection.Step), new(connection.Step, MailStepOutcome.Failed, words)]);
        }
    }

    /// <summary>A provider's account is reached as all mail reaches it: by a row. What becomes of it is waited for, but not for long.</summary>
    private async Task<MailCheckReport> HandAsync(Actor actor, Delivery delivery, string by, CancellationToken ct)
    {
        await using (var db = database.Open(actor, Can.ManageAgency))
        {
            db.Add(delivery.From(time.Now()));
            await db.SaveChangesAsync(ct);
        }

        string? trouble = null;
        for (var look = 0; look < Looks; look++)
        {
            await Task.Delay(Pace, ct);
            await using var db = database.Open(actor, Can.ManageAgency);
            var now = await db.Deliveries.AsNoTracking().SingleAsync(d => d.Id == delivery.Id, ct);
            if (now.Status is DeliveryStatus.Sent)
                return Report(true, MailStepOutcome.Done, now.Receipt is null ? $"{by} has it." : $"{by} has it, as {now.Receipt}.");
            trouble = now.Trouble;
            if (now.Status is DeliveryStatus.Dead or DeliveryStatus.Stopped or DeliveryStatus.NotNeeded)
                return Report(false, MailStepOutcome.Failed, trouble ?? "It was not sent.");
        }

        return Report(false, MailStepOutcome.Waiting, $"{trouble} It waits to be sent: Deliveries says what becomes of it.".TrimStart());

        MailCheckReport Report(bool worked, MailStepOutcome outcome, string words) => new(delivery.Recipient, worked, [new(SmtpStep.Content, outcome, words)]);
    }

    private static string? Words(Exception error) =>
        error is OperationCanceledException ? "The server did not answer in time." : error is RefusedForGood or OurTrouble ? error.Message : SmtpMail.InOurWords(error)?.Message;
}

/// <summary>How mail leaves the portal.</summary>
public enum MailWay
{
    None,
    Files,
    Server,

    /// <summary>By an account that an admin has set up under Integrations.</summary>
    Provider,
}

public enum MailTls
{
    StartTls,
    Implicit,
}

/// <summary>What is configured, without the password.</summary>
/// <param name="Waiting">Mails that have not left, exact up to 10,000.</param>
/// <param name="Suppressed">Addresses that have refused mail for good, exact up to 10,000.</param>
/// <param name="Provider">Whose account is used, where it is one of Integrations.</param>
public sealed record MailSetupView(
    MailWay Way, string? Host, int? Port, MailTls? Tls, string? User, string FromName, string FromAddress, string? ReplyTo, int Waiting, int Suppressed, string? Provider = null);

public sealed record MailCheckReport(string Recipient, bool Worked, IReadOnlyList<MailStep> Steps)
{
    public bool IsWaiting => Steps is [.., { Outcome: MailStepOutcome.Waiting }];
}

public enum MailStepOutcome
{
    Done,
    Skipped,
    Failed,

    /// <summary>Nobody knows yet.</summary>
    Waiting,
}

/// <param name="Step">Of a mail that a provider takes there is only the last.</param>
/// <param name="Outcome">How it went.</param>
/// <param name="Detail">What the server said, or what went wrong.</param>
public sealed record MailStep(SmtpStep Step, MailStepOutcome Outcome, string? Detail)
{
    // In the order in which a person thinks of them: TLS may come before or after the greeting.
    private static readonly SmtpStep[] Shown = [SmtpStep.Connect, SmtpStep.Tls, SmtpStep.Login];

    /// <summary>The steps that went well, up to the one that did not.</summary>
    internal static IEnumerable<MailStep> Before(SmtpConnection connection, SmtpStep? failed) => Shown
        .Where(step => step != failed && (connection.Said.ContainsKey(step) || failed is null or >= SmtpStep.Sender))
        .Select(step => connection.Said.TryGetValue(step, out var said) ? new MailStep(step, MailStepOutcome.Done, said) : new(step, MailStepOutcome.Skipped, null));
}

/// <summary>An admin tried how mail leaves the portal.</summary>
public sealed record MailTried(long AgencyId, bool Worked) : DomainEvent
{
    public override Subject About => new("agency", AgencyId);
}
