namespace Portal.Core.Foundation;

/// <summary>
/// What a room does with messages. It is given several at once, works on the PortalDb it is given and never saves: effects and marks
/// commit together. It does no I/O, and what it does is the same in any order and however often.
/// </summary>
public interface IInboxHandler
{
    /// <summary>Whether messages of this kind are its business. For one kind there is one handler.</summary>
    bool Takes(string provider, string type);

    /// <returns>For each message what was done about it, in words without personal data.</returns>
    Task<IReadOnlyList<string>> HandleAsync(IReadOnlyList<InboxMessage> messages, PortalDb db, CancellationToken ct);
}

/// <summary>Who handles what.</summary>
public sealed class InboxHandlers(IEnumerable<IInboxHandler> all)
{
    private readonly List<IInboxHandler> all = [.. all];

    /// <returns>Null where nobody knows what to do with such messages yet.</returns>
    public IInboxHandler? For(string provider, string type) => all.SingleOrDefault(h => h.Takes(provider, type));
}

/// <summary>A stored message, opened.</summary>
/// <param name="IsSandbox">What it tells of is not real: an account for trying has signed it, or a simulator.</param>
public sealed record InboxMessage(string Provider, string EventId, string Type, byte[] Body, DateTime ReceivedAt, long? ClientId, bool IsSandbox = false);
