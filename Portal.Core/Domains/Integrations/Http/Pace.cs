namespace Portal.Core.Domains.Integrations;

/// <summary>
/// So many calls a second and no more: each takes the next free place and waits for it. A few may come at once after a pause. Only this
/// host knows of it; what all hosts together send too much of, the provider says no to for a moment, and that is waited for as well.
/// </summary>
internal sealed class Pace(TimeProvider time, double perSecond)
{
    private readonly Lock gate = new();
    private readonly TimeSpan apart = TimeSpan.FromSeconds(1 / perSecond);
    private readonly TimeSpan ahead = TimeSpan.FromSeconds(Math.Max(2, perSecond / 4) / perSecond);
    private readonly long began = time.GetTimestamp();
    private TimeSpan next;

    /// <returns>How long to wait for one's place; null when that is longer than one has the patience for.</returns>
    public TimeSpan? Take(TimeSpan patience)
    {
        lock (gate)
        {
            var now = time.GetElapsedTime(began);
            var free = next - ahead;
            var wait = free > now ? free - now : TimeSpan.Zero;
            if (wait > patience)
                return null;
            next = (next > now ? next : now) + apart;
            return wait;
        }
    }

    /// <summary>Nobody goes before this much time has passed.</summary>
    public void Hold(TimeSpan wait)
    {
        lock (gate)
        {
            var then = time.GetElapsedTime(began) + wait + ahead;
            next = next > then ? next : then;
        }
    }
}
