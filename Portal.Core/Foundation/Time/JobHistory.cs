namespace Portal.Core.Foundation;

/// <summary>Writes down runs worth knowing of: those that did something, failed, were lost, or were asked for.</summary>
internal static class JobHistory
{
    public static async Task WriteAsync(PortalDb db, JobClaim claim, JobRunOutcome outcome, JobResult result, string? trace, DateTime now)
    {
        var isNews = outcome is JobRunOutcome.Failed or JobRunOutcome.Lost || claim.AskedBy is not null;
        if (!isNews && result.Count == 0)
            return;
        if (!isNews && result.Unit is not null && await LatestAsync(db, claim) is { } latest)
        {
            latest.Add(result, claim.BeganAt, now);
            return;
        }

        var run = new JobRun { Job = claim.Name, Host = HostName.Own, BeganAt = claim.BeganAt, Outcome = outcome, Words = result.Words, TraceId = trace, AskedBy = claim.AskedBy };
        db.Add(run.Lasted(now, result.Count));
    }

    /// <summary>The run that this one can be told with: of the last few minutes, by this host, and nothing has happened since.</summary>
    private static async Task<JobRun?> LatestAsync(PortalDb db, JobClaim claim)
    {
        var since = claim.BeganAt - JobRun.Together;
        var latest = await db.JobRuns.Where(r => r.Job == claim.Name).OrderByDescending(r => r.Id).FirstOrDefaultAsync();
        return latest is { Outcome: JobRunOutcome.Done, AskedBy: null } && latest.Host == HostName.Own && latest.BeganAt > since ? latest : null;
    }
}
