using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Reactions.Notifications;

/// <summary>What a person has said about all that is not critical: when to be left alone, and how often to be mailed. Nobody has a row who never said anything.</summary>
public sealed class HearingSettings : IVersioned
{
    public const int MorningHour = 8;

    public required long UserId { get; init; }

    public TimeOnly? QuietFrom { get; set; }

    public TimeOnly? QuietTo { get; set; }

    public DigestEvery Digest { get; set; }

    /// <summary>Of the daily digest, by the person's own clock.</summary>
    public int DigestHour { get; set; } = MorningHour;

    public bool IsEmailPaused { get; set; }

    /// <summary>Grows with each change of these and of their choices.</summary>
    public long Version { get; set; }

    /// <summary>
    /// The instant from which they may be mailed. It is asked once, when the news is written: a retry after trouble on the way comes when it
    /// comes, because what is late already is not made later by hours.
    /// </summary>
    public DateTime NotBefore(DateTime now, Zone zone) =>
        QuietFrom is { } from && QuietTo is { } to ? new QuietHours(from, to).NotBefore(now, zone) : now;

    /// <summary>When what happens now is mailed.</summary>
    public DateTime NextDigest(DateTime now, Zone zone) => NotBefore(Digest switch
    {
        DigestEvery.Hour => NextHour(now, zone),
        DigestEvery.Day => NextDay(now, zone),
        _ => now,
    }, zone);

    private static DateTime NextHour(DateTime now, Zone zone)
    {
        var local = zone.ToLocal(now);
        return now.AddTicks(TimeSpan.TicksPerHour - (local.Ticks % TimeSpan.TicksPerHour));
    }

    private DateTime NextDay(DateTime now, Zone zone)
    {
        var (today, hour) = (DateOnly.FromDateTime(zone.ToLocal(now)), new TimeOnly(DigestHour, 0));
        return zone.ToUtc(today, hour) is var at && at > now ? at : zone.ToUtc(today.AddDays(1), hour);
    }
}

/// <summary>How news that is not critical is mailed: each by itself, or together.</summary>
public enum DigestEvery
{
    Instant,
    Hour,
    Day,
}

internal sealed class HearingSettingsTable : IEntityTypeConfiguration<HearingSettings>
{
    public void Configure(EntityTypeBuilder<HearingSettings> builder)
    {
        builder.ToTable("HearingSettings").HasKey(s => s.UserId);
        builder.Property(s => s.UserId).ValueGeneratedNever();
        builder.HasOne<PortalUser>().WithOne().HasForeignKey<HearingSettings>(s => s.UserId);
    }
}
