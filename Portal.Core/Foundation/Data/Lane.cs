using System.Diagnostics;
using System.Threading.Channels;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>
/// One writer for what must be both durable and fast. It takes whatever has queued while the last commit ran, runs each unit of work
/// inside a savepoint, commits once, and only then answers the callers. A unit that is refused undoes only itself. A unit may run twice
/// when its batch breaks, so it touches nothing but its database.
/// </summary>
public sealed class Lane(Database database, ILogger<Lane> log) : IAsyncDisposable
{
    private const int MostPerCommit = 512;
    private static readonly TimeSpan LongestBatch = TimeSpan.FromMilliseconds(50);

    private readonly Channel<LaneUnit> queue = Channel.CreateBounded<LaneUnit>(new BoundedChannelOptions(20_000) { SingleReader = true });
    private readonly Lock starting = new();
    private Task? writer;

    /// <summary>How many units wait for the writer.</summary>
    public int Queued => queue.Reader.Count;

    /// <summary>Runs the work and saves it; returns when it is committed.</summary>
    public async Task<T> RunAsync<T>(Actor actor, Can can, Func<PortalDb, Task<T>> work, CancellationToken ct = default)
    {
        if (!actor.May(can))
            throw new Forbidden(can, actor);
        if (LaneUnit.IsRunning)
            throw new InvalidOperationException("This is the lane already: work on the PortalDb you were given.");
        Start();
        var unit = new LaneUnit<T>(actor, can, work, ct);
        await queue.Writer.WriteAsync(unit, ct);
        return await unit.Result;
    }

    public Task RunAsync(Actor actor, Can can, Func<PortalDb, Task> work, CancellationToken ct = default) =>
        RunAsync(actor, can, async db =>
        {
            await work(db);
            return true;
        }, ct);

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        if (writer is not null)
            await writer;
    }

    private void Start()
    {
        lock (starting)
            writer ??= Task.Run(WriteAsync);
    }

    private async Task WriteAsync()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            try
            {
                await using var session = await LaneSession.OpenAsync(database);
                while (await queue.Reader.WaitToReadAsync() && await WriteOnAsync(session))
                {
                }
            }
            catch (Exception e)
            {
                log.LogWarning(e, "The lane cannot reach its database.");
                FailQueued(e);
            }
        }
    }

    /// <summary>Who waits for a database that does not open hears so at once instead of waiting for it.</summary>
    private void FailQueued(Exception error)
    {
        for (var count = queue.Reader.Count; count > 0 && queue.Reader.TryRead(out var unit); count--)
            unit.Fail(error);
    }

    /// <returns>False when the batch broke: everyone in it has an answer, and the connection is not to be trusted any more.</returns>
    private async Task<bool> WriteOnAsync(LaneSession session)
    {
        var batch = new List<LaneUnit>();
        try
        {
            await WriteBatchAsync(session, batch);
            return true;
        }
        catch (Exception e) when (batch.Count > 1)
        {
            log.LogWarning(e, "A batch of {Count} broke; its units run one by one.", batch.Count);
            foreach (var unit in batch)
                await AloneAsync(unit);
            return false;
        }
        catch (Exception e) when (batch.Count == 1)
        {
            batch[0].Fail(e);
            return false;
        }
    }

    private async Task WriteBatchAsync(LaneSession session, List<LaneUnit> batch)
    {
        using var turn = await database.Gate.EnterAsync(CancellationToken.None);
        await using var transaction = await session.BeginAsync();
        var began = Stopwatch.GetTimestamp();
        while (batch.Count < MostPerCommit && Stopwatch.GetElapsedTime(began) < LongestBatch && queue.Reader.TryRead(out var unit))
        {
            batch.Add(unit);
            await RunInSavepointAsync(session, transaction, unit);
        }

        await transaction.CommitAsync();
        Meters.Commits.Record(Stopwatch.GetElapsedTime(began).TotalSeconds);
        batch.ForEach(u => u.Complete());
    }

    private async Task AloneAsync(LaneUnit unit)
    {
        try
        {
            await using var session = await LaneSession.OpenAsync(database);
            using var turn = await database.Gate.EnterAsync(CancellationToken.None);
            await using var transaction = await session.BeginAsync();
            await RunInSavepointAsync(session, transaction, unit);
            await transaction.CommitAsync();
            unit.Complete();
        }
        catch (Exception e)
        {
            unit.Fail(e);
        }
    }

    /// <summary>A refusal stays with its unit; only what breaks the whole transaction is thrown.</summary>
    private static async Task RunInSavepointAsync(LaneSession session, IDbContextTransaction transaction, LaneUnit unit)
    {
        const string Savepoint = "unit";
        await transaction.CreateSavepointAsync(Savepoint);
        try
        {
            await unit.RunAsync(session.For(unit));
            await transaction.ReleaseSavepointAsync(Savepoint);
        }
        catch (Exception e)
        {
            await UndoAsync(transaction, Savepoint, e);
            unit.Refuse(e);
        }
    }

    private static async Task UndoAsync(IDbContextTransaction transaction, string savepoint, Exception cause)
    {
        try
        {
            await transaction.RollbackToSavepointAsync(savepoint);
        }
        catch (Exception gone) when (DbErrors.Translate(cause) is StoreUnavailable known)
        {
            // A server that has chosen us to give way has undone all of it already.
            throw new StoreUnavailable(new AggregateException(known, gone));
        }
    }
}
