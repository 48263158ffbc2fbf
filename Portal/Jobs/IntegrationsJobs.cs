using Portal.Core.Domains.Integrations;
using Portal.Core.Foundation;

namespace Portal.Jobs;

public sealed class CheckProvidersJob(JobDesk desk, ApiConfigTester tester) : PortalJob(desk)
{
    protected override Task<bool> HasWorkAsync(CancellationToken ct) => tester.HasWorkAsync(ct);

    protected override async Task<JobResult> RunAsync(CancellationToken ct) => await tester.RunAsync(ct) is var (tried, broken)
        ? new(tried, broken == 0 ? $"{tried} configurations looked at" : $"{tried} configurations looked at, {broken} broken")
        : new(0, "");
}

public sealed class WatchWebhooksJob(JobDesk desk, WebhookSilence silence, WebhookTrouble trouble) : PortalJob(desk)
{
    protected override async Task<JobResult> RunAsync(CancellationToken ct)
    {
        var (silent, refused) = (await silence.RunAsync(ct), await trouble.RunAsync(ct));
        return silent + refused > 0 ? new(silent + refused, $"{silent} providers are silent, of {refused} no call is taken") : new(0, "all that should call do");
    }
}

public sealed class CheckMailStatusJob(JobDesk desk, StatusChecks checks) : PortalJob(desk)
{
    protected override Task<bool> HasWorkAsync(CancellationToken ct) => checks.HasWorkAsync(Provider.Resend, ct);

    protected override async Task<JobResult> RunAsync(CancellationToken ct) => await checks.RunAsync(Provider.Resend, ct) is var (asked, moved) ? new(moved, $"{asked} e-mails asked for, {moved} further than we knew") : new(0, "");
}

public sealed class CheckSmsStatusJob(JobDesk desk, StatusChecks checks) : PortalJob(desk)
{
    protected override Task<bool> HasWorkAsync(CancellationToken ct) => checks.HasWorkAsync(Provider.Twilio, ct);

    protected override async Task<JobResult> RunAsync(CancellationToken ct) => await checks.RunAsync(Provider.Twilio, ct) is var (asked, moved) ? new(moved, $"{asked} text messages asked for, {moved} further than we knew") : new(0, "");
}

public sealed class SealSecretsJob(JobDesk desk, SecretSealing sealing) : PortalJob(desk)
{
    protected override Task<bool> HasWorkAsync(CancellationToken ct) => sealing.HasWorkAsync(ct);

    protected override async Task<JobResult> RunAsync(CancellationToken ct) => JobResult.Of(await sealing.RunAsync(ct), "secrets sealed with the newest key");
}
