using System.Collections.Concurrent;
using Portal.Benchmarks.Frame;

namespace Portal.Benchmarks.Odd;

/// <summary>Everyone's sign-ins. What is sent may end one: then they sign in again.</summary>
internal sealed class Visits(HttpClient client) : IDisposable
{
    public const string Anonymous = "anonymous";

    private readonly ConcurrentDictionary<string, Visit> visits = new();
    private readonly SemaphoreSlim renewing = new(1);

    public IReadOnlySet<long> Ids => visits.Values.SelectMany(v => v.Ids).ToHashSet();

    public int Renewed { get; private set; }

    public int Lost { get; private set; }

    public async Task BeginAsync()
    {
        foreach (var (who, email) in Visit.People)
            visits[who] = await Visit.BeginAsync(client, email);
        var (cookies, token) = await Visit.LookAsync(client);
        visits[Anonymous] = new("", cookies, token, []);
    }

    public Visit Of(string who) => visits[who];

    /// <summary>After an answer that only strangers get.</summary>
    public async Task RenewAsync(string who, Visit ended)
    {
        if (who == Anonymous || visits[who] != ended)
            return;
        await renewing.WaitAsync();
        try
        {
            if (visits[who] != ended || await IsInAsync(ended))
                return;
            visits[who] = await Visit.BeginAsync(client, Visit.People[who]);
            Renewed++;
        }
        catch (BenchmarkException)
        {
            // With limits on, so many tries from one address are too many. What is sent from now on is a stranger's.
            Lost++;
        }
        finally
        {
            renewing.Release();
        }
    }

    public void Dispose() => renewing.Dispose();

    private async Task<bool> IsInAsync(Visit visit)
    {
        using var program = new HttpRequestMessage(HttpMethod.Get, "/api/auth/me") { Headers = { { "Authorization", $"Bearer {visit.AccessToken}" } } };
        using var browser = new HttpRequestMessage(HttpMethod.Get, "/") { Headers = { { "Cookie", visit.Cookies } } };
        using var known = await client.SendAsync(program);
        using var sent = await client.SendAsync(browser);
        return known.IsSuccessStatusCode && sent.Headers.Location?.ToString().Contains("/sign-in", StringComparison.Ordinal) is not true;
    }
}
