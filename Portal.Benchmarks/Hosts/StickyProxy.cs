using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Portal.Benchmarks.Hosts;

/// <summary>
/// What stands before several hosts: it keeps a browser on one of them by a cookie, asks each every second whether it is ready, and
/// sends a dead one's people to another. What may have been done is never sent twice.
/// </summary>
internal sealed class StickyProxy : IAsyncDisposable
{
    public const string Cookie = "portal-host";
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(1);

    private static readonly HashSet<string> Hop = new(StringComparer.OrdinalIgnoreCase) { "Connection", "Keep-Alive", "Transfer-Encoding", "Upgrade", "Proxy-Connection", "TE" };

    // Said by us, whatever the caller says; the length is that of the body as we have read it.
    private static readonly HashSet<string> Ours = new(StringComparer.OrdinalIgnoreCase) { "X-Forwarded-For", "X-Forwarded-Proto", "X-Forwarded-Host", "Content-Length" };

    private readonly WebApplication app;
    private readonly HttpMessageInvoker send = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ConnectTimeout = TimeSpan.FromSeconds(2), ActivityHeadersPropagator = null });
    private readonly CancellationTokenSource closing = new();
    private readonly Task asking;
    private int turn;

    private StickyProxy(WebApplication app, IReadOnlyList<Backend> hosts)
    {
        (this.app, Hosts) = (app, hosts);
        app.Run(ForwardAsync);
        asking = AskForEverAsync();
    }

    public IReadOnlyList<Backend> Hosts { get; }

    public static async Task<StickyProxy> StartAsync(Uri url, IReadOnlyList<Backend> hosts)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url.ToString());
        var proxy = new StickyProxy(builder.Build(), hosts);
        await proxy.AskAsync();
        await proxy.app.StartAsync();
        return proxy;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await asking;
        using var atOnce = new CancellationTokenSource(TimeSpan.Zero);
        await app.StopAsync(atOnce.Token);
        await app.DisposeAsync();
        send.Dispose();
        closing.Dispose();
    }

    private async Task ForwardAsync(HttpContext http)
    {
        var body = await BodyAsync(http.Request);
        foreach (var host in Choices(http))
        {
            try
            {
                await PassOnAsync(http, host, body);
                return;
            }
            catch (HttpRequestException problem) when (!http.Response.HasStarted && (problem.HttpRequestError is HttpRequestError.ConnectionError || HttpMethods.IsGet(http.Request.Method)))
            {
                // It was never there, or it was only asked to show something: another may.
                host.IsUp = false;
            }
            catch (Exception) when (!http.Response.HasStarted)
            {
                break; // It may have been done, and nobody knows: that is for the caller to find out.
            }
            catch (Exception)
            {
                http.Abort();
                return;
            }
        }

        http.Response.Clear();
        http.Response.StatusCode = StatusCodes.Status502BadGateway;
    }

    private async Task PassOnAsync(HttpContext http, Backend host, byte[] body)
    {
        using var request = Request(http, host, body);
        using var answer = await send.SendAsync(request, http.RequestAborted);
        host.Count();
        await AnswerAsync(http, host, answer);
    }

    /// <summary>The host of the cookie; else the next in turn; those that are down come last.</summary>
    private IEnumerable<Backend> Choices(HttpContext http)
    {
        var first = int.TryParse(http.Request.Cookies[Cookie], CultureInfo.InvariantCulture, out var own) && own >= 0 && own < Hosts.Count ? own : Interlocked.Increment(ref turn) & 0xFFFF;
        return Enumerable.Range(first, Hosts.Count).Select(n => Hosts[n % Hosts.Count]).OrderByDescending(h => h.IsUp);
    }

    private static async Task<byte[]> BodyAsync(HttpRequest request)
    {
        using var body = new MemoryStream();
        if (!WantsUpgrade(request))
            await request.Body.CopyToAsync(body, request.HttpContext.RequestAborted);
        return body.ToArray();
    }

    private static HttpRequestMessage Request(HttpContext http, Backend host, byte[] body)
    {
        var asked = http.Request;
        var request = new HttpRequestMessage(new(asked.Method), new Uri(host.Url, $"{asked.Path}{asked.QueryString}"))
        {
            Version = HttpVersion.Version11,
            Content = body.Length > 0 || asked.ContentLength is not null ? new ByteArrayContent(body) : null,
        };
        foreach (var (name, values) in asked.Headers.Where(h => !Hop.Contains(h.Key) && !Ours.Contains(h.Key)))
            Add(request, name, values);
        if (WantsUpgrade(asked))
        {
            request.Headers.Add("Connection", "Upgrade");
            request.Headers.Add("Upgrade", asked.Headers.Upgrade.ToArray());
        }

        request.Headers.Add("X-Forwarded-For", http.Connection.RemoteIpAddress!.ToString());
        request.Headers.Add("X-Forwarded-Proto", asked.Scheme);
        request.Headers.Add("X-Forwarded-Host", asked.Host.Value);
        return request;
    }

    private static void Add(HttpRequestMessage request, string name, StringValues values)
    {
        if (!request.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values))
            request.Content?.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
    }

    private static bool WantsUpgrade(HttpRequest request) => request.HttpContext.Features.Get<IHttpUpgradeFeature>() is { IsUpgradableRequest: true };

    private async Task AnswerAsync(HttpContext http, Backend host, HttpResponseMessage answer)
    {
        http.Response.StatusCode = (int)answer.StatusCode;
        foreach (var (name, values) in answer.Headers.Concat(answer.Content.Headers).Where(h => !Hop.Contains(h.Key)))
            http.Response.Headers.Append(name, values.ToArray());
        var place = Hosts.ToList().IndexOf(host).ToString(CultureInfo.InvariantCulture);
        if (http.Request.Cookies[Cookie] != place && !http.Request.Path.StartsWithSegments("/api"))
            http.Response.Cookies.Append(Cookie, place, new() { HttpOnly = true, SameSite = SameSiteMode.Lax, Path = "/" });
        if (answer.StatusCode is HttpStatusCode.SwitchingProtocols)
            await TunnelAsync(http, answer);
        else
            await answer.Content.CopyToAsync(http.Response.Body, http.RequestAborted);
    }

    /// <summary>A WebSocket is bytes in both directions, until one side has had enough.</summary>
    private async Task TunnelAsync(HttpContext http, HttpResponseMessage answer)
    {
        http.Response.Headers.Upgrade = answer.Headers.Upgrade.Select(u => u.ToString()).ToArray();
        http.Response.Headers.Connection = "Upgrade";
        await using var browser = await http.Features.GetRequiredFeature<IHttpUpgradeFeature>().UpgradeAsync();
        await using var host = await answer.Content.ReadAsStreamAsync(closing.Token);
        await Task.WhenAny(browser.CopyToAsync(host, closing.Token), host.CopyToAsync(browser, closing.Token));
        http.Abort();
    }

    private async Task AskForEverAsync()
    {
        using var timer = new PeriodicTimer(Every);
        try
        {
            while (await timer.WaitForNextTickAsync(closing.Token))
                await AskAsync();
        }
        catch (OperationCanceledException)
        {
            // Closing.
        }
    }

    private Task AskAsync() => Task.WhenAll(Hosts.Select(async host => host.IsUp = await IsReadyAsync(host)));

    private async Task<bool> IsReadyAsync(Backend host)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
        patience.CancelAfter(4 * Every);
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(host.Url, "/health/ready"));
            using var answer = await send.SendAsync(request, patience.Token);
            return answer.StatusCode is HttpStatusCode.OK;
        }
        catch (Exception problem) when (problem is HttpRequestException || !closing.IsCancellationRequested)
        {
            return false;
        }
    }
}
