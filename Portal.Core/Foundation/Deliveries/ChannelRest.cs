namespace Portal.Core.Foundation;

/// <summary>
/// A way out that is not in order is left alone for a while, first shortly and then longer: otherwise each of ten thousand mails would find
/// the wrong password out by itself. Only this host knows of it, so one that was started with a better setting begins at once.
/// </summary>
internal sealed class ChannelRest(TimeProvider time)
{
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(5);
    private int troubles;
    private DateTime until;

    public bool IsOver => until <= time.Now();

    public void Hear(IReadOnlyList<DeliveryOutcome> back)
    {
        if (back.Any(b => b.How is DeliveryOutcome.Kind.Sent))
            troubles = 0;
        if (!IsOver || !back.Any(b => b.How is DeliveryOutcome.Kind.PutOff))
            return;
        var wait = BackOff.After(++troubles);
        until = time.Now() + (wait < Longest ? wait : Longest);
    }
}
