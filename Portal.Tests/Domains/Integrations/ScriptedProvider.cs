using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

/// <summary>A provider that does what a test says, one step for each attempt, without a network; and the way to it.</summary>
internal sealed class ScriptedProvider : HttpMessageHandler
{
    private readonly Queue<Func<Task<HttpResponseMessage>>> steps = new();
    private readonly List<DateTimeOffset> attempts = [];

    public ScriptedProvider() => Http = new(this, (account, words, _) =>
    {
        Broken.Add(words);
        return Reporting;
    }, Clock, LoggerFactory.Create(b => b.AddProvider(Log)).CreateLogger<ProviderHttp>());

    public WaitingClock Clock { get; } = new();

    public HeardLog Log { get; } = new();

    public ProviderHttp Http { get; }

    /// <summary>What was said of accounts that are refused.</summary>
    public List<string> Broken { get; } = [];

    /// <summary>How saying so ends.</summary>
    public Task Reporting { get; set; } = Task.CompletedTask;

    /// <summary>When each attempt was made.</summary>
    public IReadOnlyList<DateTimeOffset> Attempts => attempts;

    public static ProviderAccount Account(string key = "key-of-account", params (string Name, string Value)[] settings) =>
        new(Provider.Stripe, true, new("https://api.stripe.test"), key, null, null, new(new JsonObject(settings.Select(s => KeyValuePair.Create(s.Name, (JsonNode?)s.Value)))), AccountSource.Environment, null);

    public static ProviderRequest Read() => new(HttpMethod.Get, "v1/things", "read things");

    /// <summary>Something that would be done twice if it were said twice.</summary>
    public static ProviderRequest Write() => new(HttpMethod.Post, "v1/things", "do things") { Content = ProviderContent.Json("{}"u8.ToArray()) };

    /// <summary>Something that is done once, however often it is said.</summary>
    public static ProviderRequest Keyed() => new(HttpMethod.Post, "v1/things", "do things") { Content = ProviderContent.Json("{}"u8.ToArray()), IsRepeatable = true };

    public ScriptedProvider Says(HttpStatusCode status, string body = "{}", TimeSpan? retryAfter = null)
    {
        steps.Enqueue(() =>
        {
            var response = new HttpResponseMessage(status) { Content = new StringContent(body) };
            response.Headers.RetryAfter = retryAfter is { } wait ? new(wait) : null;
            return Task.FromResult(response);
        });
        return this;
    }

    public ScriptedProvider Fails(HttpRequestError error)
    {
        steps.Enqueue(() => throw new HttpRequestException(error, "no", new SocketException((int)SocketError.ConnectionRefused)));
        return this;
    }

    public ScriptedProvider Hangs()
    {
        steps.Enqueue(() => new TaskCompletionSource<HttpResponseMessage>().Task);
        return this;
    }

    /// <returns>What it ended with, and how long it would have taken.</returns>
    public async Task<(ProviderReply? Reply, Exception? Error, TimeSpan Took)> AskAsync(ProviderRequest request, ProviderAccount? account = null)
    {
        var (reply, error) = ((ProviderReply?)null, (Exception?)null);
        var took = await Clock.RunAsync(async () =>
        {
            try
            {
                reply = await Http.SendAsync(account ?? Account(), request, Ct);
            }
            catch (PortalException e)
            {
                error = e;
            }
        });
        return (reply, error, took);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        Func<Task<HttpResponseMessage>>? step;
        lock (steps)
        {
            attempts.Add(Clock.GetUtcNow());
            steps.TryDequeue(out step);
        }

        return await (step is null ? Task.FromResult(new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent("{}") }) : step()).WaitAsync(cancellationToken);
    }
}
