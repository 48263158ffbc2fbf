using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.Integrations;

/// <summary>Something that a simulated provider has: a message it took, a customer, a payment. What it says lies here sealed, for people are written to with it.</summary>
public sealed class SimulatedObject : IVersioned
{
    public const int LongestKind = 24;
    public const int LongestId = 160;

    public long Id { get; init; }

    public required Provider Provider { get; init; }

    public required string Kind { get; init; }

    /// <summary>What the provider calls it.</summary>
    public required string ExternalId { get; init; }

    /// <summary>Whose it is there: a customer's, a payment's; of a message, whom it went to.</summary>
    public string? Owner { get; set; }

    /// <summary>In the provider's own words.</summary>
    public string? Status { get; set; }

    public required string Sealed { get; set; }

    public required DateTime CreatedAt { get; init; }

    public long Version { get; set; }
}

internal sealed class SimulatedObjectTable : IEntityTypeConfiguration<SimulatedObject>
{
    public void Configure(EntityTypeBuilder<SimulatedObject> builder)
    {
        builder.ToTable("SimulatedObjects");
        builder.Property(o => o.Kind).HasMaxLength(SimulatedObject.LongestKind);
        builder.Property(o => o.ExternalId).HasMaxLength(SimulatedObject.LongestId);
        builder.Property(o => o.Owner).HasMaxLength(320);
        builder.Property(o => o.Status).HasMaxLength(40);
        builder.Property(o => o.Sealed).HasMaxLength(-1);
        builder.HasIndex(o => new { o.Provider, o.Kind, o.ExternalId }).IsUnique();
        builder.HasIndex(o => new { o.Provider, o.Kind, o.Id });
        builder.HasIndex(o => new { o.Provider, o.Kind, o.Owner, o.Id });
        builder.HasIndex(o => new { o.Kind, o.CreatedAt });
    }
}
