using Microsoft.AspNetCore.Components;
using Portal.Components.Ui;
using Portal.Core.Foundation;
using static Portal.Resources.Texts;

namespace Portal.Components.Admin.Jobs;

/// <summary>How a job's state and rhythm read.</summary>
internal static class JobLooks
{
    /// <summary>What it does; and what is wrong with it, if anything is.</summary>
    public static MarkupString State(JobView job) => new(
        $"{Show.Chip(job.State)}{(job is { IsPaused: true, State: not JobState.Paused } ? " " + Show.Chip("paused") : "")}{(job.IsFailing ? " " + Show.Chip("failing") : "")}{(job.IsLate ? " " + Show.Chip("late") : "")}");

    public static string Every(double seconds) => seconds switch
    {
        < 1 => T("jobs.times_a_second", Math.Round(1 / seconds)),
        < 60 => Count("jobs.every_second", (long)seconds),
        < 3600 => Count("jobs.every_minute", (long)(seconds / 60)),
        _ => Count("jobs.every_hour", (long)(seconds / 3600)),
    };
}
