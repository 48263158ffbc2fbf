namespace Portal.Tests.Support;

/// <summary>A clock that a test sets. It tells the time; timers and waits run by the system's.</summary>
public sealed class TestClock : TimeProvider
{
    private long ticks = new DateTime(2026, 11, 21, 10, 0, 0, DateTimeKind.Utc).Ticks;

    private long passed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public override long GetTimestamp() => Interlocked.Read(ref passed);

    public void Forward(TimeSpan by)
    {
        Interlocked.Add(ref passed, by.Ticks);
        Interlocked.Add(ref ticks, by.Ticks);
    }

    public void Set(DateTime now) => Interlocked.Exchange(ref ticks, now.Ticks);

    /// <summary>Somebody sets the clock back: no less time has passed for it.</summary>
    public void SetBack(TimeSpan by) => Interlocked.Add(ref ticks, -by.Ticks);
}
