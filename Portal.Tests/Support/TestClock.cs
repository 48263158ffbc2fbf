namespace Portal.Tests.Support;

/// <summary>A clock that a test sets. It tells the time; timers and waits run by the system's.</summary>
public sealed class TestClock : TimeProvider
{
    private long ticks = new DateTime(2026, 11, 21, 10, 0, 0, DateTimeKind.Utc).Ticks;

    public override DateTimeOffset GetUtcNow() => new(Interlocked.Read(ref ticks), TimeSpan.Zero);

    public void Forward(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}
