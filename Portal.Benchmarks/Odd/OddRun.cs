using System.Collections.Concurrent;
using Portal.Benchmarks.Frame;

namespace Portal.Benchmarks.Odd;

/// <summary>Sends requests from several hands at once and keeps count of the answers.</summary>
internal sealed class OddRun(HostProcess host, Visits visits)
{
    private const int Hands = 8;

    // One of so many is a talk with the hub instead.
    private const int Talks = 50;

    private readonly ConcurrentDictionary<int, int> statuses = new();
    private readonly ConcurrentQueue<(OddRequest Request, string Why)> wrong = new();
    private readonly ConcurrentQueue<string> wrongTalks = new();
    private readonly ConcurrentQueue<(TimeSpan Took, OddRequest Request)> slow = new();

    public IReadOnlyDictionary<int, int> Statuses => statuses;

    public IReadOnlyCollection<(OddRequest Request, string Why)> Wrong => wrong;

    public IReadOnlyCollection<string> WrongTalks => wrongTalks;

    public int Talked { get; private set; }

    public IEnumerable<(TimeSpan Took, OddRequest Request)> Slowest => slow.OrderByDescending(s => s.Took);

    public Task ReplayAsync(IReadOnlyList<OddRequest> corpus) => ByHandsAsync(0, corpus.Count, (number, wire) => SendAsync(corpus[number], wire));

    public async Task MakeAsync(OddMaker maker, OddHub hub, int from, int count)
    {
        await ByHandsAsync(from, count, async (number, wire) =>
        {
            if (number % Talks != 0)
                await SendAsync(maker.Make(number), wire);
            else if (await hub.TalkAsync(number) is { } why)
                wrongTalks.Enqueue(why);
        });
        Talked += count / Talks;
    }

    private async Task ByHandsAsync(int from, int count, Func<int, Wire, Task> send)
    {
        var next = from - 1;
        await Task.WhenAll(Enumerable.Range(0, Hands).Select(_ => Task.Run(async () =>
        {
            using var wire = new Wire(host.Url);
            while (Interlocked.Increment(ref next) is var number && number < from + count)
                await send(number, wire);
        })));
    }

    private async Task SendAsync(OddRequest request, Wire wire)
    {
        var visit = visits.Of(request.Who);
        var answer = await wire.SendAsync(request, visit);
        statuses.AddOrUpdate(answer.Status, 1, (_, count) => count + 1);
        if (answer.Judge(request) is { } why)
            wrong.Enqueue((request, why));
        if (answer.Took > TimeSpan.FromSeconds(0.5))
            slow.Enqueue((answer.Took, request));
        if (answer.Status is 401 || (answer.Status is 302 && answer.Head.Contains("/sign-in", StringComparison.Ordinal)))
            await visits.RenewAsync(request.Who, visit);
    }
}
