using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>
/// Lets one host at a time run a job, unless it is paused, and writes down how it went. Each run holds the job by a name of its own, renewed
/// while it lives; whoever has lost it stops, and has no word any more in how it went.
/// </summary>
public sealed class JobDesk(Lane lane, TimeProvider time, ILogger<JobDesk> log)
{
    internal static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly Actor Self = Actor.System("jobs");
    private readonly ConcurrentDictionary<string, DateTime> looks = new();

    /// <summary>A host is about to see whether there is work: that it does is known to all, so that they notice when nobody does.</summary>
    public async Task LookAsync(JobPlan plan, CancellationToken ct)
    {
        var now = time.Now();
        if (looks.TryGetValue(plan.Name, out var last) && now - last < JobRow.LookKept)
            return;
        looks[plan.Name] = now;
        try
        {
            await lane.RunAsync(Self, Can.KeepHouse, async db => (await RowAsync(db, plan.Name, ct)).Look(now, plan.Every), ct);
        }
        catch (Exception e) when (e is Conflict or StoreUnavailable)
        {
            // Another host has just written the job's first row; or nothing can be written now, which the work itself will say.
        }
    }

    /// <returns>What the job said of its run; null when it is paused, another host runs it, or this one has lost it meanwhile.</returns>
    public async Task<string?> RunAsync(string name, Func<CancellationToken, Task<JobResult>> job, CancellationToken ct)
    {
        try
        {
            var claim = await lane.RunAsync(Self, Can.KeepHouse, db => ClaimAsync(db, name, evenIfPaused: false, null, time.Now(), ct), ct);
            return claim is null ? null : await RunAsync(claim, job, ct);
        }
        catch (Conflict)
        {
            // Another host has just written the job's first row, and with it its first lease.
            return null;
        }
    }

    /// <summary>Runs what was claimed before.</summary>
    public async Task<string?> RunAsync(JobClaim claim, Func<CancellationToken, Task<JobResult>> job, CancellationToken ct)
    {
        using var activity = new Activity($"job {claim.Name}").Start();
        using var run = CancellationTokenSource.CreateLinkedTokenSource(ct);
        var heldUntil = claim.BeganAt + Lease;
        using var renewal = time.CreateTimer(_ => _ = RenewAsync(), null, Lease / 3, Lease / 3);
        try
        {
            var result = await job(run.Token);
            return await EndAsync(claim, JobRunOutcome.Done, result) ? result.Words : null;
        }
        catch (OperationCanceledException) when (run.IsCancellationRequested)
        {
            // The host stops, and its lease goes back now so that another goes on at once; or the lease has gone already.
            var isStopping = ct.IsCancellationRequested;
            await EndAsync(claim, isStopping ? JobRunOutcome.Stopped : JobRunOutcome.Lost, new(0, isStopping ? "stopped with its host" : "lost its lease"));
            return null;
        }
        catch (Exception e)
        {
            log.LogError(e, "Job {Job} failed.", claim.Name);
            await EndAsync(claim, JobRunOutcome.Failed, new(0, e is PortalException ? e.Message : e.GetType().Name));
            throw;
        }

        async Task RenewAsync() => heldUntil = await RenewedAsync(claim, heldUntil, run);
    }

    /// <summary>Takes the job for one run, in the caller's unit. Null when it is not to be had.</summary>
    internal static async Task<JobClaim?> ClaimAsync(PortalDb db, string name, bool evenIfPaused, string? askedBy, DateTime now, CancellationToken ct)
    {
        await RowAsync(db, name, ct);
        await db.SaveChangesAsync(ct);
        var claim = new JobClaim(name, Guid.CreateVersion7().ToString("N"), now, askedBy);
        return await db.Jobs.Where(j => j.Name == name && (evenIfPaused || !j.IsPaused) && (j.LeasedUntil == null || j.LeasedUntil < now)).ExecuteUpdateAsync(j => j
            .SetProperty(x => x.Holder, claim.Holder).SetProperty(x => x.Host, HostName.Own).SetProperty(x => x.LeasedUntil, now + Lease).SetProperty(x => x.LastBeganAt, now), ct) == 1 ? claim : null;
    }

    internal static async Task<JobRow> RowAsync(PortalDb db, string name, CancellationToken ct) =>
        await db.Jobs.SingleOrDefaultAsync(j => j.Name == name, ct) ?? db.Add(new JobRow { Name = name }).Entity;

    /// <returns>Until when it is held. Who cannot renew in time has lost it, whether or not another knows of it.</returns>
    private async Task<DateTime> RenewedAsync(JobClaim claim, DateTime heldUntil, CancellationTokenSource run)
    {
        var (held, until) = (heldUntil, time.Now() + Lease);
        try
        {
            var renewed = await lane.RunAsync(Self, Can.KeepHouse, db => db.Jobs.Where(j => j.Name == claim.Name && j.Holder == claim.Holder).ExecuteUpdateAsync(j => j.SetProperty(x => x.LeasedUntil, until)));
            held = renewed == 0 ? DateTime.MinValue : until;
        }
        catch (Exception e) when (e is StoreUnavailable or ObjectDisposedException)
        {
            log.LogWarning(e, "The lease of job {Job} could not be renewed.", claim.Name);
        }

        if (held <= time.Now())
            await StopAsync(run);
        return held;
    }

    private static async Task StopAsync(CancellationTokenSource run)
    {
        try
        {
            await run.CancelAsync();
        }
        catch (ObjectDisposedException)
        {
            // It has just ended by itself.
        }
    }

    /// <returns>Whether the job was still its.</returns>
    private async Task<bool> EndAsync(JobClaim claim, JobRunOutcome outcome, JobResult result)
    {
        if (outcome is JobRunOutcome.Done or JobRunOutcome.Failed)
            Meters.JobRan(claim.Name, outcome is JobRunOutcome.Failed ? "failed" : "done", time.Now() - claim.BeganAt);
        var trace = Activity.Current?.TraceId.ToString();
        return await lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            var (now, isFailed, isOver) = (time.Now(), outcome is JobRunOutcome.Failed, outcome is JobRunOutcome.Done or JobRunOutcome.Failed);
            var isStillIts = await db.Jobs.Where(j => j.Name == claim.Name && j.Holder == claim.Holder).ExecuteUpdateAsync(j => j
                .SetProperty(x => x.LeasedUntil, (DateTime?)null).SetProperty(x => x.LastEndedAt, now)
                .SetProperty(x => x.LastResult, isFailed ? null : result.Words).SetProperty(x => x.LastError, isFailed ? result.Words : null).SetProperty(x => x.LastTraceId, trace)
                .SetProperty(x => x.FailedInARow, x => isFailed ? x.FailedInARow + 1 : isOver ? 0 : x.FailedInARow)) == 1;
            await JobHistory.WriteAsync(db, claim, isStillIts ? outcome : JobRunOutcome.Lost, result, trace, now);
            return isStillIts;
        });
    }
}
