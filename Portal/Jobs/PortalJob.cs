using Portal.Core.Foundation;
using Quartz;

namespace Portal.Jobs;

/// <summary>A job that one host at a time runs, when there is something to do and it is not paused.</summary>
[DisallowConcurrentExecution]
public abstract class PortalJob(JobDesk desk) : IJob
{
    private JobPlan Plan => Schedule.PlanOf(GetType());

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        await desk.LookAsync(Plan, cancellationToken);
        if (await HasWorkAsync(cancellationToken))
            await desk.RunAsync(Plan.Name, RunAsync, cancellationToken);
    }

    /// <summary>What somebody has claimed runs now, whether there is work or not.</summary>
    internal Task RunAsync(JobClaim claim, CancellationToken ct) => desk.RunAsync(claim, RunAsync, ct);

    /// <summary>A look that costs no write, so that an idle portal is idle.</summary>
    protected virtual Task<bool> HasWorkAsync(CancellationToken ct) => Task.FromResult(true);

    /// <returns>What the run did.</returns>
    protected abstract Task<JobResult> RunAsync(CancellationToken ct);
}
