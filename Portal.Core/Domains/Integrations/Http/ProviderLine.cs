using System.Globalization;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Portal.Core.Domains.Integrations;

/// <summary>The way to one account: its pace, what is tried again, and the breaker that leaves a provider alone that is down.</summary>
internal sealed class ProviderLine
{
    internal static readonly TimeSpan Break = TimeSpan.FromSeconds(15);

    /// <summary>Whoever is asked to come back later than this is not kept waiting: the caller hears when.</summary>
    internal static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>The setting that comes before what is usual.</summary>
    internal const string Rate = "requests_per_second";
    private const int Retries = 2;
    private static readonly ResiliencePropertyKey<ProviderRequest> Asked = new("asked");

    private readonly ResiliencePipeline<ProviderReply> pipeline;
    private readonly Provider provider;
    private readonly Pace pace;
    private readonly TimeProvider time;
    private long used;

    public ProviderLine(ProviderAccount account, TimeProvider time)
    {
        (provider, this.time) = (account.Provider, time);
        pace = new(time, PerSecond(account));
        pipeline = new ResiliencePipelineBuilder<ProviderReply> { TimeProvider = time }
            .AddRetry(new RetryStrategyOptions<ProviderReply>
            {
                MaxRetryAttempts = Retries,
                Delay = TimeSpan.FromMilliseconds(400),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = args => ValueTask.FromResult(MayTryAgain(args.Context.Properties.GetValue(Asked, null!), args.Outcome)),
                DelayGenerator = args => ValueTask.FromResult(args.Outcome is { Result: { } reply } ? RetryAfter(reply) : null),
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions<ProviderReply>
            {
                FailureRatio = 0.5,
                MinimumThroughput = 8,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = Break,
                ShouldHandle = args => ValueTask.FromResult(args.Outcome is { Exception: ProviderUnavailable { IsOwnPace: false } } or { Result.Status: >= 500 }),
            })
            .Build();
    }

    /// <summary>For how long nobody has used it.</summary>
    public TimeSpan Idle => time.GetElapsedTime(Interlocked.Read(ref used));

    /// <param name="request">What is asked.</param>
    /// <param name="attempt">Asks once. An answer of any status is an answer.</param>
    /// <param name="ct">Stops it.</param>
    public async Task<ProviderReply> SendAsync(ProviderRequest request, Func<ProviderRequest, CancellationToken, Task<ProviderReply>> attempt, CancellationToken ct)
    {
        Interlocked.Exchange(ref used, time.GetTimestamp());
        var context = ResilienceContextPool.Shared.Get(ct);
        context.Properties.Set(Asked, request);
        try
        {
            return await pipeline.ExecuteAsync(static async (context, x) => await x.Self.OnceAsync(x.request, x.attempt, context.CancellationToken), context, (Self: this, request, attempt));
        }
        catch (BrokenCircuitException e)
        {
            throw new ProviderUnavailable(provider, $"{ProviderNames.Of(provider)} has failed again and again, so it is left alone for a moment.", e) { RetryAfter = e.RetryAfter ?? Break };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    internal TimeSpan? RetryAfter(ProviderReply reply) => reply.Headers.RetryAfter switch
    {
        { Delta: { } wait } => wait,
        { Date: { } then } when then > time.GetUtcNow() => then - time.GetUtcNow(),
        { Date: not null } => TimeSpan.Zero,
        _ => null,
    };

    private async Task<ProviderReply> OnceAsync(ProviderRequest request, Func<ProviderRequest, CancellationToken, Task<ProviderReply>> attempt, CancellationToken ct)
    {
        if (pace.Take(request.Patience) is not { } wait)
            throw new ProviderUnavailable(provider, $"So much waits for {ProviderNames.Of(provider)} that this one would wait too long.") { IsOwnPace = true };
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, time, ct);
        var reply = await attempt(request, ct);
        if (reply.Status is 429 && RetryAfter(reply) is { } hold)
            pace.Hold(hold < ProviderRates.LongestHold ? hold : ProviderRates.LongestHold);
        return reply;
    }

    private bool MayTryAgain(ProviderRequest request, Outcome<ProviderReply> outcome) => outcome switch
    {
        { Exception: ProviderUnavailable { IsOwnPace: true } } => false,
        { Exception: ProviderUnavailable e } => request.IsRepeatable || !e.MayHaveArrived,
        { Result: { IsGood: false } reply } => MayTryAgain(request, reply),
        _ => false,
    };

    private bool MayTryAgain(ProviderRequest request, ProviderReply reply)
    {
        // Stripe says it itself: a request that another one holds up, for instance.
        if (reply.Headers.TryGetValues("Stripe-Should-Retry", out var says))
            return request.IsRepeatable && says.First() is "true";
        var wait = RetryAfter(reply);
        return wait is null
            ? request.IsRepeatable && reply.Status is 408 or 429 or >= 500
            : wait <= LongestWait && (reply.Status is 429 or 503 || (request.IsRepeatable && reply.Status is 408 or >= 500));
    }

    private static double PerSecond(ProviderAccount account) =>
        double.TryParse(account.Settings[Rate], CultureInfo.InvariantCulture, out var own) && own is > 0 and <= 1_000_000 ? own : ProviderRates.Usual(account);
}
