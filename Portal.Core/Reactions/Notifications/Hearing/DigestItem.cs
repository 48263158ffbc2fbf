using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Reactions.Notifications;

/// <summary>News that waits for a person's next digest. Kept a while after, so that the same event is not taken in twice.</summary>
public sealed class DigestItem : IBelongsToPerson
{
    public static readonly TimeSpan Kept = TimeSpan.FromDays(30);

    public long Id { get; init; }

    public required long UserId { get; init; }

    public long? ClientId { get; init; }

    public required long EventId { get; init; }

    /// <summary>The key of its <see cref="NotificationType"/>.</summary>
    public required string Type { get; init; }

    /// <summary>What it is about: repeats about the same are one line.</summary>
    public required string Subject { get; init; }

    public required string Title { get; init; }

    public required string Text { get; init => field = value.Length <= Notification.LongestText ? value : value[..Notification.LongestText]; }

    public string? Link { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>When the digest it is for is written; null once that is done.</summary>
    public required DateTime? DueAt { get; set; }

    /// <summary>The key of the delivery that says it.</summary>
    public string? SaidIn { get; set; }
}

internal sealed class DigestItemTable : IEntityTypeConfiguration<DigestItem>
{
    public void Configure(EntityTypeBuilder<DigestItem> builder)
    {
        builder.ToTable("DigestItems");
        builder.Property(i => i.Type).HasMaxLength(40);
        builder.Property(i => i.Subject).HasMaxLength(120);
        builder.Property(i => i.Text).HasMaxLength(Notification.LongestText);
        builder.Property(i => i.DueAt).IsConcurrencyToken();
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(i => i.UserId);
        builder.HasIndex(i => new { i.EventId, i.Type, i.UserId }).IsUnique();
        builder.HasIndex(i => new { i.DueAt, i.UserId });
        builder.HasIndex(i => new { i.UserId, i.DueAt });
        builder.Property(i => i.SaidIn).HasMaxLength(80);
        builder.HasIndex(i => i.CreatedAt);
        builder.HasIndex(i => i.SaidIn);
    }
}
