using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.Integrations;

/// <summary>
/// Written down before a delivery is handed to a provider, and kept when it was taken or nobody knows. Most providers have no way to say
/// the same message once: by this row whoever comes back to a delivery, even after a host was killed, sees that it may have arrived.
/// </summary>
public sealed class ProviderHandover : IMayBelongToClient
{
    public required long DeliveryId { get; init; }

    public long? ClientId { get; init; }

    public required Provider Provider { get; set; }

    public required bool IsSandbox { get; set; }

    /// <summary>Which account of it, as <see cref="ProviderHttp.NameOf"/> names it: with other credentials it is another, which knows nothing of what the last one was given.</summary>
    public required string Account { get; set; }

    public required DateTime BeganAt { get; init; }

    /// <summary>When the provider is asked what became of it, unless it has told by then; null where nothing is left to ask, or nobody can be asked.</summary>
    public DateTime? NextLookAt { get; set; }
}

internal sealed class ProviderHandoverTable : IEntityTypeConfiguration<ProviderHandover>
{
    public void Configure(EntityTypeBuilder<ProviderHandover> builder)
    {
        builder.ToTable("ProviderHandovers").HasKey(h => h.DeliveryId);
        builder.Property(h => h.DeliveryId).ValueGeneratedNever();
        builder.Property(h => h.Account).HasMaxLength(40);
        builder.HasIndex(h => new { h.Provider, h.NextLookAt }).HasFilter("\"NextLookAt\" IS NOT NULL");
        builder.HasIndex(h => h.BeganAt);
    }
}
