using System.Collections.Concurrent;
using Microsoft.Extensions.Logging.Abstractions;

namespace Portal.Tests.Support;

/// <summary>A way out that ends here, and counts what takes it.</summary>
public sealed class TestChannel : IChannel
{
    public string Name { get; init; } = "email";

    public int AtOnce { get; init; } = 8;

    /// <summary>What it says to each, where it does not take it.</summary>
    public Func<Exception?>? Trouble { get; init; }

    /// <summary>What happens to each on its way.</summary>
    public Func<Delivery, Task>? Meets { get; init; }

    /// <summary>How often each was handed over, by its key.</summary>
    public ConcurrentDictionary<string, int> Sent { get; } = new();

    public static DeliverySender Sender(TestDatabase house, params IChannel[] channels) =>
        new(house.Database, house.Lane, channels, house.Clock, NullLogger<DeliverySender>.Instance);

    public async Task<string?> SendAsync(Delivery delivery, CancellationToken ct)
    {
        Sent.AddOrUpdate(delivery.Key, 1, (_, n) => n + 1);
        await (Meets?.Invoke(delivery) ?? Task.CompletedTask);
        ct.ThrowIfCancellationRequested();
        return Trouble?.Invoke() is { } trouble ? throw trouble : "r";
    }
}
