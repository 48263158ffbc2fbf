namespace Portal.Core.Foundation;

/// <summary>Writes down runs worth knowing of: those that did something, failed, were lost, or were asked for.</summary>
internal static class JobHistory
{
    public static async Task WriteAsync(PortalDb db, JobClaim claim, JobRunOutcome outcome, JobResult result, string? trace, DateTime now)
    {
        var isNews = outcome is JobRunOutcome.Failed or JobRunOutcome.Lost || claim.AskedBy is not null;
        if (!isNews && result.Count == 0)
            return;
        var run = new JobRun { Job = claim.Name, Host = HostName.Own, BeganAt = claim.BeganAt, Outcome = outcome, Words = result.Words, TraceId = trace, AskedBy = claim.AskedBy };
        switch (claim.AskedBy is null ? await LatestAsync(db, claim) : null)
        {
            case { Outcome: JobRunOutcome.Done } latest when outcome is JobRunOutcome.Done && result.Unit is not null:
                latest.Add(result, claim.BeganAt, now);
                break;
            case { Outcome: JobRunOutcome.Failed } latest when outcome is JobRunOutcome.Failed && latest.Words == run.Words:
                latest.Again(claim.BeganAt, now);
                break;
            default:
                db.Add(run.Lasted(now, result.Count));
                break;
        }
    }

    /// <summary>The run that this one may be told with: the last of this host, if it was in the last few minutes and nobody asked for it.</summary>
    private static async Task<JobRun?> LatestAsync(PortalDb db, JobClaim claim)
    {
        var since = claim.BeganAt - JobRun.Together;
        var latest = await db.JobRuns.Where(r => r.Job == claim.Name && r.Host == HostName.Own).OrderByDescending(r => r.Id).FirstOrDefaultAsync();
        return latest is { AskedBy: null } && latest.BeganAt > since ? latest : null;
    }
}
