using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>Goes through what is due. One that fails stays due and stops none of the others; at the end the job says so by failing.</summary>
internal sealed class OneByOne(ILogger log, string what)
{
    private int failed;

    /// <returns>How many were done.</returns>
    public async Task<int> DoAsync(IReadOnlyCollection<long> due, Func<long, Task<bool>> work)
    {
        var done = 0;
        foreach (var id in due)
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

        return done;
    }

    /// <summary>After the last one.</summary>
    public void End(int done)
    {
        if (failed > 0)
            throw new RuleBroken("left_undone", $"{what}: {done} done, {failed} failed. The log says why.");
    }
}
