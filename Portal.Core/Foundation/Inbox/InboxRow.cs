using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>A message from outside, verified and kept as it came, once per provider's event id.</summary>
public sealed class InboxRow : QueuedRow
{
    public required string Provider { get; init; }

    public required string EventId { get; init; }

    public required string Type { get; init; }

    public required byte[] Body { get; init; }

    public required DateTime ReceivedAt { get; init; }

    protected override int MostTries => 12;

    public static InboxRow Of(string provider, string eventId, string type, byte[] body, DateTime now) =>
        new() { Provider = provider, EventId = eventId, Type = type, Body = body, ReceivedAt = now, NextTryAt = now };
}

internal sealed class InboxTable : IEntityTypeConfiguration<InboxRow>
{
    public void Configure(EntityTypeBuilder<InboxRow> builder)
    {
        builder.ToTable("Inbox");
        builder.Property(r => r.Provider).HasMaxLength(40);
        builder.Property(r => r.EventId).HasMaxLength(200);
        builder.Property(r => r.Type).HasMaxLength(120);
        builder.Property(r => r.DoneAt).IsConcurrencyToken();
        builder.HasIndex(r => new { r.Provider, r.EventId }).IsUnique();
        builder.HasIndex(r => new { r.NextTryAt, r.Id });
    }
}
