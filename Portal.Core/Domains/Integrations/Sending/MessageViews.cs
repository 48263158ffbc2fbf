namespace Portal.Core.Domains.Integrations;

/// <summary>How far a message is, by our own row and by what its provider has told since.</summary>
public enum MessageState
{
    Queued,

    /// <summary>At least one try did not go well.</summary>
    Retrying,
    Sending,
    Sent,
    Delayed,
    Delivered,
    Read,
    Failed,
    Bounced,
    Complained,
    Stopped,
}

/// <param name="To">An address or a number.</param>
/// <param name="Subject">Of a mail; of the others, how they begin.</param>
/// <param name="Trouble">Why it did not arrive, or not yet.</param>
/// <param name="SentAt">When the provider took it.</param>
public sealed record MessageRow(
    long Id, MessageChannel Channel, long? ClientId, string? ClientName, string To, string Subject, string? Template, string Batch, MessageState Status, string? Trouble, int Tries,
    DateTime CreatedAt, DateTime? SentAt, DateTime? DeliveredAt, DateTime? ReadAt, string SentBy);

/// <param name="Body">What it says, as text.</param>
/// <param name="Provider">Who told of it last.</param>
/// <param name="Attempts">Oldest first.</param>
public sealed record MessageDetail(MessageRow Message, string Body, string? Provider, IReadOnlyList<AttemptView> Attempts);

/// <summary>What was sent with one request.</summary>
public sealed record SentBatch(string Batch, int Count, IReadOnlyList<SentTo> Items);

public sealed record SentTo(long Id, string To);

/// <summary>A client that messages can be sent for.</summary>
public sealed record SendingFor(long Id, string Name);

/// <summary>What is left at the provider of text messages, in its own figures.</summary>
public sealed record SmsBalanceView(string Provider, bool IsSandbox, string Balance, string Currency, DateTime At);
