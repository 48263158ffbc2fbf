using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>
/// What the other side has told of a message after it took it, found by what it called the message. It may be told before our own row knows the
/// receipt, twice, and in any order: what is furthest holds, and of each step the earliest time.
/// </summary>
public sealed class DeliveryReport
{
    public const int LongestReceipt = 200;
    private const int LongestTrouble = 300;

    public long Id { get; init; }

    public required string Channel { get; init; }

    public required string Receipt { get; init; }

    /// <summary>Who told of it.</summary>
    public required string Provider { get; init; }

    public required DateTime HeardAt { get; init; }

    public ReportStatus Status { get; private set; }

    /// <summary>When it got there, by the provider's clock.</summary>
    public DateTime At { get; private set; }

    public DateTime? DeliveredAt { get; private set; }

    public DateTime? ReadAt { get; private set; }

    /// <summary>Why it did not get further, in the provider's words.</summary>
    public string? Trouble { get; private set; }

    /// <returns>Whether it is further than it was.</returns>
    public bool Hear(ReportStatus status, DateTime at, string? trouble)
    {
        trouble = trouble is { Length: > LongestTrouble } ? trouble[..LongestTrouble] : trouble;
        if (status is ReportStatus.Delivered)
            DeliveredAt = Earlier(DeliveredAt, at);
        if (status is ReportStatus.Read)
            ReadAt = Earlier(ReadAt, at);
        var (isFurther, isSame) = (At == default || status > Status, At != default && status == Status);
        if (isFurther || (isSame && (at < At || (at == At && string.CompareOrdinal(trouble, Trouble) < 0))))
            (Status, At, Trouble) = (status, at, trouble);
        return isFurther;
    }

    private static DateTime Earlier(DateTime? one, DateTime other) => one is { } known && known < other ? known : other;
}

/// <summary>
/// How far a message is, each further than those before it. What was delivered has not failed, whatever was said before; but mail that was
/// delivered may still come back, and a complaint is the last word.
/// </summary>
public enum ReportStatus
{
    Queued,
    Sent,
    Delayed,
    Failed,
    Delivered,
    Read,
    Bounced,
    Complained,
}

internal sealed class DeliveryReportTable : IEntityTypeConfiguration<DeliveryReport>
{
    public void Configure(EntityTypeBuilder<DeliveryReport> builder)
    {
        builder.ToTable("DeliveryReports");
        builder.Property(r => r.Channel).HasMaxLength(40);
        builder.Property(r => r.Receipt).HasMaxLength(DeliveryReport.LongestReceipt);
        builder.Property(r => r.Provider).HasMaxLength(40);

        // Two hosts that hear of the same message do not overlook each other.
        builder.Property(r => r.Status).IsConcurrencyToken();
        builder.HasIndex(r => new { r.Receipt, r.Channel }).IsUnique();
        builder.HasIndex(r => new { r.HeardAt, r.Id });
    }
}
