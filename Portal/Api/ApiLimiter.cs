using System.Collections.Concurrent;
using System.Globalization;
using Portal.Core.Foundation;
using Portal.Startup;

namespace Portal.Api;

/// <summary>
/// How often one caller may use the API. The count is shared through the database; a host draws some permits at a time, so that a
/// request costs a commit only now and then.
/// </summary>
public sealed class ApiLimiter(RateLimits limits, PortalOptions options, TimeProvider time)
{
    private const int MostCallers = 20_000;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Loan = TimeSpan.FromSeconds(10);
    private readonly RateLimit perMinute = new("api", options.ApiRequestsPerMinute, TimeSpan.FromMinutes(1));
    private readonly ConcurrentDictionary<string, Allowance> drawn = new();

    public async Task TakeAsync(string caller, CancellationToken ct)
    {
        if (drawn.Count > MostCallers)
            drawn.Clear();
        var allowance = drawn.GetOrAdd(caller, _ => new());
        if (allowance.TryTake(time.Now()))
            return;

        // One draw at a time: who comes meanwhile lives on what it brings.
        await allowance.Drawing.WaitAsync(ct);
        try
        {
            if (allowance.TryTake(time.Now()))
                return;
            await DrawAsync(caller, allowance, ct);
        }
        finally
        {
            allowance.Drawing.Release();
        }
    }

    private async Task DrawAsync(string caller, Allowance allowance, CancellationToken ct)
    {
        var some = Math.Max(1, perMinute.Times / 20);
        try
        {
            // Not with the asker's token: a draw that is late still counts, and what was lent meanwhile is what it brings.
            var verdict = await limits.TakeAsync(perMinute, caller, some, CancellationToken.None).WaitAsync(Patience, time, ct);
            if (!verdict.Allowed)
                throw new TooOften(verdict.RetryAfter);
            allowance.Add(verdict.Taken - 1, time.Now() + verdict.RetryAfter);
        }
        catch (Exception e) when (e is TimeoutException || DbErrors.Translate(e) is StoreUnavailable)
        {
            // What cannot be counted may still be read, and does not wait for it: this host lends a little until the database takes writes again.
            allowance.Add(some - 1, time.Now() + Loan);
        }
    }

    private sealed class Allowance
    {
        private readonly Lock gate = new();
        private int left;
        private DateTime until;

        public SemaphoreSlim Drawing { get; } = new(1, 1);

        public bool TryTake(DateTime now)
        {
            lock (gate)
            {
                if (left == 0 || until <= now)
                    return false;
                left--;
                return true;
            }
        }

        public void Add(int permits, DateTime endsAt)
        {
            lock (gate)
                (left, until) = (permits, endsAt);
        }
    }
}

public static class ApiLimits
{
    /// <summary>Counts by person, or by address for those who are nobody yet.</summary>
    public static void UseApiLimits(this WebApplication app) => app.UseWhen(http => SignInSetup.IsApi(http), api => api.Use(async (http, next) =>
    {
        var person = http.User.PersonId();
        var caller = person > 0 ? person.ToString(CultureInfo.InvariantCulture) : http.Address();
        await http.RequestServices.GetRequiredService<ApiLimiter>().TakeAsync(caller, http.RequestAborted);
        await next(http);
    }));
}
