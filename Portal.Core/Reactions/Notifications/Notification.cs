using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Reactions.Notifications;

/// <summary>What a person is told in the portal itself: one row for each event, type and person.</summary>
public sealed class Notification : IBelongsToPerson
{
    internal const int LongestText = 1000;
    public static readonly TimeSpan LongestSnooze = TimeSpan.FromDays(366);

    private string title = "";

    public long Id { get; init; }

    public required long UserId { get; init; }

    public long? ClientId { get; init; }

    /// <summary>The event it follows from. The demo's past has none.</summary>
    public long? EventId { get; init; }

    /// <summary>The key of its <see cref="NotificationType"/>.</summary>
    public required string Type { get; init; }

    public required NotificationCategory Category { get; init; }

    /// <summary>What it is about: repeats about the same become one while they are unread.</summary>
    public required string Subject { get; init; }

    /// <summary>How often it has happened since the person last read of it.</summary>
    public int Times { get; private set; } = 1;

    public required string Title { get => title; init => title = value; }

    public required string Text { get; init => field = value.Length <= LongestText ? value : value[..LongestText]; }

    /// <summary>The page of the exact item, within the portal.</summary>
    public string? Link { get; init; }

    public required DateTime CreatedAt
    {
        get;
        init => (field, At, ChangedAt) = (value, value, value);
    }

    /// <summary>Its place in the list: when it was raised, or when it comes back from a snooze. Until then it is not shown.</summary>
    public DateTime At { get; private set; }

    public DateTime? ReadAt { get; private set; }

    public DateTime? SnoozedUntil { get; private set; }

    public NotificationPlace Place { get; private set; }

    /// <summary>When anything about it last changed: by this, other hosts hear of it.</summary>
    public DateTime ChangedAt { get; private set; }

    public void Read(DateTime now)
    {
        if (ReadAt is null)
            (ReadAt, ChangedAt) = (now, now);
    }

    /// <summary>Out of the way for good, and therefore read.</summary>
    public void Archive(DateTime now)
    {
        if (Place is NotificationPlace.Archive)
            return;
        Read(now);
        (Place, SnoozedUntil, At, ChangedAt) = (NotificationPlace.Archive, null, CreatedAt, now);
    }

    /// <summary>Out of the way for a while; then it is news again.</summary>
    public void Snooze(DateTime until, DateTime now)
    {
        if (until <= now || until > now + LongestSnooze)
            throw new Invalid("until", "Choose a time in the future, at most a year ahead.");
        (Place, SnoozedUntil, At, ReadAt, ChangedAt) = (NotificationPlace.Inbox, until, until, null, now);
    }

    /// <summary>From the archive or from a snooze, to where it was.</summary>
    public void BringBack(DateTime now)
    {
        if (Place is NotificationPlace.Archive || At > now)
            (Place, SnoozedUntil, At, ChangedAt) = (NotificationPlace.Inbox, null, CreatedAt, now);
    }

    /// <summary>The newest of several about one thing says how many there were; those before it are shown no more.</summary>
    /// <param name="before">The one that was the newest.</param>
    /// <param name="many">How the title reads for so many, if otherwise than for one.</param>
    /// <param name="now">When.</param>
    public void TakeTheRoomOf(Notification before, Func<int, string>? many, DateTime now)
    {
        Times = before.Times + 1;
        title = many?.Invoke(Times) ?? title;
        (before.Place, before.ReadAt, before.ChangedAt) = (NotificationPlace.Folded, now, now);
    }
}

public enum NotificationPlace
{
    Inbox,
    Archive,
    Folded,
}

internal sealed class NotificationTable : IEntityTypeConfiguration<Notification>
{
    public void Configure(EntityTypeBuilder<Notification> builder)
    {
        builder.ToTable("Notifications");
        builder.Property(n => n.Type).HasMaxLength(40);
        builder.Property(n => n.Text).HasMaxLength(Notification.LongestText);
        builder.Property(n => n.Subject).HasMaxLength(120);
        builder.Property(n => n.Place).IsConcurrencyToken();
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(n => n.UserId);
        builder.HasIndex(n => new { n.EventId, n.Type, n.UserId }).IsUnique();
        builder.HasIndex(n => new { n.UserId, n.Place, n.At, n.Id });
        builder.HasIndex(n => new { n.UserId, n.Place, n.ReadAt, n.At });
        builder.HasIndex(n => new { n.UserId, n.Place, n.Category, n.At, n.Id });
        builder.HasIndex(n => new { n.UserId, n.Subject, n.Id });
        builder.HasIndex(n => new { n.ChangedAt, n.UserId });
        builder.HasIndex(n => new { n.SnoozedUntil, n.UserId });
        builder.HasIndex(n => new { n.ReadAt, n.Id });
    }
}
