namespace Portal.Tests.Domains.Integrations;

/// <summary>A clock whose waits are over as soon as nobody does anything but wait: then it is as late as the first of them wants it to be.</summary>
internal sealed class WaitingClock : TimeProvider
{
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(25);
    private readonly List<Wait> waits = [];
    private DateTimeOffset now = new(2026, 11, 21, 10, 0, 0, TimeSpan.Zero);

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (waits)
            return now;
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var wait = new Wait(this, () => callback(state));
        wait.Change(dueTime, period);
        return wait;
    }

    public void Forward(TimeSpan by)
    {
        lock (waits)
            now += by;
    }

    /// <returns>How long it would have taken.</returns>
    public async Task<TimeSpan> RunAsync(Func<Task> doing)
    {
        var began = GetUtcNow();
        var task = Task.Run(doing, Ct);
        while (await Task.WhenAny(task, Task.Delay(Quiet, Ct)) != task)
            First()?.Invoke();
        await task;
        return GetUtcNow() - began;
    }

    private Action? First()
    {
        lock (waits)
        {
            if (waits.Where(w => w.Due is not null).MinBy(w => w.Due) is not { } first)
                return null;
            now = first.Due > now ? first.Due.Value : now;
            first.Due = null;
            return first.Callback;
        }
    }

    private sealed class Wait(WaitingClock clock, Action callback) : ITimer
    {
        public Action Callback => callback;

        public DateTimeOffset? Due { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (clock.waits)
            {
                Due = dueTime < TimeSpan.Zero ? null : clock.now + dueTime;
                if (!clock.waits.Contains(this))
                    clock.waits.Add(this);
            }

            return true;
        }

        public void Dispose()
        {
            lock (clock.waits)
                clock.waits.Remove(this);
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
