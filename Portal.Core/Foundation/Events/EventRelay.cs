using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>Takes each event to every reaction and marks it dispatched, in one save.</summary>
public sealed class EventRelay(Database database, Lane lane, IEnumerable<IReaction> reactions, TimeProvider time, ILogger<EventRelay> log)
{
    /// <summary>The name of the job that runs it.</summary>
    public const string Job = "relay-events";

    private readonly RowPump<EventRow> pump = new(database, lane, time, log, "relay");

    public Task<bool> HasWorkAsync(CancellationToken ct) => pump.HasWorkAsync(ct);

    public Task<QueueFigures> FiguresAsync(CancellationToken ct) => pump.FiguresAsync(ct);

    public Task<int> RunAsync(CancellationToken ct) => pump.RunAsync((row, db) => DispatchAsync(row, db, ct), ct);

    private async Task DispatchAsync(EventRow row, PortalDb db, CancellationToken ct)
    {
        if (EventTypes.Read(row.Type, row.Data) is not { } happened)
            return;
        foreach (var reaction in reactions)
            await reaction.ReactAsync(happened, row, db, ct);
    }
}
