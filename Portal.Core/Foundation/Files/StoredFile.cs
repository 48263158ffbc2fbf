using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>A file someone gave us or the portal made. The row says what it is; the store has its bytes under a name of its own.</summary>
public sealed class StoredFile : IMayBelongToClient
{
    public long Id { get; init; }

    public long? ClientId { get; init; }

    /// <summary>As the person named it; only ever shown, never a path.</summary>
    public required string Name { get; init; }

    public required string ContentType { get; init; }

    public required long Size { get; init; }

    public required byte[] Sha256 { get; init; }

    public required string StoreKey { get; init; }

    public required DateTime CreatedAt { get; init; }
}

internal sealed class StoredFileTable : IEntityTypeConfiguration<StoredFile>
{
    public void Configure(EntityTypeBuilder<StoredFile> builder)
    {
        builder.ToTable("Files");
        builder.Property(f => f.Name).HasMaxLength(255);
        builder.Property(f => f.ContentType).HasMaxLength(100);
        builder.Property(f => f.Sha256).HasMaxLength(32);
        builder.Property(f => f.StoreKey).HasMaxLength(64);
        builder.HasIndex(f => f.StoreKey).IsUnique();
        builder.HasIndex(f => new { f.ClientId, f.Id });
    }
}
