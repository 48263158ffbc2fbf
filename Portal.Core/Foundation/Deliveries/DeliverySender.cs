using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>
/// Sends what is due. Claiming moves the next try to the end of a lease, so what a killed host was sending comes round again by itself,
/// and no two hosts send the same at once.
/// </summary>
public sealed class DeliverySender(Database database, Lane lane, IEnumerable<IChannel> channels, TimeProvider time, ILogger<DeliverySender> log)
{
    private const int Most = 100;
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly Actor Self = Actor.System("deliveries");
    private readonly Dictionary<string, IChannel> byName = channels.ToDictionary(c => c.Name);

    public async Task<bool> HasWorkAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var now = time.Now();
        return await db.Deliveries.AnyAsync(d => d.NextTryAt <= now, ct);
    }

    public async Task<int> RunAsync(CancellationToken ct)
    {
        var sent = 0;
        while (await ClaimAsync(ct) is { Count: > 0 } mine)
        {
            var done = await Task.WhenAll(mine.Select(delivery => SendAsync(delivery, ct)));
            sent += done.Count(d => d);
        }

        return sent;
    }

    private Task<List<Delivery>> ClaimAsync(CancellationToken ct) => lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        var (now, claim) = (time.Now(), Guid.CreateVersion7().ToString("N"));
        var due = await db.Deliveries.Where(d => d.NextTryAt <= now).OrderBy(d => d.NextTryAt).ThenBy(d => d.Id).Take(Most).Select(d => d.Id).ToListAsync(ct);
        if (due.Count == 0)
            return [];
        await db.Deliveries.Where(d => due.Contains(d.Id) && d.NextTryAt <= now).ExecuteUpdateAsync(d => d
            .SetProperty(x => x.Holder, claim).SetProperty(x => x.NextTryAt, now + Lease).SetProperty(x => x.Status, DeliveryStatus.Sending), ct);
        return await db.Deliveries.AsNoTracking().Where(d => d.Holder == claim).OrderBy(d => d.Id).ToListAsync(ct);
    }, ct);

    private async Task<bool> SendAsync(Delivery delivery, CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(Patience);
        try
        {
            if (!byName.TryGetValue(delivery.Channel, out var channel))
                throw new InvalidOperationException($"No channel is set up for {delivery.Channel}.");
            var receipt = await channel.SendAsync(delivery, patience.Token);
            await MarkAsync(delivery, d => d.Sent(receipt, time.Now()));
            Meters.Deliveries.Add(1, new("channel", delivery.Channel), new("outcome", "sent"));
            return true;
        }
        catch (Exception e) when (!ct.IsCancellationRequested && e is not StoreUnavailable)
        {
            Meters.Deliveries.Add(1, new("channel", delivery.Channel), new("outcome", "failed"));
            log.LogWarning(e, "Delivery {Delivery} by {Channel} failed.", delivery.Id, delivery.Channel);
            await MarkAsync(delivery, e is RefusedForGood ? d => d.Refused(e.Message, time.Now()) : d => d.Failed(Reason(e), time.Now()));
            return false;
        }
    }

    private static string Reason(Exception error) => error is OperationCanceledException ? "The other side did not answer in time." : error.Message;

    private Task MarkAsync(Delivery sent, Action<Delivery> mark) => lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        // Whoever claimed it since, after our lease ran out, has the last word.
        if (await db.Deliveries.SingleOrDefaultAsync(d => d.Id == sent.Id && d.Holder == sent.Holder) is { } row)
            mark(row);
    });
}
