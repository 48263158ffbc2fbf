using System.Threading.Channels;

namespace Portal.Core.Foundation;

/// <summary>
/// Stores what webhooks brought before anyone answers them. Whatever has arrived while the last commit ran is stored with the next one, as one
/// unit of the lane, so that thousands a second cost a few commits. The second of the same event changes nothing. What nobody here handles
/// is kept at once: then the pump need not look at it.
/// </summary>
public sealed class InboxIntake(Lane lane, InboxSeal seal, InboxHandlers handlers, TimeProvider time) : IAsyncDisposable
{
    private const int MostAtOnce = 1_000;
    private static readonly Actor Self = Actor.System("inbox");
    private readonly Channel<Waiting> queue = Channel.CreateBounded<Waiting>(new BoundedChannelOptions(20_000) { SingleReader = true });
    private readonly Lock starting = new();
    private Task? writer;

    /// <returns>How many of them were new, once they are durable.</returns>
    public async Task<int> StoreAsync(string provider, IReadOnlyList<InboxArrival> arrivals, CancellationToken ct = default)
    {
        if (arrivals.Count == 0)
            return 0;
        Start();
        var now = time.Now();
        var waiting = new Waiting([.. arrivals.Select(a => Row(provider, a, now))]);
        await queue.Writer.WriteAsync(waiting, ct);
        return await waiting.Stored.Task.WaitAsync(ct);
    }

    private InboxRow Row(string provider, InboxArrival arrival, DateTime now)
    {
        var row = new InboxRow
        {
            Provider = provider,
            EventId = arrival.EventId,
            Type = arrival.Type,
            ClientId = arrival.ClientId,
            IsSandbox = arrival.IsSandbox,
            ReceivedAt = now,
            Body = seal.Seal(provider, arrival.EventId, arrival.Body.Span),
        };
        if (handlers.For(provider, arrival.Type) is null)
            row.Keep();
        else
            row.Due();
        return row;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        if (writer is not null)
            await writer;
    }

    private void Start()
    {
        if (writer is not null)
            return;
        lock (starting)
        {
            if (writer is not null)
                return;

            // It outlives the request that happened to be the first, and is none of that one's business.
            using (ExecutionContext.SuppressFlow())
                writer = Task.Run(WriteAsync);
        }
    }

    private async Task WriteAsync()
    {
        while (await queue.Reader.WaitToReadAsync())
        {
            var (batch, rows) = (new List<Waiting>(), 0);
            while (rows < MostAtOnce && queue.Reader.TryRead(out var next))
            {
                batch.Add(next);
                rows += next.Rows.Count;
            }

            await StoreAsync(batch);
        }
    }

    private async Task StoreAsync(List<Waiting> batch)
    {
        try
        {
            var stored = await lane.RunAsync(Self, Can.KeepHouse, db => Task.FromResult(InboxSql.Insert(db, batch.ConvertAll(w => w.Rows))));
            foreach (var (waiting, count) in batch.Zip(stored))
                waiting.Stored.TrySetResult(count);
        }
        catch (Exception e)
        {
            foreach (var waiting in batch)
                waiting.Stored.TrySetException(e);
        }
    }

    /// <summary>What one request brought.</summary>
    private sealed record Waiting(IReadOnlyList<InboxRow> Rows)
    {
        public TaskCompletionSource<int> Stored { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}

/// <summary>One event of a request that has been verified.</summary>
/// <param name="IsSandbox">By something that only an account for trying signs with.</param>
public sealed record InboxArrival(string EventId, string Type, ReadOnlyMemory<byte> Body, long? ClientId = null, bool IsSandbox = false);
