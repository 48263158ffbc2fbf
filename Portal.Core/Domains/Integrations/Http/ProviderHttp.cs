using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging;

namespace Portal.Core.Domains.Integrations;

/// <summary>
/// The one way out to providers. It keeps connections, gives up in time, tries again what may be tried again, and leaves alone who is
/// down. It follows no redirect, for a key goes to nobody but whom it was made for; and neither a key nor what is sent is ever logged.
/// </summary>
public sealed class ProviderHttp : IDisposable
{
    private const int MostLines = 500;
    private static readonly TimeSpan Stale = TimeSpan.FromHours(1);

    private readonly ConcurrentDictionary<string, ProviderLine> lines = new();
    private readonly HttpClient client;
    private readonly Func<ProviderAccount, string, CancellationToken, Task> broken;
    private readonly TimeProvider time;
    private readonly ILogger<ProviderHttp> log;

    public ProviderHttp(ProviderHealth health, TimeProvider time, ILogger<ProviderHttp> log)
        : this(Handler(), (account, words, ct) => health.BrokenAsync(account, words, ct), time, log)
    {
    }

    internal ProviderHttp(HttpMessageHandler handler, Func<ProviderAccount, string, CancellationToken, Task> broken, TimeProvider time, ILogger<ProviderHttp> log)
    {
        // The limits are ours, for each call; the client's own are out of the way.
        client = new(handler) { Timeout = Timeout.InfiniteTimeSpan };
        client.DefaultRequestHeaders.UserAgent.Add(new("Portal", "1.0.0"));
        (this.broken, this.time, this.log) = (broken, time, log);
    }

    public void Dispose() => client.Dispose();

    internal async Task<ProviderReply> SendAsync(ProviderAccount account, ProviderRequest request, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        var outcome = "stopped";
        try
        {
            var reply = await AskAsync(account, request, ct);
            outcome = "good";
            return reply;
        }
        catch (Exception e) when (e is ProviderRefused or ProviderUnavailable)
        {
            outcome = e is ProviderRefused ? "refused" : "unavailable";
            log.LogWarning("{Provider}: {Request} ended in {Outcome}: {Said}", account.Provider, request, outcome, ProviderWords.ForLog(e));
            throw;
        }
        finally
        {
            Meters.ProviderCalled(Input.Name(account.Provider.ToString()), outcome, time.GetElapsedTime(began));
        }
    }

    /// <summary>Names an account without telling its keys: with other keys it is another.</summary>
    internal static string NameOf(ProviderAccount account) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join('\n', account.Provider, account.IsSandbox, account.BaseUrl, account.ConfigId, account.Opens)))[..16]);

    /// <summary>What one attempt may have done, the others cannot take back: whoever asked hears it, however the last of them ended.</summary>
    private async Task<ProviderReply> AskAsync(ProviderAccount account, ProviderRequest request, CancellationToken ct)
    {
        var (line, course) = (Line(account), new ProviderCourse(reply => !reply.IsGood && !request.Takes(reply.Status) && ProviderWords.Of(account, request, reply, null) is ProviderUnavailable { MayHaveArrived: true }));
        try
        {
            var reply = await line.SendAsync(request, (asked, stop) => course.GoAsync(() => OnceAsync(account, asked, stop)), ct);
            return reply.IsGood || request.Takes(reply.Status) ? reply : throw await NoAsync(account, request, reply, line.RetryAfter(reply), ct);
        }
        catch (OperationCanceledException e) when (ct.IsCancellationRequested && course.NothingLeft)
        {
            throw new ProviderUnavailable(account.Provider, $"{ProviderNames.Of(account.Provider)} was not asked: there was no time left for it.", e);
        }
        catch (ProviderUnavailable e) when (course.MayHaveArrived)
        {
            e.MayHaveArrived = true;
            throw;
        }
        catch (ProviderRefused e) when (course.MayHaveArrived && request.IsChange && (e.Of is RefusalOf.Account || !e.IsForGood))
        {
            // It is no word on what went before: a key was changed meanwhile, or the first one is still being done.
            throw new ProviderUnavailable(account.Provider, e.Said, e) { MayHaveArrived = true };
        }
    }

    private async Task<PortalException> NoAsync(ProviderAccount account, ProviderRequest request, ProviderReply reply, TimeSpan? retryAfter, CancellationToken ct)
    {
        var no = ProviderWords.Of(account, request, reply, retryAfter);
        if (no is ProviderRefused { Of: RefusalOf.Account } refused && reply.Status is 401 or 403 && request.IsChange && !account.IsOnTrial)
            await ReportAsync(account, refused.Said, ct);
        return no;
    }

    /// <summary>Whatever comes of it, whoever asked hears what the provider said.</summary>
    private async Task ReportAsync(ProviderAccount account, string said, CancellationToken ct)
    {
        try
        {
            await broken(account, said, ct);
        }
        catch (Exception e)
        {
            log.LogError(e, "{Account} is not taken by its provider, and that could not be written down.", account);
        }
    }

    internal static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.All,
        ConnectTimeout = TimeSpan.FromSeconds(5),
        PooledConnectionLifetime = TimeSpan.FromMinutes(5), // so that a provider that moves is followed
        UseCookies = false,
        ActivityHeadersPropagator = null, // our trace ids are nobody's business
    };

    private ProviderLine Line(ProviderAccount account)
    {
        if (lines.Count > MostLines)
        {
            foreach (var (name, line) in lines.Where(l => l.Value.Idle > Stale))
                lines.TryRemove(new(name, line));
        }

        return lines.GetOrAdd($"{NameOf(account)} {account.Settings[ProviderLine.Rate]}", static (_, x) => new(x.account, x.time), (account, time));
    }

    private async Task<ProviderReply> OnceAsync(ProviderAccount account, ProviderRequest request, CancellationToken ct)
    {
        using var late = new CancellationTokenSource(request.Patience, time);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(ct, late.Token);
        using var message = Message(account, request);
        try
        {
            using var response = await client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, stop.Token);
            return new((int)response.StatusCode, await ReadAsync(account, response.Content, request.LongestReply, stop.Token), response.Headers);
        }
        catch (OperationCanceledException e) when (!ct.IsCancellationRequested)
        {
            throw new ProviderUnavailable(account.Provider, $"{ProviderNames.Of(account.Provider)} did not answer in time.", e) { MayHaveArrived = true };
        }
        catch (HttpRequestException e)
        {
            throw Broken(account.Provider, e);
        }
        catch (IOException e)
        {
            throw new ProviderUnavailable(account.Provider, $"The connection to {ProviderNames.Of(account.Provider)} broke.", e) { MayHaveArrived = true };
        }
    }

    /// <summary>A key that travels in the clear is everybody's: only a simulator on this machine is spoken to without TLS.</summary>
    private static HttpRequestMessage Message(ProviderAccount account, ProviderRequest request)
    {
        if (account.BaseUrl.Scheme != Uri.UriSchemeHttps && !(account.BaseUrl.Scheme == Uri.UriSchemeHttp && account.BaseUrl.IsLoopback))
            throw new RuleBroken("provider_not_https", $"The address of {ProviderNames.Of(account.Provider)} has to begin with https.");
        var message = new HttpRequestMessage(request.Method, new Uri($"{account.BaseUrl.GetLeftPart(UriPartial.Path).TrimEnd('/')}/{request.Path}"));
        message.Headers.Authorization = request.Authorization;
        message.Headers.Accept.Add(new("application/json", 1));
        message.Headers.Accept.Add(new("*/*", 0.5));
        foreach (var (name, value) in request.Headers)
            message.Headers.Add(name, value);
        message.Content = request.Content?.Write();
        if (request.Part is { } part)
            (message.Content ??= new ByteArrayContent([])).Headers.ContentRange = part;
        return message;
    }

    private static async Task<byte[]> ReadAsync(ProviderAccount account, HttpContent content, int most, CancellationToken ct)
    {
        await using var stream = await content.ReadAsStreamAsync(ct);
        using var body = new MemoryStream();
        var piece = new byte[16 * 1024];
        while (await stream.ReadAsync(piece, ct) is > 0 and var read)
        {
            if (body.Length + read > most)
                throw new ProviderUnavailable(account.Provider, $"{ProviderNames.Of(account.Provider)} answered more than is read.") { MayHaveArrived = true };
            await body.WriteAsync(piece.AsMemory(0, read), ct);
        }

        return body.ToArray();
    }

    private static ProviderUnavailable Broken(Provider provider, HttpRequestException error)
    {
        var name = ProviderNames.Of(provider);
        return error switch
        {
            { HttpRequestError: HttpRequestError.SecureConnectionError } or { InnerException: AuthenticationException } => new(provider, $"The certificate of {name} is not one we may trust, or it speaks no TLS that we know.", error),
            { HttpRequestError: HttpRequestError.NameResolutionError } => new(provider, $"The name of {name}'s server is not known.", error),
            { HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.ProxyTunnelError } => new(provider, $"{name} could not be reached{(error.InnerException is SocketException e ? $": {e.SocketErrorCode}" : "")}.", error),
            _ => new(provider, $"The connection to {name} broke.", error) { MayHaveArrived = true },
        };
    }
}
