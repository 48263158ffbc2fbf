using Portal.Core.Foundation;
using Portal.Core.Reactions.Notifications;

namespace Portal.Startup;

/// <summary>The one clock of this host's open pages: lets them hear what any host has changed.</summary>
public sealed class LiveWatch(InboxWatch watch, HouseWatch house, ILogger<LiveWatch> log) : BackgroundService
{
    private bool isBlind;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(InboxWatch.Pace);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await LookAsync(stoppingToken);
    }

    private async Task LookAsync(CancellationToken ct)
    {
        try
        {
            await watch.LookAsync(ct);
            await house.LookAsync(ct);
            isBlind = false;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Several times a second: said once until it looks again.
            if (!isBlind)
                log.LogWarning(e, "Open pages do not hear of what changes for now.");
            isBlind = true;
        }
    }
}
