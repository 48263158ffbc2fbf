using Portal.Core.Foundation;
using Portal.Core.Reactions.Notifications;

namespace Portal.Jobs;

public sealed class SendDigestsJob(JobDesk desk, Digests digests) : PortalJob(desk)
{
    protected override Task<bool> HasWorkAsync(CancellationToken ct) => digests.HasWorkAsync(ct);

    protected override async Task<JobResult> RunAsync(CancellationToken ct) => JobResult.Of(await digests.RunAsync(ct), "digests");
}
