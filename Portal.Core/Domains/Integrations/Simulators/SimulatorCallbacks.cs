using System.Text;
using Microsoft.Extensions.Logging;

namespace Portal.Core.Domains.Integrations;

/// <summary>
/// Tells our own webhooks what simulated providers have to tell, over the network like they do. Rows are claimed for two minutes before anything
/// is sent; what is not taken is tried again, later each time.
/// </summary>
public sealed class SimulatorCallbacks(SimulatorAccounts simulators, Database database, Lane lane, SecretBox box, PortalOptions portal, TimeProvider time, ILogger<SimulatorCallbacks> log) : IDisposable
{
    private const int AtOnce = 50;
    private static readonly Actor Self = Actor.System("simulators");
    private readonly HttpClient http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ActivityHeadersPropagator = null }) { Timeout = TimeSpan.FromSeconds(20) };

    public async Task<bool> HasWorkAsync(CancellationToken ct)
    {
        if (!simulators.AreOn)
            return false;
        await using var db = database.Open(Self, Can.KeepHouse);
        var now = time.Now();
        return await db.SimulatedCallbacks.AnyAsync(c => c.NextTryAt <= now, ct);
    }

    /// <returns>How many were taken.</returns>
    public async Task<int> RunAsync(CancellationToken ct)
    {
        var taken = 0;
        while (simulators.AreOn && await ClaimAsync(ct) is { Count: > 0 } claimed)
        {
            // What one message goes through is told in its order, as far as a network keeps one.
            foreach (var row in claimed)
                taken += await SendAsync(row, ct) ? 1 : 0;
        }

        return taken;
    }

    public void Dispose() => http.Dispose();

    private async Task<List<SimulatedCallback>> ClaimAsync(CancellationToken ct)
    {
        try
        {
            return await lane.RunAsync(Self, Can.KeepHouse, async db =>
            {
                var now = time.Now();
                var due = await db.SimulatedCallbacks.Where(c => c.NextTryAt <= now).OrderBy(c => c.NextTryAt).ThenBy(c => c.Id).Take(AtOnce).ToListAsync(ct);
                due.ForEach(c => c.Claim(now));
                return due;
            }, ct);
        }
        catch (Conflict)
        {
            return []; // another host has them
        }
    }

    private async Task<bool> SendAsync(SimulatedCallback row, CancellationToken ct)
    {
        var (status, trouble) = await TryAsync(row, ct);
        return await lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            // Whoever took longer than the lease has lost it: what the next one found holds.
            var mine = await db.SimulatedCallbacks.SingleOrDefaultAsync(c => c.Id == row.Id && c.NextTryAt == row.NextTryAt, ct);
            mine?.Answered(status, trouble, time.Now());
            return mine?.DoneAt is not null;
        }, ct);
    }

    private async Task<(int? Status, string? Trouble)> TryAsync(SimulatedCallback row, CancellationToken ct)
    {
        try
        {
            using var request = await RequestAsync(row, ct);
            using var answer = await http.SendAsync(request, ct);
            return ((int)answer.StatusCode, null);
        }
        catch (Exception e) when (e is HttpRequestException or InvalidOperationException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            log.LogWarning("The simulated {Provider} could not reach this portal at {Url}: {Trouble}", row.Provider, portal.PublicUrl, e.GetType().Name);
            return (null, $"{portal.PublicUrl} could not be reached from here.");
        }
    }

    private async Task<HttpRequestMessage> RequestAsync(SimulatedCallback row, CancellationToken ct)
    {
        var url = portal.PublicUrl.TrimEnd('/') + row.Path;
        var body = box.Open(row.Sealed, SimulatedCallback.Purpose(row.Provider, row.EventId));
        var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = new StringContent(body, new UTF8Encoding(false)) };
        request.Content.Headers.ContentType = new(CallbackSigning.ContentType(row.Provider));
        foreach (var (name, value) in CallbackSigning.Sign(row.Provider, await simulators.KeysAsync(row.Provider, ct), row.EventId, url, body, time.Now()))
            request.Headers.Add(name, value);
        return request;
    }
}
