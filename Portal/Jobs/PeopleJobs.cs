using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Jobs;

public sealed class LetRegistrationsGoJob(JobDesk desk, Registrations registrations) : PortalJob(desk)
{
    protected override Task<bool> HasWorkAsync(CancellationToken ct) => registrations.HasWorkAsync(ct);

    protected override async Task<JobResult> RunAsync(CancellationToken ct) => JobResult.Of(await registrations.RunAsync(ct), "registrations that nobody confirmed");
}

public sealed class CloseAccountsJob(JobDesk desk, ClosingService closing) : PortalJob(desk)
{
    protected override Task<bool> HasWorkAsync(CancellationToken ct) => closing.HasWorkAsync(ct);

    protected override async Task<JobResult> RunAsync(CancellationToken ct) => await closing.RunAsync(ct) is var (people, clients) ? new(people + clients, $"{people} people erased, {clients} clients closed") : new(0, "");
}
