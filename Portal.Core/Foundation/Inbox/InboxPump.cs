using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>What a room does with one provider's messages. It works on the PortalDb it is given and never saves: effect and mark commit together.</summary>
public interface IInboxHandler
{
    string Provider { get; }

    Task HandleAsync(InboxRow row, PortalDb db, CancellationToken ct);
}

/// <summary>Hands each stored message to its handler, exactly once in effect.</summary>
public sealed class InboxPump(Database database, Lane lane, IEnumerable<IInboxHandler> handlers, TimeProvider time, ILogger<InboxPump> log)
{
    private readonly RowPump<InboxRow> pump = new(database, lane, time, log, "inbox");
    private readonly Dictionary<string, IInboxHandler> byProvider = handlers.ToDictionary(h => h.Provider);

    public Task<bool> HasWorkAsync(CancellationToken ct) => pump.HasWorkAsync(ct);

    public Task<QueueFigures> FiguresAsync(CancellationToken ct) => pump.FiguresAsync(ct);

    public Task<int> RunAsync(CancellationToken ct) => pump.RunAsync((row, db) => Handler(row).HandleAsync(row, db, ct), ct);

    private IInboxHandler Handler(InboxRow row) => byProvider.TryGetValue(row.Provider, out var handler)
        ? handler
        : throw new InvalidOperationException($"Nobody handles messages of {row.Provider}.");
}
