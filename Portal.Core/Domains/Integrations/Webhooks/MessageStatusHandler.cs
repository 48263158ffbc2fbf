namespace Portal.Core.Domains.Integrations;

/// <summary>What providers tell of messages becomes reports on deliveries; an address that mail came back from, or whose owner complained, gets no more.</summary>
public sealed class MessageStatusHandler(TimeProvider time) : IInboxHandler
{
    private static readonly string[] OfSendgrid = ["processed", "deferred", "delivered", "open", "click", "bounce", "dropped", "spamreport"];

    // A mail that came in is somebody else's business.
    private static readonly string[] OfResend =
        ["email.scheduled", "email.sent", "email.delivery_delayed", "email.failed", "email.delivered", "email.opened", "email.clicked", "email.bounced", "email.suppressed", "email.complained"];

    public bool Takes(string provider, string type) => provider switch
    {
        "sendgrid" => OfSendgrid.Contains(type),
        "resend" => OfResend.Contains(type),
        "twilio" or "whatsapp" => type.StartsWith("status.", StringComparison.Ordinal),
        _ => false,
    };

    public async Task<IReadOnlyList<string>> HandleAsync(IReadOnlyList<InboxMessage> messages, PortalDb db, CancellationToken ct)
    {
        var changes = messages.Select(MessageStatuses.Of).ToList();

        // What came back where nothing is real says nothing of an address that real mail goes to.
        var heard = changes.Zip(messages).Where(c => c.First is not null).Select(c => Heard(c.First!, c.Second.IsSandbox)).ToList();
        var ours = await OurMessages.AmongAsync(db, [.. changes.OfType<MessageStatusChange>()], ct);
        var notes = new Queue<(bool IsFurther, bool IsOurs)>((await HeardReports.AddAsync(db, heard, time.Now(), ct)).Zip(ours));
        return changes.ConvertAll(c => c is null ? "Told of nothing that we know." : Note(c, notes.Dequeue()));
    }

    /// <summary>What is not ours is kept all the same: what a message is called may be known here only later.</summary>
    private static string Note(MessageStatusChange told, (bool IsFurther, bool IsOurs) now) =>
        !now.IsOurs ? InboxRow.NotOurs : now.IsFurther ? $"Message is {Input.Name(told.Status.ToString())}." : "Message was as far already.";

    private static HeardReport Heard(MessageStatusChange told, bool isSandbox) =>
        new(told.Channel, told.ProviderMessageId, Input.Name(told.Provider.ToString()), told.Status, told.At, told.Error, isSandbox ? null : told.Address);
}
