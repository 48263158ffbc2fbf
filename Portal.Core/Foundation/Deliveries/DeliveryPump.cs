using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>
/// Sends what is due by one channel. At the desk, outcomes are written down and new claims made in one turn after the other; the couriers
/// go on meanwhile with what lies ready. No more is claimed than can soon be sent.
/// </summary>
internal sealed class DeliveryPump(IChannel channel, ClaimedDeliveries claims, ChannelRest rest, DeliveryCrew crew, TimeProvider time, ILogger log)
{
    private const int Most = 1_024;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    // While much lies ready, a turn at the desk waits for company: a commit costs as much for one as for a hundred.
    private static readonly TimeSpan Company = TimeSpan.FromMilliseconds(20);

    // Of the five seconds that a host has to stop.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    private readonly Couriers couriers = new(channel, time, log);
    private readonly List<DeliveryOutcome> back = [];
    private readonly int fewest = channel.AtOnce * 4;
    private int room = channel.AtOnce * 4;
    private int held;
    private long counted = time.GetTimestamp();

    /// <returns>How many were sent, when no pump of the crew has anything to do any more.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(ct);
        using var cut = new CancellationTokenSource();
        await using var renewal = time.CreateTimer(_ => _ = RenewAsync(), null, ClaimedDeliveries.Lease / 3, ClaimedDeliveries.Lease / 3);
        try
        {
            return await DeskAsync(() => couriers.Muster(stopping.Token, cut.Token), ct);
        }
        finally
        {
            // Nothing new is begun. What is under way may end; what does not is handed back with what nobody has touched.
            await stopping.CancelAsync();
            cut.CancelAfter(Grace);
            await couriers.RestAsync();
            couriers.TakeDone(back);
            await EndAsync();
        }
    }

    /// <summary>What became of the last ones is worth more than one try.</summary>
    private async Task EndAsync()
    {
        var began = Stopwatch.GetTimestamp();
        while (true)
        {
            try
            {
                await claims.EndAsync(back);
                return;
            }
            catch (Exception e) when (e is StoreUnavailable or Conflict && Stopwatch.GetElapsedTime(began) < Grace)
            {
                await Task.Delay(Pause / 4, CancellationToken.None);
            }
        }
    }

    private async Task<int> DeskAsync(Action muster, CancellationToken ct)
    {
        var (sent, isBusy) = (0, true);
        try
        {
            while (true)
            {
                muster();
                sent += await TurnAsync(ct);
                isBusy = Says(isBusy, held > 0);
                if (held == 0 && crew.Over.IsCancellationRequested)
                    return sent;
                await WaitAsync(ct);
                var since = time.GetElapsedTime(counted);
                (room, counted) = (Room(since), time.GetTimestamp());
            }
        }
        finally
        {
            Says(isBusy, false);
        }
    }

    /// <returns>How many were written down as sent.</returns>
    private async Task<int> TurnAsync(CancellationToken ct)
    {
        var fresh = await WriteDownAsync(ct);
        couriers.Give(fresh ?? []);
        held += (fresh?.Count ?? 0) - back.Count;
        var sent = back.Count(b => b.How is DeliveryOutcome.Kind.Sent);
        back.Clear();
        if (fresh is null || !rest.IsOver || couriers.HasUntried)
            await HandBackAsync();
        return sent;
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
    /// How thousands of mails went is not thrown away because the database is gone, or another host was quicker with a row: it is tried until
    /// it is written. Nothing more is claimed meanwhile, and what nobody has begun stays so, for it may not be ours much longer.
    /// </summary>
    private async Task<List<Delivery>?> WriteDownAsync(CancellationToken ct)
    {
        rest.Hear(back);
        for (var isWary = false; ; isWary = true)
        {
            var free = room - (held - couriers.Hanging) + back.Count;
            try
            {
                return await claims.TurnAsync(back, rest.IsOver ? free : 0, rest.IsOver ? Math.Max(free, fewest) : 0, isWary);
            }
            catch (Exception e) when (e is Conflict || (e is StoreUnavailable && held > 0))
            {
                log.LogWarning(e, "What became of {Count} deliveries by {Channel} cannot be written down yet.", back.Count, channel.Name);
                couriers.LeaveRest();
                await Task.Delay(Pause, ct);
                couriers.TakeDone(back);
            }
        }
    }

    /// <summary>For something to come back, or for the others to end; but not so long that what falls due meanwhile has to wait for what hangs.</summary>
    private async Task WaitAsync(CancellationToken ct)
    {
        using var pause = CancellationTokenSource.CreateLinkedTokenSource(ct, held > 0 ? CancellationToken.None : crew.Over);
        pause.CancelAfter(Pause);
        try
        {
            await couriers.SomeAreDoneAsync(pause.Token);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // Nothing has. See what is due.
        }

        if (couriers.Ready > fewest)
            await Task.Delay(Company, ct);
        couriers.TakeDone(back);
    }

    /// <summary>For half a second of what goes: who looks at the queue meanwhile can still stop the rest, and another host may take it.</summary>
    private int Room(TimeSpan waited) =>
        waited <= TimeSpan.Zero ? Most : (int)Math.Clamp(back.Count / waited.TotalSeconds / 2, fewest, Most);

    /// <summary>What nobody had begun is as due as it was.</summary>
    private async Task HandBackAsync()
    {
        couriers.LeaveRest();
        var ids = couriers.TakeUntried();
        try
        {
            if (ids.Count > 0)
                await claims.HandBackAsync(ids);
            held -= ids.Count;
        }
        catch (StoreUnavailable e)
        {
            log.LogWarning(e, "{Count} deliveries by {Channel} cannot be handed back yet.", ids.Count, channel.Name);
            couriers.Keep(ids);
        }
    }

    private async Task RenewAsync()
    {
        try
        {
            await claims.RenewAsync();
        }
        catch (Exception e)
        {
            // Another host may soon have what is not begun.
            log.LogWarning(e, "The leases of what is sent by {Channel} could not be renewed.", channel.Name);
            couriers.LeaveRest();
        }
    }
}
