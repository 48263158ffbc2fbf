using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>Sends what is due, each channel at its own pace. What has no channel waits for one.</summary>
public sealed class DeliverySender(Database database, Lane lane, IEnumerable<IChannel> channels, TimeProvider time, ILogger<DeliverySender> log, IEnumerable<IStillWanted>? doubts = null)
{
    private static readonly Actor Self = Actor.System("deliveries");
    private readonly List<IChannel> channels = [.. channels];
    private readonly List<IStillWanted> doubts = [.. doubts ?? []];
    private readonly List<string> names = [.. channels.Select(c => c.Name)];

    public async Task<bool> HasWorkAsync(CancellationToken ct)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        var now = time.Now();
        return await db.Deliveries.AnyAsync(d => names.Contains(d.Channel) && d.NextTryAt <= now, ct);
    }

    /// <returns>How many were sent, when nothing is due any more.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var sent = await Task.WhenAll(channels.Select(c => new DeliveryPump(c, new(lane, time, c.Name, doubts), time, log).RunAsync(ct)));
        return sent.Sum();
    }
}
