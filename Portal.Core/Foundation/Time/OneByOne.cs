using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>Goes through all that is due. One that fails stays due and stops none of the others; at the end the job says so by failing.</summary>
internal sealed class OneByOne(ILogger log)
{
    private readonly List<string> names = [];
    private int done;
    private int failed;

    /// <param name="what">What is done to each, for the log.</param>
    /// <param name="due">The next ids of what is due, in order, after this one.</param>
    /// <param name="work">Does one, and says whether it did.</param>
    /// <returns>How many were done.</returns>
    public async Task<int> DoAsync(string what, Func<long, Task<List<long>>> due, Func<long, Task<bool>> work)
    {
        names.Add(what);
        var (before, last) = (done, 0L);

        // Past those that failed: they stay due, and would otherwise be all that is ever looked at.
        while (await due(last) is [.., var newest] batch)
        {
            foreach (var id in batch)
                await TryAsync(what, id, work);
            last = newest;
        }

        return done - before;
    }

    /// <summary>After the last one.</summary>
    public void End()
    {
        if (failed > 0)
            throw new RuleBroken("left_undone", $"{string.Join(", ", names)}: {done} done, {failed} failed. The log says why.");
    }

    private async Task TryAsync(string what, long id, Func<long, Task<bool>> work)
    {
        try
        {
            done += await work(id) ? 1 : 0;
        }
        catch (Exception e) when (e is not OperationCanceledException and not StoreUnavailable)
        {
            failed++;
            log.LogError(e, "{What} {Id} failed; the others go on.", what, id);
        }
    }
}
