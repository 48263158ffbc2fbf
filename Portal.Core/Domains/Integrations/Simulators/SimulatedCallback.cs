using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.Integrations;

/// <summary>Something that a simulated provider is going to tell us by our own webhook. Signed when it is sent, so that it is fresh each time.</summary>
public sealed class SimulatedCallback : QueuedRow
{
    /// <summary>How long whoever sends it has for that: who dies meanwhile leaves it to the next.</summary>
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    public required Provider Provider { get; init; }

    /// <summary>What the provider calls the event: the same each time it is sent.</summary>
    public required string EventId { get; init; }

    public required string Type { get; init; }

    /// <summary>The simulated object it tells of.</summary>
    public required string About { get; init; }

    /// <summary>Below our own address, and nowhere else.</summary>
    public required string Path { get; init; }

    public required string Sealed { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>What we answered last.</summary>
    public int? Answer { get; private set; }

    /// <summary>Stripe, SendGrid and PayPal try for a day or more.</summary>
    protected override int MostTries => 12;

    internal static string Purpose(Provider provider, string eventId) => $"simulated call-back {provider} {eventId}";

    internal void Due(DateTime at) => NextTryAt = at;

    internal void Claim(DateTime now) => NextTryAt = now + Lease;

    internal void Answered(int? status, string? trouble, DateTime now)
    {
        Answer = status;
        if (status is >= 200 and < 300)
            Done(now);
        else
            Failed(trouble ?? $"Answered with {status}.", now);
    }

    internal void SendAgain(DateTime now) => (DoneAt, Tries, Trouble, NextTryAt) = (null, 0, null, now);
}

internal sealed class SimulatedCallbackTable : IEntityTypeConfiguration<SimulatedCallback>
{
    public void Configure(EntityTypeBuilder<SimulatedCallback> builder)
    {
        builder.ToTable("SimulatedCallbacks");
        builder.Property(c => c.EventId).HasMaxLength(200);
        builder.Property(c => c.Type).HasMaxLength(120);
        builder.Property(c => c.About).HasMaxLength(SimulatedObject.LongestId);
        builder.Property(c => c.Path).HasMaxLength(200);
        builder.Property(c => c.Sealed).HasMaxLength(-1);

        // Of two hosts that claim it in one moment, one does.
        builder.Property(c => c.NextTryAt).IsConcurrencyToken();
        builder.HasIndex(c => new { c.NextTryAt, c.Id });
        builder.HasIndex(c => new { c.Provider, c.Id });
        builder.HasIndex(c => new { c.Provider, c.About, c.Id });
        builder.HasIndex(c => c.DoneAt);
    }
}
