using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>A job as all hosts see it: who runs it until when, whether it is paused, and how the last run went.</summary>
public sealed class JobRow
{
    public required string Name { get; init; }

    public bool IsPaused { get; set; }

    public string? Holder { get; set; }

    public DateTime? LeasedUntil { get; set; }

    public DateTime? LastBeganAt { get; set; }

    public DateTime? LastEndedAt { get; set; }

    public string? LastResult { get; set; }

    public string? LastError { get; set; }
}

internal sealed class JobTable : IEntityTypeConfiguration<JobRow>
{
    public void Configure(EntityTypeBuilder<JobRow> builder)
    {
        builder.ToTable("Jobs").HasKey(j => j.Name);
        builder.Property(j => j.Name).HasMaxLength(64);
        builder.Property(j => j.Holder).HasMaxLength(100);
    }
}
