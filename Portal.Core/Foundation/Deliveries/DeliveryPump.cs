using System.Collections.Concurrent;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>
/// Sends what is due by one channel, as many at once as it takes. At the desk, outcomes are written down and new claims made in one turn
/// after the other; the senders go on meanwhile with what lies ready. One that hangs costs its own place and no more.
/// </summary>
internal sealed class DeliveryPump(IChannel channel, ClaimedDeliveries claims, ChannelRest rest, DeliveryCrew crew, TimeProvider time, ILogger log)
{
    private const int Most = 256;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // Of the five seconds that a host has to stop.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly Channel<Delivery> ready = Channel.CreateUnbounded<Delivery>();
    private readonly Channel<DeliveryOutcome> done = Channel.CreateUnbounded<DeliveryOutcome>(new() { SingleReader = true });
    private readonly ConcurrentQueue<long> untried = new();
    private readonly List<DeliveryOutcome> back = [];

    /// <returns>How many were sent, when no pump of the crew has anything to do any more.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var cut = new CancellationTokenSource();
        await using var renewal = time.CreateTimer(_ => _ = RenewAsync(), null, ClaimedDeliveries.Lease / 3, ClaimedDeliveries.Lease / 3);
        var senders = Enumerable.Range(0, channel.AtOnce).Select(_ => Task.Run(() => SendAsync(stopping.Token, cut.Token), CancellationToken.None)).ToList();
        var (sent, isDone) = (0, false);
        try
        {
            sent = await DeskAsync(ct);
            isDone = true;
            return sent;
        }
        finally
        {
            // Nothing new is begun. What is under way may end; what does not is handed back with what nobody has touched.
            await stopping.CancelAsync();
            cut.CancelAfter(Grace);
            await Task.WhenAll(senders);
            TakeDone();
            if (!isDone)
                await claims.EndAsync(back);
        }
    }

    private async Task<int> DeskAsync(CancellationToken ct)
    {
        var (sent, held, isBusy) = (0, 0, true);
        try
        {
            while (true)
            {
                var fresh = await TurnAsync(held, ct);
                foreach (var delivery in fresh ?? [])
                    ready.Writer.TryWrite(delivery);
                held += (fresh?.Count ?? 0) - back.Count;
                sent += back.Count(b => b.How is DeliveryOutcome.Kind.Sent);
                back.Clear();
                if (fresh is null || !rest.IsOver || !untried.IsEmpty)
                    held -= await HandBackAsync();
                isBusy = Says(isBusy, held > 0);
                if (held == 0 && crew.Over.IsCancellationRequested)
                    return sent;
                await WaitAsync(held, ct);
            }
        }
        finally
        {
            Says(isBusy, false);
        }
    }

    private bool Says(bool wasBusy, bool isBusy)
    {
        if (isBusy && !wasBusy)
            crew.Begins();
        else if (wasBusy && !isBusy)
            crew.Rests();
        return isBusy;
    }

    /// <summary>
    /// How thousands of mails went is not thrown away because the database was gone for a moment: as long as they are ours for sure, it is
    /// tried again, and nothing more is claimed meanwhile.
    /// </summary>
    private async Task<List<Delivery>?> TurnAsync(int held, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            rest.Hear(back);
            try
            {
                return await claims.TurnAsync(back, rest.IsOver ? Most - held + back.Count : 0);
            }
            catch (StoreUnavailable e) when (held > 0 && time.GetElapsedTime(began) < ClaimedDeliveries.Lease / 2)
            {
                log.LogWarning(e, "What became of {Count} deliveries by {Channel} cannot be written down yet.", back.Count, channel.Name);
                await Task.Delay(Pause, ct);
                TakeDone();
            }
        }
    }

    /// <summary>For something to come back, or for the others to end; but not so long that what falls due meanwhile has to wait for what hangs.</summary>
    private async Task WaitAsync(int held, CancellationToken ct)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(ct, held > 0 ? CancellationToken.None : crew.Over);
        pause.CancelAfter(Pause);
        try
        {
            await done.Reader.WaitToReadAsync(pause.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nothing has. See what is due.
        }

        TakeDone();
    }

    /// <returns>How many nobody had begun: they are as due as they were.</returns>
    private async Task<int> HandBackAsync()
    {
        LeaveRest();
        var ids = new List<long>();
        while (untried.TryDequeue(out var id))
            ids.Add(id);
        if (ids.Count > 0)
            await claims.HandBackAsync(ids);
        return ids.Count;
    }

    /// <summary>What lies ready is begun by nobody.</summary>
    private void LeaveRest()
    {
        while (ready.Reader.TryRead(out var delivery))
            untried.Enqueue(delivery.Id);
    }

    private void TakeDone()
    {
        while (done.Reader.TryRead(out var outcome))
            back.Add(outcome);
    }

    private async Task SendAsync(CancellationToken stopping, CancellationToken cut)
    {
        try
        {
            while (await ready.Reader.WaitToReadAsync(stopping))
            {
                if (stopping.IsCancellationRequested || !ready.Reader.TryRead(out var delivery) || await TryAsync(delivery, cut) is not { } outcome)
                    continue;
                if (outcome.How is DeliveryOutcome.Kind.PutOff)
                    LeaveRest(); // the others would fare no better
                done.Writer.TryWrite(outcome);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The run is over.
        }
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

    private async Task RenewAsync()
    {
        try
        {
            await claims.RenewAsync();
        }
        catch (Exception e) when (e is StoreUnavailable or ObjectDisposedException or ChannelClosedException)
        {
            log.LogWarning(e, "The leases of what is sent by {Channel} could not be renewed.", channel.Name);
        }
    }
}
