using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>
/// Hands what is stored to whoever handles it, exactly once in effect: in groups, each group's effects and marks in one commit. There is
/// no lease on a row, for nothing leaves the portal here: a host that is killed has done nothing, and of two hosts that try the same one undoes
/// all it added. What breaks a group is found by trying its messages one by one.
/// </summary>
public sealed class InboxPump(Database database, Lane lane, InboxSeal seal, InboxHandlers handlers, TimeProvider time, ILogger<InboxPump> log)
{
    private const int Most = 500;
    private const int AtOnce = 50;
    private static readonly TimeSpan LooksEvery = TimeSpan.FromMinutes(10);
    private static readonly Actor Self = Actor.System("inbox");
    private readonly RowPump<InboxRow> queue = new(database, lane, time, log, "inbox");
    private DateTime looksAt = DateTime.MinValue;

    /// <summary>
    /// A look finds what was kept until there was somebody for it: when a host begins, and then again and again, for while hosts are replaced one by
    /// one, an old one still keeps what the new ones know.
    /// </summary>
    public async Task<bool> HasWorkAsync(CancellationToken ct) => time.Now() >= looksAt || await queue.HasWorkAsync(ct);

    public Task<QueueFigures> FiguresAsync(CancellationToken ct) => queue.FiguresAsync(ct);

    /// <summary>Works through all that is due, oldest first, and says how many it did.</summary>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        if (time.Now() is var now && now >= looksAt)
        {
            await WakeKeptAsync(ct);
            looksAt = now + LooksEvery;
        }

        var count = 0;
        while (await DueAsync(ct) is { Count: > 0 } due)
        {
            // What has failed before goes by itself, so that it holds up no others again.
            foreach (var group in due.Where(d => d.IsFresh).Select(d => d.Id).Chunk(AtOnce).Concat(due.Where(d => !d.IsFresh).Select(d => new[] { d.Id })))
                count += await TryAsync(group, ct);
        }

        return count;
    }

    private async Task<List<(long Id, bool IsFresh)>> DueAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var now = time.Now();
        var due = await db.Inbox.Where(r => r.NextTryAt <= now).OrderBy(r => r.NextTryAt).ThenBy(r => r.Id).Take(Most).Select(r => new { r.Id, r.Tries }).ToListAsync(ct);
        return due.ConvertAll(r => (r.Id, r.Tries == 0));
    }

    private async Task<int> TryAsync(long[] ids, CancellationToken ct)
    {
        try
        {
            return await lane.RunAsync(Self, Can.KeepHouse, db => HandleAsync(db, ids, ct), ct);
        }
        catch (Exception e) when (e is not OperationCanceledException and not StoreUnavailable)
        {
            if (ids.Length == 1)
                return await PutOffAsync(ids[0], e, ct);
            var count = 0;
            foreach (var id in ids)
                count += await TryAsync([id], ct);
            return count;
        }
    }

    private async Task<int> HandleAsync(PortalDb db, long[] ids, CancellationToken ct)
    {
        var rows = await db.Inbox.Where(r => ids.Contains(r.Id) && r.NextTryAt != null).OrderBy(r => r.Id).ToListAsync(ct);
        foreach (var group in rows.GroupBy(r => handlers.For(r.Provider, r.Type)))
        {
            if (group.Key is { } handler)
                await HandleAsync(db, handler, [.. group], ct);
            else
                Keep([.. group]);
        }

        return rows.Count;
    }

    private async Task HandleAsync(PortalDb db, IInboxHandler handler, List<InboxRow> rows, CancellationToken ct)
    {
        var messages = rows.ConvertAll(r => new InboxMessage(r.Provider, r.EventId, r.Type, seal.Open(r), r.ReceivedAt, r.ClientId, r.IsSandbox));
        var notes = await handler.HandleAsync(messages, db, ct);
        var now = time.Now();
        foreach (var (row, note) in rows.Zip(notes))
        {
            row.Handled(note, now);
            Meters.InboxHandled.Add(1, new("provider", row.Provider), new("outcome", "handled"));
        }
    }

    private static void Keep(List<InboxRow> rows)
    {
        foreach (var row in rows)
        {
            row.Keep();
            Meters.InboxHandled.Add(1, new("provider", row.Provider), new("outcome", "kept"));
        }
    }

    private Task<int> PutOffAsync(long id, Exception error, CancellationToken ct) => lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        var row = await db.Inbox.SingleOrDefaultAsync(r => r.Id == id && r.NextTryAt != null, ct);
        if (row is null)
            return 0; // Another host was first: its rows stand, ours are gone.
        log.LogError(error, "{Name}: row {Row} failed and is put off.", "inbox", id);
        var (words, now) = (error is PortalException ? error.Message : error.GetType().Name, time.Now());
        row.Failed(words, now);
        db.Add(InboxAttempt.Of(row, words, now));
        Meters.InboxHandled.Add(1, new("provider", row.Provider), new("outcome", row.State is InboxState.Dead ? "dead" : "failed"));
        return 0;
    }, ct);

    /// <summary>What was kept because nobody knew what to do with it, and somebody does now.</summary>
    private Task WakeKeptAsync(CancellationToken ct) => lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        var kinds = await db.Inbox.Where(r => r.State == InboxState.Kept).Select(r => new { r.Provider, r.Type }).Distinct().ToListAsync(ct);
        foreach (var kind in kinds.Where(k => handlers.For(k.Provider, k.Type) is not null))
        {
            var (provider, type, now) = (kind.Provider, kind.Type, time.Now());
            await db.Inbox.Where(r => r.State == InboxState.Kept && r.Provider == provider && r.Type == type)
                .ExecuteUpdateAsync(r => r.SetProperty(x => x.State, InboxState.Waiting).SetProperty(x => x.NextTryAt, now), ct);
        }
    }, ct);
}
