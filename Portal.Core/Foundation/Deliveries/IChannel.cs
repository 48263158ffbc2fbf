namespace Portal.Core.Foundation;

/// <summary>A way out of the portal. Sending the same delivery twice must be seen as the same by the other side where it can be: its key travels with it.</summary>
public interface IChannel
{
    string Name { get; }

    /// <returns>What the other side called it, if it said.</returns>
    Task<string?> SendAsync(Delivery delivery, CancellationToken ct);
}

/// <summary>The other side has refused for good: an address that does not exist, say.</summary>
public sealed class RefusedForGood(string message) : Exception(message);
