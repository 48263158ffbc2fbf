using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>A request that was made with an Idempotency-Key, and the answer it got.</summary>
public sealed class AnsweredRequest
{
    public long Id { get; init; }

    /// <summary>Who, by which route, under which key.</summary>
    public required string Door { get; init; }

    public required byte[] BodyHash { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>Until then the host that took it is at work on it.</summary>
    public DateTime WorkingUntil { get; set; }

    /// <summary>Null while it is worked on.</summary>
    public int? Status { get; set; }

    public string? ContentType { get; set; }

    public string? Location { get; set; }

    /// <summary>In the secret box: an answer may hold what only its asker should see.</summary>
    public string? SealedBody { get; set; }
}

internal sealed class AnsweredRequestTable : IEntityTypeConfiguration<AnsweredRequest>
{
    public void Configure(EntityTypeBuilder<AnsweredRequest> builder)
    {
        builder.ToTable("AnsweredRequests");
        builder.Property(r => r.Door).HasMaxLength(80);
        builder.Property(r => r.BodyHash).HasMaxLength(32);
        builder.Property(r => r.WorkingUntil).IsConcurrencyToken();
        builder.Property(r => r.ContentType).HasMaxLength(100);
        builder.Property(r => r.SealedBody).HasMaxLength(-1);
        builder.HasIndex(r => r.Door).IsUnique();
        builder.HasIndex(r => r.CreatedAt);
    }
}
