using System.Threading.Channels;
using Portal.Core.Foundation;

namespace Portal.Jobs;

/// <summary>Runs a job at once because an admin asks for it, beside the schedule and under the same lease. How it went is on the board.</summary>
public sealed class RunNow(JobBoard board, IServiceScopeFactory scopes, ILogger<RunNow> log) : BackgroundService
{
    private readonly Channel<JobClaim> asked = Channel.CreateUnbounded<JobClaim>(new() { SingleReader = true });

    /// <summary>Begins it, or says why not. It goes on when whoever asked has gone.</summary>
    public async Task AskAsync(Actor actor, string name, CancellationToken ct) => asked.Writer.TryWrite(await board.AskAsync(actor, name, ct));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var running = new List<Task>();
        try
        {
            await foreach (var claim in asked.Reader.ReadAllAsync(stoppingToken))
            {
                running.RemoveAll(r => r.IsCompleted);
                running.Add(Task.Run(() => RunAsync(claim, stoppingToken), CancellationToken.None));
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops, and what runs hears of it too.
        }

        await Task.WhenAll(running);
    }

    private async Task RunAsync(JobClaim claim, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            await Schedule.Make(scope.ServiceProvider, claim.Name).RunAsync(claim, ct);
        }
        catch (Exception e)
        {
            // Written down with the run; the next one begins as if nothing had been.
            log.LogDebug(e, "Job {Job}, asked for, did not end well.", claim.Name);
        }
    }
}
