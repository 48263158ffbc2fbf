using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Reactions.Notifications;

/// <summary>Channels of a type that were turned on or off; those it does not name are as they were before.</summary>
public abstract class ChannelChange
{
    /// <summary>The key of a <see cref="NotificationType"/>; one that a later version has says nothing here.</summary>
    public required string Type { get; init; }

    public Channels On { get; private set; }

    public Channels Off { get; private set; }

    public bool SaysNothing => (On | Off) is Channels.None;

    public Channels Of(Channels before) => (before | On) & ~Off;

    /// <param name="channel">Which.</param>
    /// <param name="wanted">Null to say nothing of it any more.</param>
    public void Set(Channels channel, bool? wanted)
    {
        (On, Off) = (On & ~channel, Off & ~channel);
        if (wanted is { } isOn)
            (On, Off) = isOn ? (On | channel, Off) : (On, Off | channel);
    }
}

/// <summary>Where the agency differs from what the type itself says.</summary>
public sealed class HearingDefault : ChannelChange;

/// <summary>Where a person differs from the agency.</summary>
public sealed class HearingChoice : ChannelChange
{
    public required long UserId { get; init; }
}

internal sealed class HearingDefaultTable : IEntityTypeConfiguration<HearingDefault>
{
    public void Configure(EntityTypeBuilder<HearingDefault> builder)
    {
        builder.ToTable("HearingDefaults").HasKey(d => d.Type);
        Changes.Configure(builder);
    }
}

internal sealed class HearingChoiceTable : IEntityTypeConfiguration<HearingChoice>
{
    public void Configure(EntityTypeBuilder<HearingChoice> builder)
    {
        builder.ToTable("HearingChoices").HasKey(c => new { c.UserId, c.Type });
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(c => c.UserId);
        Changes.Configure(builder);
    }
}

file static class Changes
{
    public static void Configure<T>(EntityTypeBuilder<T> builder)
        where T : ChannelChange
    {
        builder.Property(c => c.Type).HasMaxLength(40);
        builder.Property(c => c.On).IsConcurrencyToken();
        builder.Property(c => c.Off).IsConcurrencyToken();
        builder.Ignore(c => c.SaysNothing);
    }
}
