using Portal.Core.Domains.Integrations;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Core.Reactions.Notifications;

namespace Portal.Jobs;

public sealed class RelayEventsJob(JobDesk desk, EventRelay relay) : PortalJob(desk)
{
    protected override Task<bool> HasWorkAsync(CancellationToken ct) => relay.HasWorkAsync(ct);

    protected override async Task<JobResult> RunAsync(CancellationToken ct) => JobResult.Of(await relay.RunAsync(ct), "events");
}

public sealed class PumpInboxJob(JobDesk desk, InboxPump pump) : PortalJob(desk)
{
    protected override Task<bool> HasWorkAsync(CancellationToken ct) => pump.HasWorkAsync(ct);

    protected override async Task<JobResult> RunAsync(CancellationToken ct) => JobResult.Of(await pump.RunAsync(ct), "messages");
}

public sealed class SendDeliveriesJob(JobDesk desk, DeliverySender sender) : PortalJob(desk)
{
    protected override Task<bool> HasWorkAsync(CancellationToken ct) => sender.HasWorkAsync(ct);

    protected override async Task<JobResult> RunAsync(CancellationToken ct) => JobResult.Of(await sender.RunAsync(ct), "deliveries");
}

public sealed class SealEventsJob(JobDesk desk, Sealer sealer) : PortalJob(desk)
{
    protected override Task<bool> HasWorkAsync(CancellationToken ct) => sealer.HasWorkAsync(ct);

    protected override async Task<JobResult> RunAsync(CancellationToken ct) => JobResult.Of(await sealer.RunAsync(ct), "events sealed");
}

public sealed class RotateKeysJob(JobDesk desk, SigningKeys signing, SecretKeys secrets) : PortalJob(desk)
{
    protected override async Task<JobResult> RunAsync(CancellationToken ct) => (await signing.RotateAsync(ct), await secrets.RotateAsync(ct)) switch
    {
        (false, false) => new(0, "nothing due"),
        var (signs, seals) => new((signs ? 1 : 0) + (seals ? 1 : 0), $"new keys for {(signs ? "tokens" : "")}{(signs && seals ? " and " : "")}{(seals ? "secrets" : "")}"),
    };
}

public sealed class CleanUpJob(JobDesk desk, RateLimits limits, OnceDesk once, TokenService tokens, OneTimeCodes codes, HouseCleaning house, StatusChecks handed, NotificationCleaning notifications, Digests digests) : PortalJob(desk)
{
    protected override async Task<JobResult> RunAsync(CancellationToken ct)
    {
        (int Count, string What)[] gone =
        [
            (await limits.CleanUpAsync(ct), "rate windows"),
            (await once.CleanUpAsync(ct), "kept answers"),
            (await tokens.CleanUpAsync(ct), "refresh tokens"),
            (await codes.CleanUpAsync(ct), "codes"),
            (await house.DeliveriesAsync(ct), "deliveries"),
            (await notifications.RunAsync(ct), "notifications"),
            (await digests.CleanUpAsync(ct), "lines of digests"),
            (await house.WebhooksAsync(ct), "webhooks"),
            (await house.ReportsAsync(ct), "reports on deliveries"),
            (await handed.CleanUpAsync(ct), "notes of handing over"),
            (await house.JobRunsAsync(ct), "runs of jobs"),
        ];
        return new(gone.Sum(g => g.Count), gone.Any(g => g.Count > 0) ? string.Join(", ", gone.Where(g => g.Count > 0).Select(g => $"{g.Count} {g.What}")) : "nothing to clean up");
    }
}
