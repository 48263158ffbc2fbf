using Portal.Core.Foundation;
using Quartz;

namespace Portal.Jobs;

/// <summary>A job that one host at a time runs, when there is something to do and it is not paused.</summary>
[DisallowConcurrentExecution]
public abstract class PortalJob(JobDesk desk) : IJob
{
    protected abstract string Name { get; }

    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken = default)
    {
        if (await HasWorkAsync(cancellationToken))
            await desk.RunAsync(Name, RunAsync, cancellationToken);
    }

    /// <summary>A look that costs no write, so that an idle portal is idle.</summary>
    protected virtual Task<bool> HasWorkAsync(CancellationToken ct) => Task.FromResult(true);

    /// <returns>What the run did, in words for the admin.</returns>
    protected abstract Task<string> RunAsync(CancellationToken ct);
}
