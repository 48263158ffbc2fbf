namespace Portal.Core.Foundation;

/// <summary>A way out of the portal. Sending the same delivery twice must be seen as the same by the other side where it can be: its key travels with it.</summary>
public interface IChannel
{
    string Name { get; }

    /// <summary>How many may be on their way at once.</summary>
    int AtOnce => 8;

    /// <summary>How long one may take before it counts as failed.</summary>
    TimeSpan Patience => TimeSpan.FromSeconds(30);

    /// <summary>Whether there is anything to send by at the moment. What goes by a channel that is not set up waits.</summary>
    ValueTask<bool> IsSetUpAsync(CancellationToken ct) => ValueTask.FromResult(true);

    /// <summary>The same for clients that only try things, or for all others: those go by other accounts than these.</summary>
    ValueTask<bool> IsSetUpForAsync(bool isSandbox, CancellationToken ct) => IsSetUpAsync(ct);

    /// <summary>Whose account it goes by, where an admin has set one up in the portal; null for the installation's own way.</summary>
    ValueTask<string?> ThroughAsync(CancellationToken ct) => ValueTask.FromResult<string?>(null);

    /// <returns>What the other side called it, if it said.</returns>
    Task<string?> SendAsync(Delivery delivery, CancellationToken ct);
}

public static class ChannelsSetUp
{
    /// <returns>The names of those that are set up at the moment.</returns>
    public static async ValueTask<HashSet<string>> ReadyAsync(this IEnumerable<IChannel> channels, CancellationToken ct)
    {
        var names = new HashSet<string>();
        foreach (var channel in channels)
        {
            if (await channel.IsSetUpAsync(ct))
                names.Add(channel.Name);
        }

        return names;
    }
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
