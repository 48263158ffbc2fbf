using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>A data key as the database keeps it: wrapped by the master key, which it never sees.</summary>
public sealed class SecretKey
{
    public const string Box = "box";
    public const string Chain = "chain";

    public long Id { get; init; }

    public required string Purpose { get; init; }

    /// <summary>Counts from one. The chain's key has one generation for ever.</summary>
    public required int Generation { get; init; }

    public required byte[] Wrapped { get; set; }

    public required DateTime CreatedAt { get; init; }
}

internal sealed class SecretKeyTable : IEntityTypeConfiguration<SecretKey>
{
    public void Configure(EntityTypeBuilder<SecretKey> builder)
    {
        builder.ToTable("SecretKeys");
        builder.Property(k => k.Purpose).HasMaxLength(32);
        builder.Property(k => k.Wrapped).HasMaxLength(256);
        builder.HasIndex(k => new { k.Purpose, k.Generation }).IsUnique();
    }
}
