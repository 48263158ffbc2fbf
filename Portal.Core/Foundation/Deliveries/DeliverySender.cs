using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>Sends what is due, each channel at its own pace. What has no channel, or one that is not set up, waits.</summary>
public sealed class DeliverySender(Database database, Lane lane, IEnumerable<IChannel> channels, TimeProvider time, ILogger<DeliverySender> log, IEnumerable<IStillWanted>? doubts = null)
{
    private static readonly Actor Self = Actor.System("deliveries");
    private readonly List<IChannel> channels = [.. channels];
    private readonly List<IStillWanted> doubts = [.. doubts ?? []];
    private readonly Dictionary<string, ChannelRest> rests = channels.ToDictionary(c => c.Name, _ => new ChannelRest(time));

    public async Task<bool> HasWorkAsync(CancellationToken ct)
    {
        var (ready, now) = (await channels.ReadyAsync(ct), time.Now());
        var names = rests.Where(r => r.Value.IsOver && ready.Contains(r.Key)).Select(r => r.Key).ToList();
        if (names.Count == 0)
            return false;
        await using var db = database.Open(Self, Can.KeepHouse);
        var due = db.Deliveries.Where(d => names.Contains(d.Channel) && d.NextTryAt <= now);
        return await due.AnyAsync(d => d.IsCritical, ct) || await due.AnyAsync(d => !d.IsCritical, ct);
    }

    /// <returns>How many were sent, when nothing is due any more, or what is due has to wait: for a channel that is out of order, or for whoever paused it.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var (ready, began) = (await channels.ReadyAsync(ct), time.Now());
        using var crew = new DeliveryCrew(ready.Count);
        var sent = await Task.WhenAll(channels.Where(c => ready.Contains(c.Name)).Select(c => new DeliveryPump(c, new(lane, time, c.Name, doubts, began), rests[c.Name], crew, time, log).RunAsync(ct)));
        return sent.Sum();
    }
}
