using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>A job as all hosts see it: who runs it until when, whether it is paused, when a host last looked for work, and how the last run went.</summary>
public sealed class JobRow
{
    /// <summary>So often a look may fail to come before someone should know.</summary>
    public const int MostMissed = 3;

    /// <summary>So many failures in a row are no accident.</summary>
    public const int MostFailures = 3;

    /// <summary>A look is written down at most so often: an idle portal stays nearly idle.</summary>
    public static readonly TimeSpan LookKept = TimeSpan.FromMinutes(1);

    public required string Name { get; init; }

    public bool IsPaused { get; private set; }

    public DateTime? PausedAt { get; private set; }

    public string? PausedBy { get; private set; }

    /// <summary>The run that has it, or had it last: another for each run, so that a late word of an earlier one is not taken for its.</summary>
    public string? Holder { get; private set; }

    public string? Host { get; private set; }

    public DateTime? LeasedUntil { get; private set; }

    public DateTime? LastBeganAt { get; private set; }

    public DateTime? LastEndedAt { get; private set; }

    public string? LastResult { get; private set; }

    public string? LastError { get; private set; }

    public string? LastTraceId { get; private set; }

    public int FailedInARow { get; private set; }

    /// <summary>When a host last saw whether there was work.</summary>
    public DateTime? LookedAt { get; private set; }

    /// <summary>How often a host is to look.</summary>
    public long EveryMs { get; private set; }

    public bool IsFailing => FailedInARow >= MostFailures;

    public void Look(DateTime now, TimeSpan every) => (LookedAt, EveryMs) = (now, (long)every.TotalMilliseconds);

    public bool IsRunning(DateTime now) => LeasedUntil > now;

    /// <summary>It should have looked for work and has not, and nobody wanted that. One that runs does not look.</summary>
    public bool IsLate(DateTime now)
    {
        var (every, least) = (TimeSpan.FromMilliseconds(EveryMs), LookKept);
        return !IsPaused && !IsRunning(now) && LookedAt is { } looked && now - looked > (every > least ? every : least) * MostMissed;
    }

    /// <returns>Whether it was not paused before.</returns>
    public bool Pause(string by, DateTime now)
    {
        if (IsPaused)
            return false;
        (IsPaused, PausedAt, PausedBy) = (true, now, by);
        return true;
    }

    /// <returns>Whether it was paused.</returns>
    public bool Resume(DateTime now)
    {
        if (!IsPaused)
            return false;

        // It is not late for not having looked while it was paused.
        (IsPaused, PausedAt, PausedBy, LookedAt) = (false, null, null, LookedAt is null ? null : now);
        return true;
    }
}

internal sealed class JobTable : IEntityTypeConfiguration<JobRow>
{
    public void Configure(EntityTypeBuilder<JobRow> builder)
    {
        builder.ToTable("Jobs").HasKey(j => j.Name);
        builder.Property(j => j.Name).HasMaxLength(64);
        builder.Property(j => j.PausedBy).HasMaxLength(200);
        builder.Property(j => j.Holder).HasMaxLength(100);
        builder.Property(j => j.Host).HasMaxLength(HostName.Longest);
        builder.Property(j => j.LastTraceId).HasMaxLength(32);
        builder.Ignore(j => j.IsFailing);
    }
}
