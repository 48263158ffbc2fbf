using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>Sends what is due, each channel at its own pace. What has no channel waits for one.</summary>
public sealed class DeliverySender(Database database, Lane lane, IEnumerable<IChannel> channels, TimeProvider time, ILogger<DeliverySender> log, IEnumerable<IStillWanted>? doubts = null)
{
    private static readonly Actor Self = Actor.System("deliveries");
    private readonly List<IChannel> channels = [.. channels];
    private readonly List<IStillWanted> doubts = [.. doubts ?? []];
    private readonly Dictionary<string, ChannelRest> rests = channels.ToDictionary(c => c.Name, _ => new ChannelRest(time));

    public async Task<bool> HasWorkAsync(CancellationToken ct)
    {
        var (names, now) = (rests.Where(r => r.Value.IsOver).Select(r => r.Key).ToList(), time.Now());
        await using var db = database.Open(Self, Can.KeepHouse);
        var due = db.Deliveries.Where(d => names.Contains(d.Channel) && d.NextTryAt <= now);
        return await due.AnyAsync(d => d.IsCritical, ct) || await due.AnyAsync(d => !d.IsCritical, ct);
    }

    /// <returns>How many were sent, when nothing is due any more, or what is due has to wait: for a channel that is out of order, or for whoever paused it.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        using var crew = new DeliveryCrew(channels.Count);
        var began = time.Now();
        var sent = await Task.WhenAll(channels.Select(c => new DeliveryPump(c, new(lane, time, c.Name, doubts, began), rests[c.Name], crew, time, log).RunAsync(ct)));
        return sent.Sum();
    }
}
