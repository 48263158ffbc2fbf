using System.Text.Json.Serialization;

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
/// <param name="Error">Why it did not arrive, or not yet: in plain words where the code is known, else as the provider said it.</param>
/// <param name="ErrorCode">The provider's own code, where it named one.</param>
/// <param name="Tries">As many as there are attempts to see.</param>
/// <param name="SentAt">When the provider took it.</param>
public sealed record MessageRow(
    long Id, MessageChannel Channel, long? ClientId, string? ClientName, string To, string Subject, string? Template, string Batch, MessageState Status, string? Error, string? ErrorCode, int Tries,
    DateTime CreatedAt, DateTime? SentAt, DateTime? DeliveredAt, DateTime? ReadAt, string SentBy)
{
    /// <summary>Why, in one line for a person.</summary>
    [JsonIgnore]
    public string? Why => Error is null ? null : new MessageError(Error, ErrorCode).Line;
}

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
public sealed record SmsBalanceView(Provider Provider, bool IsSandbox, string Balance, string Currency, DateTime At);
