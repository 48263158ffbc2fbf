using Portal.Core.Foundation;

namespace Portal.Startup;

/// <summary>
/// Between the word to stop and the closed door: /health/ready says 503 already, and requests are still answered, so that a load
/// balancer has time to send people elsewhere.
/// </summary>
public sealed class Drain(PortalOptions options) : IHostedLifecycleService
{
    public Task StoppingAsync(CancellationToken cancellationToken) =>
        Task.Delay(TimeSpan.FromSeconds(options.DrainSeconds), cancellationToken).ContinueWith(_ => { }, TaskScheduler.Default);

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
