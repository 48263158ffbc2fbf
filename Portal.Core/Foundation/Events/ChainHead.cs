using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>How long a chain is, so that rows missing from its end show.</summary>
public sealed class ChainHead
{
    public const string Events = "events";

    public required string Name { get; init; }

    public long Number { get; set; }

    public byte[] Mac { get; set; } = [];
}

internal sealed class ChainHeadTable : IEntityTypeConfiguration<ChainHead>
{
    public void Configure(EntityTypeBuilder<ChainHead> builder)
    {
        builder.ToTable("ChainHeads").HasKey(h => h.Name);
        builder.Property(h => h.Name).HasMaxLength(32);
        builder.Property(h => h.Number).IsConcurrencyToken();
        builder.Property(h => h.Mac).HasMaxLength(32);
    }
}
