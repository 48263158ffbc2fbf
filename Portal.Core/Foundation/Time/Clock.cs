namespace Portal.Core.Foundation;

/// <summary>The only way to know the time. Instants are UTC, to the microsecond that both databases and JSON keep.</summary>
public static class Clock
{
    public static DateTime Now(this TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new(now.Ticks - (now.Ticks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
    }

    public static DateOnly Today(this TimeProvider time, Zone zone) => DateOnly.FromDateTime(zone.ToLocal(time.Now()));
}
