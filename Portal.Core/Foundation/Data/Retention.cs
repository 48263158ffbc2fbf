using System.ComponentModel.DataAnnotations;

namespace Portal.Core.Foundation;

/// <summary>For how many days things are kept that nobody needs for ever: one row, made with the first change. Audit events are not among them.</summary>
public sealed class Retention : IVersioned
{
    /// <summary>There is one, and this is its id.</summary>
    public const long TheId = 1;

    public long Id { get; init; } = TheId;

    public int DeliveryDays { get; set; } = 180;

    public int ReadNotificationDays { get; set; } = 90;

    public int ArchivedNotificationDays { get; set; } = 180;

    public int JobRunDays { get; set; } = 30;

    public int WebhookDays { get; set; } = 90;

    public long Version { get; set; }

    internal static async Task<Retention> CurrentAsync(PortalDb db, CancellationToken ct) => await db.Retention.AsNoTracking().SingleOrDefaultAsync(ct) ?? new();
}

/// <summary>For how many days what is kept. The version says on which state an edit was made.</summary>
public sealed class RetentionInput
{
    /// <summary>Deliveries that were sent, given up, stopped or not needed any more, with their attempts. What waits is never deleted.</summary>
    [Required, Range(30, 3650)]
    public int? DeliveryDays { get; set; }

    /// <summary>Since they were read. Unread ones stay.</summary>
    [Required, Range(7, 3650)]
    public int? ReadNotificationDays { get; set; }

    [Required, Range(7, 3650)]
    public int? ArchivedNotificationDays { get; set; }

    [Required, Range(7, 365)]
    public int? JobRunDays { get; set; }

    /// <summary>Webhooks that were handled or given up. What waits, for its turn or for somebody who knows what to do with it, is never deleted; what cannot be read goes after twice as long.</summary>
    [Required, Range(7, 3650)]
    public int? WebhookDays { get; set; }

    public long Version { get; set; }

    internal static RetentionInput Of(Retention kept) => new()
    {
        DeliveryDays = kept.DeliveryDays,
        ReadNotificationDays = kept.ReadNotificationDays,
        ArchivedNotificationDays = kept.ArchivedNotificationDays,
        JobRunDays = kept.JobRunDays,
        WebhookDays = kept.WebhookDays,
        Version = kept.Version,
    };

    /// <returns>Whether anything is another number than before.</returns>
    internal bool WriteTo(Retention kept)
    {
        var before = Days(kept);
        (kept.DeliveryDays, kept.ReadNotificationDays, kept.ArchivedNotificationDays, kept.JobRunDays, kept.WebhookDays) =
            (DeliveryDays!.Value, ReadNotificationDays!.Value, ArchivedNotificationDays!.Value, JobRunDays!.Value, WebhookDays!.Value);
        return before != Days(kept);
    }

    private static (int, int, int, int, int) Days(Retention kept) => (kept.DeliveryDays, kept.ReadNotificationDays, kept.ArchivedNotificationDays, kept.JobRunDays, kept.WebhookDays);
}

/// <summary>An admin has said for how long things are kept.</summary>
public sealed record RetentionChanged(int DeliveryDays, int ReadNotificationDays, int ArchivedNotificationDays, int JobRunDays, int? WebhookDays) : DomainEvent
{
    public override Subject About => new("agency", Agency.TheId);
}

internal sealed class RetentionTable : IEntityTypeConfiguration<Retention>
{
    public void Configure(Microsoft.EntityFrameworkCore.Metadata.Builders.EntityTypeBuilder<Retention> builder)
    {
        builder.ToTable("Retention");
        builder.Property(r => r.Id).ValueGeneratedNever();
        builder.Property(r => r.WebhookDays).HasDefaultValue(90);
    }
}
