using System.Globalization;
using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Swarm;

namespace Portal.Benchmarks.Hosts;

/// <summary>People with a page open, each kept on one host by the proxy's cookie.</summary>
internal sealed class OpenPages(Uri proxy) : IDisposable
{
    private const int Each = 3;
    private readonly List<(int Host, Circuit Circuit)> open = [];

    public async Task OpenAsync(int host)
    {
        using var client = Pair.ClientOf(proxy);
        client.DefaultRequestHeaders.Add("Cookie", string.Create(CultureInfo.InvariantCulture, $"{StickyProxy.Cookie}={host}"));
        for (var i = 0; i < Each; i++)
            open.Add((host, await Circuit.OpenAsync(client, Site.Portal.BenchPath)));
    }

    /// <returns>How many of this host's pages do not answer a click.</returns>
    public async Task<int> SilentAsync(int host)
    {
        var silent = 0;
        foreach (var (_, circuit) in open.Where(o => o.Host == host))
            silent += await AnswersAsync(circuit) ? 0 : 1;
        return silent;
    }

    /// <summary>As browsers do that have lost their host: they load the page again.</summary>
    public Task OpenAgainAsync(int host)
    {
        foreach (var (_, circuit) in open.Where(o => o.Host == host))
            circuit.Dispose();
        open.RemoveAll(o => o.Host == host);
        return OpenAsync(host);
    }

    public void Dispose()
    {
        foreach (var (_, circuit) in open)
            circuit.Dispose();
    }

    private static async Task<bool> AnswersAsync(Circuit circuit)
    {
        try
        {
            await circuit.ClickAsync();
            return true;
        }
        catch (BenchmarkException)
        {
            return false;
        }
    }
}
