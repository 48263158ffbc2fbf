namespace Portal.Core.Foundation;

/// <summary>
/// The pumps of one run. None goes home while another is at work, so that a code by text message that falls due meanwhile does not wait
/// until ten thousand mails have left.
/// </summary>
internal sealed class DeliveryCrew(int pumps) : IDisposable
{
    private readonly CancellationTokenSource over = new();

    // Until it has looked, each counts as one that has something to do.
    private int busy = pumps;

    /// <summary>Nobody has anything to do any more.</summary>
    public CancellationToken Over => over.Token;

    public void Begins() => Interlocked.Increment(ref busy);

    public void Rests()
    {
        if (Interlocked.Decrement(ref busy) == 0)
            over.Cancel();
    }

    public void Dispose() => over.Dispose();
}
