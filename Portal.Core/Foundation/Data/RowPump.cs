using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>
/// Does what waits in a table, each row once in effect: the work's rows and the row's mark are one unit in the lane. Two hosts may both
/// try; the mark is a concurrency token, so one of them undoes all it added.
/// </summary>
internal sealed class RowPump<TRow>(Database database, Lane lane, TimeProvider time, ILogger log, string name)
    where TRow : QueuedRow
{
    private const int Most = 200;
    private readonly Actor self = Actor.System(name);

    public async Task<bool> HasWorkAsync(CancellationToken ct)
    {
        await using var db = database.Open(self, Can.KeepHouse);
        var now = time.Now();
        return await db.Set<TRow>().AnyAsync(r => r.NextTryAt <= now, ct);
    }

    public async Task<QueueFigures> FiguresAsync(CancellationToken ct)
    {
        await using var db = database.Open(self, Can.KeepHouse);
        var now = time.Now();
        var waiting = db.Set<TRow>().Where(r => r.NextTryAt != null);
        return new(await waiting.CountAsync(ct), now - await waiting.Where(r => r.NextTryAt <= now).MinAsync(r => r.NextTryAt, ct) ?? TimeSpan.Zero);
    }

    /// <summary>Works through all that is due, oldest first, and says how many it did.</summary>
    public async Task<int> RunAsync(Func<TRow, PortalDb, Task> work, CancellationToken ct)
    {
        var count = 0;
        while (await DueAsync(ct) is { Count: > 0 } due)
        {
            var done = await Task.WhenAll(due.Select(id => TryAsync(id, work, ct)));
            count += done.Count(d => d);
        }

        return count;
    }

    private async Task<List<long>> DueAsync(CancellationToken ct)
    {
        await using var db = database.Open(self, Can.KeepHouse);
        var now = time.Now();
        return await db.Set<TRow>().Where(r => r.NextTryAt <= now).OrderBy(r => r.NextTryAt).ThenBy(r => r.Id).Take(Most).Select(r => r.Id).ToListAsync(ct);
    }

    private async Task<bool> TryAsync(long id, Func<TRow, PortalDb, Task> work, CancellationToken ct)
    {
        try
        {
            return await lane.RunAsync(self, Can.KeepHouse, async db =>
            {
                var row = await db.Set<TRow>().SingleAsync(r => r.Id == id, ct);
                if (row.NextTryAt is null)
                    return false;
                await work(row, db);
                row.Done(time.Now());
                return true;
            }, ct);
        }
        catch (Exception e) when (e is not OperationCanceledException and not StoreUnavailable)
        {
            return await PutOffAsync(id, e, ct);
        }
    }

    private Task<bool> PutOffAsync(long id, Exception error, CancellationToken ct) => lane.RunAsync(self, Can.KeepHouse, async db =>
    {
        var row = await db.Set<TRow>().SingleAsync(r => r.Id == id, ct);
        if (row.NextTryAt is null)
            return false; // Another host was first: its rows stand, ours are gone.
        log.LogError(error, "{Name}: row {Row} failed and is put off.", name, id);
        row.Failed(error.Message, time.Now());
        return false;
    }, ct);
}

/// <summary>How many rows wait, and for how long the first of them has been due.</summary>
public sealed record QueueFigures(int Waiting, TimeSpan Lag);
