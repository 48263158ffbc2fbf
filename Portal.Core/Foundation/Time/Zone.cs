namespace Portal.Core.Foundation;

/// <summary>An IANA time zone, for people and schedules.</summary>
public readonly record struct Zone
{
    private readonly TimeZoneInfo? info;

    private Zone(TimeZoneInfo info) => this.info = info;

    public static Zone Utc { get; } = new(TimeZoneInfo.Utc);

    public string Id => Info.HasIanaId ? Info.Id : "UTC";

    private TimeZoneInfo Info => info ?? TimeZoneInfo.Utc;

    public static bool IsKnown(string? id) => id is not null && TimeZoneInfo.TryFindSystemTimeZoneById(id, out var found) && found.HasIanaId;

    public static Zone Of(string id) => IsKnown(id)
        ? new(TimeZoneInfo.FindSystemTimeZoneById(id))
        : throw new Invalid("zone", $"'{id}' is not a time zone. Write one like Africa/Harare.");

    public static Zone OfOrUtc(string? id) => IsKnown(id) ? Of(id!) : Utc;

    public DateTime ToLocal(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.SpecifyKind(utc, DateTimeKind.Utc), Info);

    public DateTimeOffset ToOffset(DateTime utc)
    {
        var local = ToLocal(utc);
        return new(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), Info.GetUtcOffset(DateTime.SpecifyKind(utc, DateTimeKind.Utc)));
    }

    /// <summary>A wall-clock time that the clock change skips happens as much later as the clock jumps; one that happens twice is its first.</summary>
    public DateTime ToUtc(DateOnly day, TimeOnly time)
    {
        var local = day.ToDateTime(time, DateTimeKind.Unspecified);
        if (Info.IsInvalidTime(local))
            return DateTime.SpecifyKind(local - Info.GetUtcOffset(local.AddDays(-1)), DateTimeKind.Utc);
        var offset = Info.IsAmbiguousTime(local) ? Info.GetAmbiguousTimeOffsets(local).Max() : Info.GetUtcOffset(local);
        return DateTime.SpecifyKind(local - offset, DateTimeKind.Utc);
    }

    /// <summary>From when until when these days are here; null where there is no bound, or none that an instant can be on.</summary>
    public (DateTime? Begin, DateTime? End) Span(DateOnly? from, DateOnly? to) => (
        from is { } first && first > DateOnly.MinValue ? ToUtc(first, TimeOnly.MinValue) : null,
        to is { } last && last < DateOnly.MaxValue ? ToUtc(last.AddDays(1), TimeOnly.MinValue) : null);

    public override string ToString() => Id;
}
