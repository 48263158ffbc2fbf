using Microsoft.Extensions.Logging;

namespace Portal.Core.Domains.Integrations;

/// <summary>
/// Counts the calls that are not taken. Anybody can send such, as many as they like: so they are counted here, and written down at once for the first
/// and then once a second, a row for each provider, reason and hour.
/// </summary>
public sealed class RefusalCount(Lane lane, TimeProvider time, ILogger<RefusalCount> log) : IAsyncDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);
    private static readonly Actor Self = Actor.System("webhooks");
    private readonly CancellationTokenSource closing = new();
    private readonly Lock counting = new();
    private Dictionary<Place, Tally> counted = [];
    private Task writing = Task.CompletedTask;
    private bool isWriting;

    public void Add(Provider provider, RefusedFor reason)
    {
        var now = time.Now();
        lock (counting)
        {
            Put(new(provider, reason, now.Date.AddHours(now.Hour)), new(1, now, now));
            if (isWriting || closing.IsCancellationRequested)
                return;
            isWriting = true;

            // It outlives the request, and is none of its business.
            using (ExecutionContext.SuppressFlow())
                writing = Task.Run(WriteAsync);
        }
    }

    /// <summary>Writes down what is not yet.</summary>
    /// <returns>Whether that went well; otherwise it is still counted.</returns>
    public async Task<bool> FlushAsync()
    {
        var taken = Take();
        try
        {
            if (taken.Count > 0)
                await lane.RunAsync(Self, Can.KeepHouse, db => AddAsync(db, taken));
            return true;
        }
        catch (Exception e)
        {
            log.LogWarning(e, "Refused webhooks could not be counted in the database yet.");
            lock (counting)
            {
                foreach (var (place, tally) in taken)
                    Put(place, tally);
            }

            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await writing;
        await FlushAsync();
        closing.Dispose();
    }

    private static async Task AddAsync(PortalDb db, Dictionary<Place, Tally> taken)
    {
        foreach (var (place, tally) in taken)
        {
            var row = db.WebhookRefusals.Where(r => r.Provider == place.Provider && r.Reason == place.Reason && r.Hour == place.Hour);
            if (await row.ExecuteUpdateAsync(r => r.SetProperty(x => x.Count, x => x.Count + tally.Count).SetProperty(x => x.LastAt, tally.LastAt)) == 0)
                db.Add(new WebhookRefusal { Provider = place.Provider, Reason = place.Reason, Hour = place.Hour, Count = tally.Count, FirstAt = tally.FirstAt, LastAt = tally.LastAt });
        }
    }

    private async Task WriteAsync()
    {
        do
        {
            await FlushAsync();
            await Task.Delay(Pace, closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        while (HasMore());
    }

    private bool HasMore()
    {
        lock (counting)
            return isWriting = counted.Count > 0 && !closing.IsCancellationRequested;
    }

    private Dictionary<Place, Tally> Take()
    {
        lock (counting)
        {
            var taken = counted;
            counted = [];
            return taken;
        }
    }

    private void Put(Place place, Tally more) => counted[place] = counted.TryGetValue(place, out var known)
        ? new(known.Count + more.Count, known.FirstAt < more.FirstAt ? known.FirstAt : more.FirstAt, known.LastAt > more.LastAt ? known.LastAt : more.LastAt)
        : more;

    private sealed record Place(Provider Provider, RefusedFor Reason, DateTime Hour);

    private sealed record Tally(int Count, DateTime FirstAt, DateTime LastAt);
}
