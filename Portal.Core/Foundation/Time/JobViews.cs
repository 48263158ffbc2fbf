using Microsoft.AspNetCore.Mvc;

namespace Portal.Core.Foundation;

/// <summary>What a job is doing. A paused one that somebody asked to run is running.</summary>
public enum JobState
{
    Idle,
    Running,
    Paused,
}

/// <summary>A job as an admin sees it.</summary>
/// <param name="EverySeconds">How often a host looks whether there is work.</param>
/// <param name="Host">Who runs it, or ran it last.</param>
/// <param name="LastMs">How long the last run took; null while it runs.</param>
/// <param name="NextAt">When it is looked at next; null while it is paused or nobody has looked yet.</param>
/// <param name="IsLate">It should have been looked at several times since, and was not.</param>
/// <param name="IsFailing">The last few runs have all failed.</param>
public sealed record JobView(
    string Name, double EverySeconds, JobState State, bool IsPaused, string? PausedBy, DateTime? PausedAt, string? Host, DateTime? LastBeganAt, int? LastMs,
    string? LastResult, string? LastError, string? LastTraceId, DateTime? LookedAt, DateTime? NextAt, bool IsLate, bool IsFailing, int FailedInARow, JobDay Day);

/// <summary>Runs of the last 24 hours that did something or failed.</summary>
/// <param name="Did">How much they did.</param>
public sealed record JobDay(int Runs, int Failed, long Did);

/// <summary>A part of a job's history.</summary>
public sealed class JobRunPage : PageRequest
{
    [FromQuery(Name = "outcome")]
    public Choice<JobRunOutcome>? Outcome { get; set; }
}

/// <param name="Runs">More than one where runs of a few minutes are told together.</param>
/// <param name="TookMs">The longest of them.</param>
public sealed record JobRunView(long Id, DateTime BeganAt, DateTime EndedAt, int TookMs, int Runs, long Did, JobRunOutcome Outcome, string Words, string Host, string? TraceId, string? AskedBy);
