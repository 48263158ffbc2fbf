using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>A P-256 key that signs access tokens. It is published a day before it is used and a day after it is replaced.</summary>
public sealed class SigningKey
{
    public long Id { get; init; }

    public required string Kid { get; init; }

    /// <summary>Counts from one, so that two hosts that rotate at once make one key.</summary>
    public required int Generation { get; init; }

    public required string X { get; init; }

    public required string Y { get; init; }

    /// <summary>PKCS#8 in the secret box.</summary>
    public required string SealedPrivateKey { get; init; }

    public required DateTime UsableFromAt { get; init; }

    /// <summary>Null for the newest.</summary>
    public DateTime? RetiresAt { get; set; }
}

internal sealed class SigningKeyTable : IEntityTypeConfiguration<SigningKey>
{
    public void Configure(EntityTypeBuilder<SigningKey> builder)
    {
        builder.ToTable("SigningKeys");
        builder.Property(k => k.Kid).HasMaxLength(64);
        builder.Property(k => k.X).HasMaxLength(64);
        builder.Property(k => k.Y).HasMaxLength(64);
        builder.Property(k => k.SealedPrivateKey).HasMaxLength(1000);
        builder.HasIndex(k => k.Kid).IsUnique();
        builder.HasIndex(k => k.Generation).IsUnique();
    }
}
