using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>
/// An attempt to send a delivery that did not go well. The one that did is told by the delivery's own row, so that thousands of mails a
/// minute that are taken at once cost no row more.
/// </summary>
public sealed class DeliveryAttempt : IMayBelongToClient
{
    private const int LongestWords = 400;

    public long Id { get; init; }

    public required long DeliveryId { get; init; }

    public long? ClientId { get; init; }

    public required DateTime At { get; init; }

    public required int TookMs { get; init; }

    public required AttemptOutcome Outcome { get; init; }

    /// <summary>What the other side said, or what was wrong with us.</summary>
    public required string Words { get; init; }

    public required string Host { get; init; }

    /// <summary>It was not even tried: the address has refused mail before.</summary>
    internal static DeliveryAttempt Suppressed(Delivery delivery, string words, DateTime now) => new()
    {
        DeliveryId = delivery.Id,
        ClientId = delivery.ClientId,
        At = now,
        TookMs = 0,
        Outcome = AttemptOutcome.Suppressed,
        Words = Cut(words),
        Host = HostName.Own,
    };

    internal static string Cut(string words) => words.Length > LongestWords ? words[..LongestWords] : words;
}

/// <summary>How an attempt ended.</summary>
public enum AttemptOutcome
{
    Sent,
    Failed,
    PutOff,
    RefusedForGood,
    Suppressed,
}

internal sealed class DeliveryAttemptTable : IEntityTypeConfiguration<DeliveryAttempt>
{
    public void Configure(EntityTypeBuilder<DeliveryAttempt> builder)
    {
        builder.ToTable("DeliveryAttempts");
        builder.Property(a => a.Host).HasMaxLength(HostName.Longest);
        builder.HasOne<Delivery>().WithMany().HasForeignKey(a => a.DeliveryId);
        builder.HasIndex(a => new { a.DeliveryId, a.Id });
    }
}
