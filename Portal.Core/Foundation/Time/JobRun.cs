using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Foundation;

/// <summary>A run that did something or failed; or several of a host's that went the same way within a few minutes, where a job runs many times a minute.</summary>
public sealed class JobRun
{
    /// <summary>Runs of a job within so long are told as one.</summary>
    public static readonly TimeSpan Together = TimeSpan.FromMinutes(10);

    private const int LongestWords = 400;

    public long Id { get; init; }

    public required string Job { get; init; }

    public required string Host { get; init; }

    public required DateTime BeganAt { get; init; }

    public DateTime EndedAt { get; private set; }

    /// <summary>The longest of them.</summary>
    public int TookMs { get; private set; }

    public int Runs { get; private set; } = 1;

    /// <summary>How much they did.</summary>
    public long Did { get; private set; }

    public required JobRunOutcome Outcome { get; init; }

    public required string Words { get => words; init => words = Cut(value); }

    public string? TraceId { get; init; }

    /// <summary>Who wanted it; null when it was its time.</summary>
    public string? AskedBy { get; init; }

    private string words = "";

    internal JobRun Lasted(DateTime ended, long did)
    {
        (EndedAt, TookMs, Did) = (ended, Length(ended - BeganAt), did);
        return this;
    }

    /// <summary>One more that went well.</summary>
    internal void Add(JobResult result, DateTime began, DateTime ended)
    {
        (Runs, Did, EndedAt, TookMs) = (Runs + 1, Did + result.Count, ended, Math.Max(TookMs, Length(ended - began)));
        words = JobResult.Say(Did, result.Unit!);
    }

    /// <summary>One more that failed for the same reason.</summary>
    internal void Again(DateTime began, DateTime ended) => (Runs, EndedAt, TookMs) = (Runs + 1, ended, Math.Max(TookMs, Length(ended - began)));

    private static int Length(TimeSpan took) => (int)Math.Clamp(took.TotalMilliseconds, 0, int.MaxValue);

    private static string Cut(string text) => text.Length > LongestWords ? text[..LongestWords] : text;
}

public enum JobRunOutcome
{
    Done,
    Failed,

    /// <summary>Its lease ran out and another host went on: its result does not count.</summary>
    Lost,

    /// <summary>Its host stopped.</summary>
    Stopped,
}

internal sealed class JobRunTable : IEntityTypeConfiguration<JobRun>
{
    public void Configure(EntityTypeBuilder<JobRun> builder)
    {
        builder.ToTable("JobRuns");
        builder.Property(r => r.Job).HasMaxLength(64);
        builder.Property(r => r.Host).HasMaxLength(HostName.Longest);
        builder.Property(r => r.TraceId).HasMaxLength(32);
        builder.Property(r => r.AskedBy).HasMaxLength(200);
        builder.HasIndex(r => new { r.Job, r.Id });
        builder.HasIndex(r => new { r.Job, r.Host, r.Id });
        builder.HasIndex(r => new { r.Job, r.Outcome, r.Id });
        builder.HasIndex(r => new { r.BeganAt, r.Id });
    }
}
