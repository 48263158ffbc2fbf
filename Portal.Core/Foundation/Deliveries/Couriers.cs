using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>
/// Those who take what lies ready to the other side, as many at once as the channel takes. One whose delivery hangs is not counted any
/// more, and another begins in its place: a dozen addresses that nobody answers for do not hold up the rest.
/// </summary>
internal sealed class Couriers(IChannel channel, TimeProvider time, ILogger log)
{
    /// <summary>As long as this is usual; longer is hanging.</summary>
    public static readonly TimeSpan Usual = TimeSpan.FromSeconds(5);

    private const int MostHanging = 4; // times as many as go at once
    private readonly Channel<Delivery> ready = Channel.CreateUnboundedPrioritized<Delivery>(new() { Comparer = Comparer<Delivery>.Create(Before) });
    private readonly Channel<DeliveryOutcome> done = Channel.CreateUnbounded<DeliveryOutcome>(new() { SingleReader = true });
    private readonly ConcurrentQueue<long> untried = new();
    private readonly List<Courier> all = [];

    /// <summary>How many nobody has taken yet.</summary>
    public int Ready => ready.Reader.Count;

    /// <summary>Some were left by whoever found out that the way is not in order.</summary>
    public bool HasUntried => !untried.IsEmpty;

    /// <summary>How many of those under way are not counted, because they hang.</summary>
    public int Hanging { get; private set; }

    public void Give(IEnumerable<Delivery> deliveries)
    {
        foreach (var delivery in deliveries)
            ready.Writer.TryWrite(delivery);
    }

    /// <summary>Sees to it that enough go, beside those that hang.</summary>
    public void Muster(CancellationToken stopping, CancellationToken cut)
    {
        all.RemoveAll(c => c.Work.IsCompleted);
        var hanging = all.Where(c => c.Hangs(time)).Take(MostHanging * channel.AtOnce).ToList();
        hanging.ForEach(c => c.IsLast = true);
        Hanging = hanging.Count;
        for (var going = all.Count - hanging.Count; going < channel.AtOnce; going++)
        {
            var courier = new Courier();
            courier.Work = Task.Run(() => GoAsync(courier, stopping, cut), CancellationToken.None);
            all.Add(courier);
        }
    }

    public Task RestAsync() => Task.WhenAll(all.Select(c => c.Work));

    public ValueTask<bool> SomeAreDoneAsync(CancellationToken ct) => done.Reader.WaitToReadAsync(ct);

    public void TakeDone(List<DeliveryOutcome> back)
    {
        while (done.Reader.TryRead(out var outcome))
            back.Add(outcome);
    }

    /// <summary>What lies ready is begun by nobody.</summary>
    public void LeaveRest()
    {
        while (ready.Reader.TryRead(out var delivery))
            untried.Enqueue(delivery.Id);
    }

    /// <summary>They could not be handed back yet.</summary>
    public void Keep(IEnumerable<long> ids)
    {
        foreach (var id in ids)
            untried.Enqueue(id);
    }

    /// <returns>All that were left so.</returns>
    public List<long> TakeUntried()
    {
        var ids = new List<long>();
        while (untried.TryDequeue(out var id))
            ids.Add(id);
        return ids;
    }

    private static int Before(Delivery one, Delivery other) => (!one.IsCritical, one.NextTryAt, one.Id).CompareTo((!other.IsCritical, other.NextTryAt, other.Id));

    private async Task GoAsync(Courier courier, CancellationToken stopping, CancellationToken cut)
    {
        try
        {
            while (!courier.IsLast && await ready.Reader.WaitToReadAsync(stopping))
            {
                if (stopping.IsCancellationRequested || !ready.Reader.TryRead(out var delivery))
                    continue;
                courier.SetsOut(time);
                if (await TryAsync(delivery, cut) is { } outcome)
                    Tell(outcome);
                courier.IsBack();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The run is over.
        }
    }

    private void Tell(DeliveryOutcome outcome)
    {
        if (outcome.How is DeliveryOutcome.Kind.PutOff)
            LeaveRest(); // the others would fare no better
        done.Writer.TryWrite(outcome);
    }

    /// <returns>Null when it was cut off and nobody knows how it would have ended.</returns>
    private async Task<DeliveryOutcome?> TryAsync(Delivery delivery, CancellationToken cut)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cut);
        patience.CancelAfter(channel.Patience);
        var (at, began) = (time.Now(), time.GetTimestamp());
        try
        {
            var receipt = await channel.SendAsync(delivery, patience.Token).WaitAsync(patience.Token);
            Meters.Deliveries.Add(1, new("channel", channel.Name), new("outcome", "sent"));
            return new(delivery, DeliveryOutcome.Kind.Sent, receipt) { BeganAt = at, Took = time.GetElapsedTime(began) };
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            return null;
        }
        catch (Exception e)
        {
            Meters.Deliveries.Add(1, new("channel", channel.Name), new("outcome", "failed"));
            Say(delivery, e);
            return DeliveryOutcome.Of(delivery, e) with { BeganAt = at, Took = time.GetElapsedTime(began) };
        }
    }

    // What the other side says of an address stays with the delivery; a bug is told with where it happened.
    private void Say(Delivery delivery, Exception error)
    {
        var known = error is RefusedForGood or RefusedForNow or OurTrouble or OperationCanceledException;
        log.LogWarning(known ? null : error, "Delivery {Delivery} by {Channel} was not sent: {Why}.", delivery.Id, channel.Name, error.GetType().Name);
    }

    private sealed class Courier
    {
        private const long Nowhere = long.MinValue;

        /// <summary>It does not take another one: somebody goes in its place already.</summary>
        public volatile bool IsLast;

        // When it set out with what it carries; the desk reads it from another thread.
        private long since = Nowhere;

        public Task Work { get; set; } = Task.CompletedTask;

        public bool Hangs(TimeProvider time) => Volatile.Read(ref since) is not Nowhere and var began && time.GetElapsedTime(began) >= Usual;

        public void SetsOut(TimeProvider time) => Volatile.Write(ref since, time.GetTimestamp());

        public void IsBack() => Volatile.Write(ref since, Nowhere);
    }
}
