using System.Data.Common;
using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>
/// Whether this host can serve: its database takes writes, is of this version and opens with our key, and what happened is passed on.
/// Anyone may ask, so the answer is kept for a moment.
/// </summary>
public sealed class Readiness(Database database, SecretKeys secrets, EventRelay relay, TimeProvider time, ILogger<Readiness> log)
{
    private static readonly TimeSpan Kept = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Stuck = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly Actor Self = Actor.System("readiness");
    private readonly SemaphoreSlim looking = new(1, 1);
    private ReadinessReport? last;

    public async Task<ReadinessReport> LookAsync(CancellationToken ct)
    {
        await looking.WaitAsync(ct);
        try
        {
            return IsFresh(last) ? last! : last = Noted(await LookAnewAsync());
        }
        finally
        {
            looking.Release();
        }
    }

    private bool IsFresh(ReadinessReport? report) => report is not null && time.Now() - report.At < Kept;

    // Not with the asker's token: who comes next lives on this answer too.
    private async Task<ReadinessReport> LookAnewAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return new(time.Now(),
        [
            new("database", await HoldsAsync(() => TakesWritesAsync(patience.Token))),
            new("migrations", await HoldsAsync(() => Task.FromResult(database.Provider.Exists() && DatabaseStart.IsMigrated(database)))),
            new("keys", await HoldsAsync(() => Task.FromResult(database.Provider.Exists() && secrets.AreInOrder()))),
            new("relay", await HoldsAsync(() => RelayRunsAsync(patience.Token))),
        ]);
    }

    // Said when it changes, not whenever it is asked.
    private ReadinessReport Noted(ReadinessReport report)
    {
        if (report.IsReady != (last?.IsReady ?? true))
            log.Log(report.IsReady ? LogLevel.Information : LogLevel.Warning, "This host is {State}: {Checks}", report.IsReady ? "ready again" : "not ready", string.Join(", ", report.Checks));
        return report;
    }

    private async Task<bool> HoldsAsync(Func<Task<bool>> check)
    {
        try
        {
            return await check();
        }
        catch (Exception e) when (e is DbException or OperationCanceledException or InvalidOperationException || DbErrors.Translate(e) is StoreUnavailable)
        {
            log.LogDebug(e, "A check did not get its answer.");
            return false;
        }
    }

    private async Task<bool> TakesWritesAsync(CancellationToken ct)
    {
        // A look must not make a new file where the old one has gone.
        if (!database.Provider.Exists())
            return false;
        using var turn = await database.Gate.EnterAsync(ct);
        await using var connection = database.Provider.Connect();
        await connection.OpenAsync(ct);
        await using var command = connection.CreateCommand();
        (command.CommandText, command.CommandTimeout) = (database.Provider.WriteProbe, 1);
        await command.ExecuteNonQueryAsync(ct);
        return true;
    }

    /// <summary>Nothing has been due for long; or if it has, a host is at it, or somebody has paused it.</summary>
    private async Task<bool> RelayRunsAsync(CancellationToken ct)
    {
        if ((await relay.FiguresAsync(ct)).Lag < Stuck)
            return true;
        await using var db = database.Open(Self, Can.KeepHouse);
        var now = time.Now();
        return await db.Jobs.AnyAsync(j => j.Name == EventRelay.Job && (j.IsPaused || j.LeasedUntil > now || (j.LastError == null && j.LastEndedAt > now - Stuck)), ct);
    }
}

/// <summary>What was looked at and how it was found. It says nothing about where things lie.</summary>
public sealed record ReadinessReport(DateTime At, IReadOnlyList<ReadinessCheck> Checks)
{
    public bool IsReady => Checks.All(c => c.Holds);
}

public sealed record ReadinessCheck(string Name, bool Holds)
{
    public override string ToString() => $"{Name} {(Holds ? "ok" : "failed")}";
}
