using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Core.Foundation;

/// <summary>A part of what left or should have. Q is the beginning of the recipient; days are those of the zone.</summary>
public sealed class DeliveryPage : PageRequest
{
    [FromQuery(Name = "status")]
    public Choice<DeliveryState>? Status { get; set; }

    [MaxLength(40), FromQuery(Name = "channel")]
    public string? Channel { get; set; }

    [FromQuery(Name = "client")]
    public long? Client { get; set; }

    /// <summary>The beginning of the subject.</summary>
    [MaxLength(200), FromQuery(Name = "subject")]
    public string? Subject { get; set; }

    [FromQuery(Name = "from")]
    public DateOnly? From { get; set; }

    [FromQuery(Name = "to")]
    public DateOnly? To { get; set; }

    /// <summary>Where the days are counted; UTC unless said.</summary>
    [MaxLength(64), FromQuery(Name = "zone")]
    public string? Zone { get; set; }
}

/// <summary>How far a delivery is. Retrying ones wait as well: at least one attempt did not go well.</summary>
public enum DeliveryState
{
    Waiting,
    Retrying,
    Sending,
    Sent,
    Dead,
    Stopped,
    NotNeeded,
}

/// <param name="Tries">How often it was tried: as many as there are attempts to see, put off or not.</param>
/// <param name="Trouble">In the words of the other side.</param>
public sealed record DeliveryView(
    long Id, string Channel, string Recipient, string Title, DeliveryStatus Status, int Tries,
    DateTime CreatedAt, DateTime? NextTryAt, DateTime? SentAt, string? Trouble, string? Receipt, long? ClientId, string? ClientName, bool IsSecret)
{
    /// <summary>What its provider has told since it took it, where that is more than that it did.</summary>
    public ReportStatus? Reported { get; init; }

    /// <summary>Why it did not arrive, or not yet, in plain words where the code is known.</summary>
    public string? Error { get; init; }

    public string? ErrorCode { get; init; }

    /// <summary>Both in one line, for a person.</summary>
    [JsonIgnore]
    public string? Why => Error is null ? null : new MessageError(Error, ErrorCode).Line;

    public DeliveryState State => Status switch
    {
        DeliveryStatus.Waiting => Trouble is not null ? DeliveryState.Retrying : DeliveryState.Waiting,
        DeliveryStatus.Sending => DeliveryState.Sending,
        DeliveryStatus.Sent => DeliveryState.Sent,
        DeliveryStatus.Stopped => DeliveryState.Stopped,
        DeliveryStatus.NotNeeded => DeliveryState.NotNeeded,
        _ => DeliveryState.Dead,
    };

    /// <summary>What it held was not only good then.</summary>
    public bool CanBeSentAgain => Status is DeliveryStatus.Dead or DeliveryStatus.Stopped && !IsSecret;
}

/// <summary>All there is to know of a delivery but its content.</summary>
/// <param name="Cause">What it follows from; null where the portal was asked for it directly.</param>
/// <param name="Headers">Of a mail, as they go out; in the order in which they are written.</param>
/// <param name="Attempts">Oldest first. Attempts before the last time it was sent again are among them.</param>
public sealed record DeliveryDetail(DeliveryView Delivery, DeliveryCause? Cause, bool IsCritical, IReadOnlyList<MailHeader> Headers, IReadOnlyList<AttemptView> Attempts);

public sealed record DeliveryCause(long EventId, string Type, DateTime At, string ActorName);

public sealed record MailHeader(string Name, string Value);

public sealed record AttemptView(DateTime At, int? TookMs, AttemptOutcome Outcome, string? Words, string? Host);

/// <summary>What a message says. Html is null where it has only words.</summary>
public sealed record DeliveryContent(string Title, string Text, string? Html);

/// <summary>How many there are of what may need someone, each exact up to 10,000.</summary>
/// <param name="Retrying">Of the 10,000 that have waited longest.</param>
public sealed record DeliveryCounts(int Waiting, int Retrying, int Sending, int Dead, int Stopped, int Suppressed);

/// <summary>What is to be sent again: these, or all that were given up and fit the filter. At most 500 at once.</summary>
public sealed class SendAgainMany
{
    public const int Most = 500;

    /// <summary>Only these; without them, all of the filter.</summary>
    [MaxLength(Most, ErrorMessage = "At most 500 at once.")]
    public IReadOnlyList<long>? Ids { get; set; }

    /// <summary>Only what was last tried before: what failed again since somebody first asked is not sent a third time.</summary>
    public DateTime? Before { get; set; }

    [MaxLength(200)]
    public string? Q { get; set; }

    [MaxLength(200)]
    public string? Subject { get; set; }

    [MaxLength(40)]
    public string? Channel { get; set; }

    public long? Client { get; set; }

    public DateOnly? From { get; set; }

    public DateOnly? To { get; set; }

    [MaxLength(64)]
    public string? Zone { get; set; }

    internal DeliveryPage Filter => new() { Q = Q, Subject = Subject, Channel = Channel, Client = Client, From = From, To = To, Zone = Zone };
}

/// <param name="Count">How many are due now.</param>
/// <param name="Left">How many more the filter has, exact up to 10,000: ask again for the next.</param>
/// <param name="Forgotten">How many of the wanted hold nothing any more, or were not given up.</param>
public sealed record SentAgain(int Count, int Left, int Forgotten);

/// <summary>A part of the addresses that refuse mail. Q is the beginning of one.</summary>
public sealed class SuppressionPage : PageRequest;

/// <param name="IsComplaint">Somebody called our mail unwanted: it ends only when it is lifted, or that very message is sent again.</param>
public sealed record SuppressionView(long Id, string Address, string Reason, DateTime Since, bool IsComplaint);
