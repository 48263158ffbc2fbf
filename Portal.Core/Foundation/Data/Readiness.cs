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

    private bool IsFresh(ReadinessReport? report) => report is not null && time.GetElapsedTime(report.At) < Kept;

    // Not with the asker's token: who comes next lives on this answer too. All at once: a slow one takes no time from another.
    private async Task<ReadinessReport> LookAnewAsync()
    {
        var checks = await Task.WhenAll(
            CheckAsync("database", TakesWritesAsync),
            CheckAsync("migrations", _ => Task.FromResult(database.Provider.Exists() && DatabaseStart.IsMigrated(database))),
            CheckAsync("keys", _ => Task.FromResult(database.Provider.Exists() && secrets.AreInOrder())),
            CheckAsync("relay", RelayRunsAsync));
        return new(time.GetTimestamp(), checks);
    }

    // Said when it changes, not whenever it is asked.
    private ReadinessReport Noted(ReadinessReport report)
    {
        if (report.IsReady != (last?.IsReady ?? true))
            log.Log(report.IsReady ? LogLevel.Information : LogLevel.Warning, "This host is {State}: {Checks}", report.IsReady ? "ready again" : "not ready", string.Join(", ", report.Checks));
        return report;
    }

    private async Task<ReadinessCheck> CheckAsync(string name, Func<CancellationToken, Task<bool>> check)
    {
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            return new(name, await Task.Run(() => check(patience.Token)).WaitAsync(patience.Token) ? Finding.Ok : Finding.Failed);
        }
        catch (Exception e) when (e is DbException or OperationCanceledException or InvalidOperationException || DbErrors.Translate(e) is StoreUnavailable)
        {
            log.LogDebug(e, "The check {Name} did not get its answer.", name);
            return new(name, patience.IsCancellationRequested ? Finding.Slow : Finding.Failed);
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
/// <param name="At">On the clock that nobody sets.</param>
/// <param name="Checks">What was found.</param>
public sealed record ReadinessReport(long At, IReadOnlyList<ReadinessCheck> Checks)
{
    public bool IsReady => Checks.All(c => c.Holds);
}

public enum Finding
{
    Ok,
    Failed,

    /// <summary>It had no answer in time.</summary>
    Slow,
}

public sealed record ReadinessCheck(string Name, Finding Found)
{
    public bool Holds => Found is Finding.Ok;

    public override string ToString() => $"{Name} {Input.Name(Found.ToString())}";
}
