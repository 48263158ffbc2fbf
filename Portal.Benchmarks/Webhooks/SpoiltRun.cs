using System.Collections.Concurrent;
using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Odd;

namespace Portal.Benchmarks.Webhooks;

/// <summary>Sends webhooks from sixteen hands and keeps what was answered and what may have been stored.</summary>
internal sealed class SpoiltRun(WebhookSpoiler spoiler, HostProcess host)
{
    private const int Hands = 16;
    private readonly ConcurrentDictionary<int, int> statuses = new();
    private readonly ConcurrentDictionary<string, int> kinds = new();
    private readonly ConcurrentQueue<(string Why, OddRequest Request)> wrong = new();
    private readonly ConcurrentBag<(string Provider, string EventId)> signed = [];
    private readonly ConcurrentBag<(string Provider, List<string> EventIds)> taken = [];

    public IReadOnlyDictionary<int, int> Statuses => statuses;

    public IReadOnlyDictionary<string, int> Kinds => kinds;

    /// <summary>What was not answered as it should have been.</summary>
    public IReadOnlyCollection<(string Why, OddRequest Request)> Wrong => wrong;

    /// <summary>All that somebody who may has signed.</summary>
    public IReadOnlyCollection<(string Provider, string EventId)> Signed => signed;

    /// <summary>What was answered with 200: each lies under one of its names.</summary>
    public IReadOnlyCollection<(string Provider, List<string> EventIds)> Taken => taken;

    public async Task SendAsync(int from, int until)
    {
        var next = from - 1;
        await Task.WhenAll(Enumerable.Range(0, Hands).Select(_ => Task.Run(async () =>
        {
            using var wire = new Wire(host.Url);
            while (Interlocked.Increment(ref next) is var number && number < until)
                await SendAsync(number, wire);
        })));
    }

    private async Task SendAsync(int number, Wire wire)
    {
        var (kind, draft) = spoiler.Make(number, TimeProvider.System.GetUtcNow());
        var request = draft.ToRequest();
        if (draft.Fate is not WebhookFate.Refused)
            draft.EventIds.ForEach(id => signed.Add((draft.Provider, id)));
        var answer = await wire.SendAsync(request, visit: null);
        statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
        kinds.AddOrUpdate(kind, 1, (_, count) => count + 1);
        if (answer.Status == 200)
            taken.Add((draft.Provider, draft.EventIds));
        if (Judge(kind, draft, answer, request) is { } why)
            wrong.Enqueue((why, request));
    }

    /// <summary>Who sends megabytes and is refused before the end may find the line closed.</summary>
    private static string? Judge(string kind, WebhookDraft draft, OddAnswer answer, OddRequest request) => answer.Status switch
    {
        >= 500 => FormattableString.Invariant($"{kind}: answered with {answer.Status}"),
        0 when kind != WebhookSpoiler.Huge && !request.IsRough => $"{kind}: not answered",
        >= 200 and < 400 when draft.Fate is WebhookFate.Refused => FormattableString.Invariant($"{kind}: taken with {answer.Status}"),
        not 200 when draft.Fate is WebhookFate.Taken => FormattableString.Invariant($"{kind}: refused with {answer.Status}"),
        _ => null,
    };
}
