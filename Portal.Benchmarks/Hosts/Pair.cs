using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Odd;

namespace Portal.Benchmarks.Hosts;

/// <summary>Two hosts on one database file, with a proxy before them.</summary>
internal sealed class Pair : IAsyncDisposable
{
    private readonly TempFolder data;
    private readonly HostProcess?[] hosts;
    private readonly Dictionary<string, string> settings;

    private Pair(TempFolder data, StickyProxy proxy, Uri url, HostProcess[] hosts, Dictionary<string, string> settings)
    {
        (this.data, this.hosts, this.settings) = (data, hosts, settings);
        (Proxy, Client) = (proxy, ClientOf(url));
    }

    public StickyProxy Proxy { get; }

    /// <summary>To the proxy, as anyone comes.</summary>
    public HttpClient Client { get; }

    public string Database => Path.Combine(data.Path, "portal.db");

    public static async Task<Pair> StartAsync(TempFolder data)
    {
        var url = new Uri($"http://localhost:{HostProcess.FreePort()}");
        // One address for all, as the tokens' issuer; the first host makes the database, then the other comes.
        var settings = new Dictionary<string, string>(OddVerb.Settings(hasLimits: false)) { ["Portal__PublicUrl"] = url.ToString().TrimEnd('/') };
        var hosts = new List<HostProcess>();
        try
        {
            for (var i = 0; i < 2; i++)
                hosts.Add(await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, settings));
            return new(data, await StickyProxy.StartAsync(url, [.. hosts.Select(h => new Backend(h.Url))]), url, [.. hosts], settings);
        }
        catch
        {
            foreach (var host in hosts)
                await host.DisposeAsync();
            throw;
        }
    }

    public static HttpClient ClientOf(Uri url) => new(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = url, Timeout = TimeSpan.FromSeconds(20) };

    public int ProcessId(int host) => hosts[host]?.Id ?? 0;

    /// <summary>SIGKILL: it says nothing to anyone.</summary>
    public async Task KillAsync(int host)
    {
        await hosts[host]!.DisposeAsync();
        hosts[host] = null;
    }

    public async Task StartAgainAsync(int host) =>
        hosts[host] = await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, settings, Proxy.Hosts[host].Url.Port);

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Proxy.DisposeAsync();
        foreach (var host in hosts)
        {
            if (host is not null)
                await host.DisposeAsync();
        }
    }
}
