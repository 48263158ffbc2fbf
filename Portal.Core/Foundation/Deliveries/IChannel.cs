namespace Portal.Core.Foundation;

/// <summary>A way out of the portal. Sending the same delivery twice must be seen as the same by the other side where it can be: its key travels with it.</summary>
public interface IChannel
{
    string Name { get; }

    /// <summary>How many may be on their way at once.</summary>
    int AtOnce => 8;

    /// <summary>How long one may take before it counts as failed.</summary>
    TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <returns>What the other side called it, if it said.</returns>
    Task<string?> SendAsync(Delivery delivery, CancellationToken ct);
}

/// <summary>The other side has refused for good: an address that does not exist, say.</summary>
public sealed class RefusedForGood(string message) : Exception(message)
{
    /// <summary>Nothing will be taken for this address, whatever it is.</summary>
    public bool IsOfAddress { get; init; }
}

/// <summary>The other side did not take it now, and said why.</summary>
public sealed class RefusedForNow(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The way out itself is not in order: a login, a certificate, a setting. No delivery is to blame, so none is given up for it.</summary>
public sealed class OurTrouble(string message, Exception? cause = null) : Exception(message, cause);
