using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.Integrations;

/// <summary>Why a call of a provider, or of somebody who says so, was not taken.</summary>
public enum RefusedFor
{
    /// <summary>It is not signed at all: anybody may have sent it.</summary>
    NotSigned,

    /// <summary>Signed in the provider's way, but by no secret that we know, or too long ago.</summary>
    WrongSignature,

    /// <summary>It may be genuine: nobody has told us how they sign.</summary>
    NoSecret,

    /// <summary>It may be genuine: what they sign with cannot be had.</summary>
    NoCertificate,
}

/// <summary>The calls of one hour that were not taken, for one reason: one row, however many come.</summary>
public sealed class WebhookRefusal
{
    public long Id { get; init; }

    public required Provider Provider { get; init; }

    public required RefusedFor Reason { get; init; }

    /// <summary>Its beginning.</summary>
    public required DateTime Hour { get; init; }

    public required int Count { get; init; }

    public required DateTime FirstAt { get; init; }

    public required DateTime LastAt { get; init; }
}

/// <summary>A provider none of whose calls is taken, and when the admins were told. It stays for a day, so that nobody is told twice within one.</summary>
public sealed class RefusedProvider
{
    public long Id { get; init; }

    public required Provider Provider { get; init; }

    public required DateTime ToldAt { get; set; }

    public DateTime? EndedAt { get; set; }
}

/// <summary>Calls come, and none is taken: its secret is not the one that we know.</summary>
public sealed record ProviderCallsRefused(long RefusalId, Provider Provider, RefusedFor Reason, int Count, DateTime Since) : DomainEvent
{
    public override Subject About => new("provider_refusal", RefusalId);
}

internal sealed class WebhookRefusalTable : IEntityTypeConfiguration<WebhookRefusal>
{
    public void Configure(EntityTypeBuilder<WebhookRefusal> builder)
    {
        builder.ToTable("WebhookRefusals");
        builder.HasIndex(r => new { r.Provider, r.Reason, r.Hour }).IsUnique();
        builder.HasIndex(r => r.LastAt);
    }
}

internal sealed class RefusedProviderTable : IEntityTypeConfiguration<RefusedProvider>
{
    public void Configure(EntityTypeBuilder<RefusedProvider> builder)
    {
        builder.ToTable("RefusedProviders");

        // Two hosts that notice in the same moment tell of it once.
        builder.HasIndex(r => r.Provider).IsUnique();
        builder.Property(r => r.ToldAt).IsConcurrencyToken();
    }
}
