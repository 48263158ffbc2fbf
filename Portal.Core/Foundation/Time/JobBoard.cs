namespace Portal.Core.Foundation;

/// <summary>The portal's jobs for the admin: how they are, how they were, and what can be done about them.</summary>
public sealed class JobBoard(Database database, Lane lane, IEnumerable<JobPlan> plans, TimeProvider time)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private static readonly Sorts<JobRun> Orders = new Sorts<JobRun>("-id", r => r.Id).By("id", r => r.Id);
    private readonly List<JobPlan> plans = [.. plans];

    /// <summary>All of them, in the order of the schedule.</summary>
    public async Task<IReadOnlyList<JobView>> ListAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeJobs);
        var (now, rows) = (time.Now(), await db.Jobs.AsNoTracking().ToDictionaryAsync(j => j.Name, ct));
        var since = now - Day;
        var days = await db.JobRuns.Where(r => r.BeganAt >= since).GroupBy(r => r.Job)
            .Select(g => new { Job = g.Key, Runs = g.Sum(r => r.Runs), Failed = g.Sum(r => r.Outcome == JobRunOutcome.Failed ? r.Runs : 0), Did = g.Sum(r => r.Did) })
            .ToDictionaryAsync(g => g.Job, g => new JobDay(g.Runs, g.Failed, g.Did), ct);
        return [.. plans.Select(plan => View(plan, rows.GetValueOrDefault(plan.Name) ?? new() { Name = plan.Name }, days.GetValueOrDefault(plan.Name) ?? new(0, 0, 0), now))];
    }

    public async Task<JobView> GetAsync(Actor actor, string name, CancellationToken ct = default) =>
        (await ListAsync(actor, ct)).SingleOrDefault(j => j.Name == name) ?? throw new NotFound("job");

    /// <summary>The runs that did something or failed, newest first.</summary>
    public async Task<Paged<JobRunView>> RunsAsync(Actor actor, string name, JobRunPage page, CancellationToken ct = default)
    {
        Known(name);
        await using var db = database.Open(actor, Can.SeeJobs);
        var found = db.JobRuns.AsNoTracking().Where(r => r.Job == name);
        if (page.Outcome is { Value: var outcome })
            found = found.Where(r => r.Outcome == outcome);
        return await found.ToPagedAsync(page, Orders, r => new JobRunView(r.Id, r.BeganAt, r.EndedAt, r.TookMs, r.Runs, r.Did, r.Outcome, r.Words, r.Host, r.TraceId, r.AskedBy), ct);
    }

    /// <summary>No host begins it any more by itself. A run that has begun goes on to its end; one that sends deliveries begins no more of them.</summary>
    public Task PauseAsync(Actor actor, string name, CancellationToken ct = default) =>
        ChangeAsync(actor, name, job => job.Pause(actor.TrueName, time.Now()) ? new JobPaused(name) : null, ct);

    public Task ResumeAsync(Actor actor, string name, CancellationToken ct = default) =>
        ChangeAsync(actor, name, job => job.Resume(time.Now()) ? new JobResumed(name) : null, ct);

    /// <summary>
    /// Takes a job for one run now, in the name of whoever asks: a paused one too, for pausing stops the schedule and not the person. One
    /// that runs already is not begun a second time.
    /// </summary>
    public async Task<JobClaim> AskAsync(Actor actor, string name, CancellationToken ct = default)
    {
        Known(name);
        return await lane.RunAsync(actor, Can.ManageJobs, async db =>
        {
            var claim = await JobDesk.ClaimAsync(db, name, evenIfPaused: true, actor.TrueName, time.Now(), ct) ?? throw await RunsAlreadyAsync(db, name, ct);
            db.Record(new JobAskedFor(name));
            return claim;
        }, ct);
    }

    private static async Task<RuleBroken> RunsAlreadyAsync(PortalDb db, string name, CancellationToken ct)
    {
        var job = await db.Jobs.AsNoTracking().SingleAsync(j => j.Name == name, ct);
        return new("job_running", string.Create(System.Globalization.CultureInfo.InvariantCulture, $"It is running already, on {job.Host} since {job.LastBeganAt:HH:mm:ss} UTC."));
    }

    private void Known(string name)
    {
        if (plans.All(p => p.Name != name))
            throw new NotFound("job");
    }

    private async Task ChangeAsync(Actor actor, string name, Func<JobRow, JobEvent?> change, CancellationToken ct)
    {
        Known(name);
        await using var db = database.Open(actor, Can.ManageJobs);
        if (change(await JobDesk.RowAsync(db, name, ct)) is not { } happened)
            return;
        db.Record(happened);
        await db.SaveChangesAsync(ct);
    }

    private static JobView View(JobPlan plan, JobRow job, JobDay day, DateTime now)
    {
        var isRunning = job.IsRunning(now);
        var state = isRunning ? JobState.Running : job.IsPaused ? JobState.Paused : JobState.Idle;
        return new(
            plan.Name, plan.Every.TotalSeconds, state, job.IsPaused, job.PausedBy, job.PausedAt, job.Host, job.LastBeganAt,
            !isRunning && job is { LastBeganAt: { } began, LastEndedAt: { } ended } && ended >= began ? (int)(ended - began).TotalMilliseconds : null,
            job.LastResult, job.LastError, job.LastTraceId, job.LookedAt, job.IsPaused || job.LookedAt is null ? null : job.LookedAt + plan.Every,
            job.IsLate(now), job.IsFailing, job.FailedInARow, day);
    }
}
