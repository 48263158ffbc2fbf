using Portal.Core.Domains.People;
using Portal.Core.Foundation;
using Portal.Core.Reactions.Notifications;

namespace Portal.Jobs;

public sealed class RelayEventsJob(JobDesk desk, EventRelay relay) : PortalJob(desk)
{
    protected override string Name => EventRelay.Job;

    protected override Task<bool> HasWorkAsync(CancellationToken ct) => relay.HasWorkAsync(ct);

    protected override async Task<string> RunAsync(CancellationToken ct) => $"{await relay.RunAsync(ct)} events";
}

public sealed class PumpInboxJob(JobDesk desk, InboxPump pump) : PortalJob(desk)
{
    protected override string Name => "pump-inbox";

    protected override Task<bool> HasWorkAsync(CancellationToken ct) => pump.HasWorkAsync(ct);

    protected override async Task<string> RunAsync(CancellationToken ct) => $"{await pump.RunAsync(ct)} messages";
}

public sealed class SendDeliveriesJob(JobDesk desk, DeliverySender sender) : PortalJob(desk)
{
    protected override string Name => "send-deliveries";

    protected override Task<bool> HasWorkAsync(CancellationToken ct) => sender.HasWorkAsync(ct);

    protected override async Task<string> RunAsync(CancellationToken ct) => $"{await sender.RunAsync(ct)} deliveries";
}

public sealed class SealEventsJob(JobDesk desk, Sealer sealer) : PortalJob(desk)
{
    protected override string Name => "seal-events";

    protected override Task<bool> HasWorkAsync(CancellationToken ct) => sealer.HasWorkAsync(ct);

    protected override async Task<string> RunAsync(CancellationToken ct) => $"{await sealer.RunAsync(ct)} events sealed";
}

public sealed class RotateKeysJob(JobDesk desk, SigningKeys signing, SecretKeys secrets) : PortalJob(desk)
{
    protected override string Name => "rotate-keys";

    protected override async Task<string> RunAsync(CancellationToken ct) => (await signing.RotateAsync(ct), await secrets.RotateAsync(ct)) switch
    {
        (false, false) => "nothing due",
        var (signs, seals) => $"new keys for {(signs ? "tokens" : "")}{(signs && seals ? " and " : "")}{(seals ? "secrets" : "")}",
    };
}

public sealed class CleanUpJob(JobDesk desk, RateLimits limits, OnceDesk once, TokenService tokens, OneTimeCodes codes, Digests digests) : PortalJob(desk)
{
    protected override string Name => "clean-up";

    protected override async Task<string> RunAsync(CancellationToken ct) =>
        $"{await limits.CleanUpAsync(ct)} rate windows, {await once.CleanUpAsync(ct)} kept answers, {await tokens.CleanUpAsync(ct)} refresh tokens, {await codes.CleanUpAsync(ct)} codes, {await digests.CleanUpAsync(ct)} lines of digests";
}
