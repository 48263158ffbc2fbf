using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>Lets one host at a time run a job, unless it is paused, and writes down how it went.</summary>
public sealed class JobDesk(Lane lane, TimeProvider time, ILogger<JobDesk> log)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);
    private static readonly Actor Self = Actor.System("jobs");
    private readonly string holder = $"{Environment.MachineName}/{Environment.ProcessId}/{Guid.CreateVersion7():N}";

    /// <returns>What the job said of its run; null when it is paused or another host runs it.</returns>
    public async Task<string?> RunAsync(string name, Func<CancellationToken, Task<string>> job, CancellationToken ct)
    {
        if (!await ClaimAsync(name, ct))
            return null;
        var began = Stopwatch.GetTimestamp();
        using var run = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var renewal = time.CreateTimer(_ => _ = RenewAsync(name, run), null, Lease / 3, Lease / 3);
        try
        {
            var result = await job(run.Token);
            await EndAsync(name, result, null);
            Meters.JobRan(name, "done", Stopwatch.GetElapsedTime(began));
            return result;
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops. Its lease goes back now, so that another goes on at once.
            await EndAsync(name, "stopped with its host", null);
            return null;
        }
        catch (Exception e)
        {
            Meters.JobRan(name, "failed", Stopwatch.GetElapsedTime(began));
            log.LogError(e, "Job {Job} failed.", name);
            await EndAsync(name, null, e is PortalException ? e.Message : e.GetType().Name);
            throw;
        }
    }

    private static async Task<JobRow> RowAsync(PortalDb db, string name, CancellationToken ct) =>
        await db.Jobs.SingleOrDefaultAsync(j => j.Name == name, ct) ?? db.Add(new JobRow { Name = name }).Entity;

    private async Task<bool> ClaimAsync(string name, CancellationToken ct)
    {
        try
        {
            return await lane.RunAsync(Self, Can.KeepHouse, async db =>
            {
                var now = time.Now();
                await RowAsync(db, name, ct);
                await db.SaveChangesAsync(ct);
                return await db.Jobs.Where(j => j.Name == name && !j.IsPaused && (j.LeasedUntil == null || j.LeasedUntil < now))
                    .ExecuteUpdateAsync(j => j.SetProperty(x => x.Holder, holder).SetProperty(x => x.LeasedUntil, now + Lease).SetProperty(x => x.LastBeganAt, now), ct) == 1;
            }, ct);
        }
        catch (Conflict)
        {
            // Another host has just written the job's first row, and with it its first lease.
            return false;
        }
    }

    private async Task RenewAsync(string name, CancellationTokenSource run)
    {
        try
        {
            var until = time.Now() + Lease;
            var renewed = await lane.RunAsync(Self, Can.KeepHouse, db => db.Jobs.Where(j => j.Name == name && j.Holder == holder)
                .ExecuteUpdateAsync(j => j.SetProperty(x => x.LeasedUntil, until)));
            if (renewed == 0)
                await run.CancelAsync();
        }
        catch (Exception e) when (e is StoreUnavailable or ObjectDisposedException)
        {
            log.LogWarning(e, "The lease of job {Job} could not be renewed.", name);
        }
    }

    private Task EndAsync(string name, string? result, string? error) => lane.RunAsync(Self, Can.KeepHouse, db =>
    {
        var now = time.Now();
        return db.Jobs.Where(j => j.Name == name && j.Holder == holder).ExecuteUpdateAsync(j => j
            .SetProperty(x => x.LeasedUntil, (DateTime?)null).SetProperty(x => x.LastEndedAt, now)
            .SetProperty(x => x.LastResult, result).SetProperty(x => x.LastError, error));
    });
}
