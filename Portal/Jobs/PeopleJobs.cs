using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Jobs;

public sealed class LetRegistrationsGoJob(JobDesk desk, Registrations registrations) : PortalJob(desk)
{
    protected override string Name => "let-registrations-go";

    protected override Task<bool> HasWorkAsync(CancellationToken ct) => registrations.HasWorkAsync(ct);

    protected override async Task<string> RunAsync(CancellationToken ct) => $"{await registrations.RunAsync(ct)} registrations that nobody confirmed";
}

public sealed class CloseAccountsJob(JobDesk desk, ClosingService closing) : PortalJob(desk)
{
    protected override string Name => "close-accounts";

    protected override Task<bool> HasWorkAsync(CancellationToken ct) => closing.HasWorkAsync(ct);

    protected override async Task<string> RunAsync(CancellationToken ct) => await closing.RunAsync(ct) is var (people, clients) ? $"{people} people erased, {clients} clients closed" : "";
}
