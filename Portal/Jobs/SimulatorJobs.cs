using Portal.Core.Domains.Integrations;
using Portal.Core.Foundation;

namespace Portal.Jobs;

/// <summary>Where there are simulators: what they have to tell.</summary>
public sealed class CallBackJob(JobDesk desk, SimulatorCallbacks callbacks) : PortalJob(desk)
{
    protected override Task<bool> HasWorkAsync(CancellationToken ct) => callbacks.HasWorkAsync(ct);

    protected override async Task<JobResult> RunAsync(CancellationToken ct) => JobResult.Of(await callbacks.RunAsync(ct), "call-backs");
}

public sealed class CleanSimulatorsJob(JobDesk desk, SimulatorBoard board) : PortalJob(desk)
{
    protected override async Task<JobResult> RunAsync(CancellationToken ct) => JobResult.Of(await board.CleanUpAsync(ct), "simulated rows");
}
