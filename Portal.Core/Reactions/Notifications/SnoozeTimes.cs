namespace Portal.Core.Reactions.Notifications;

public enum SnoozeFor
{
    AnHour,
    UntilTomorrow,
    UntilNextWeek,
}

/// <summary>When a snooze ends: mornings are the person's own.</summary>
public static class SnoozeTimes
{
    private static readonly TimeOnly Morning = new(8, 0);

    /// <summary>What one may choose, each time once: on a Sunday next week begins tomorrow.</summary>
    public static IReadOnlyList<(SnoozeFor Choice, DateTime Until)> Choices(DateTime now, Zone zone) =>
        [.. Enum.GetValues<SnoozeFor>().Select(choice => (choice, Until(choice, now, zone))).DistinctBy(c => c.Item2)];

    public static DateTime Until(SnoozeFor choice, DateTime now, Zone zone)
    {
        var today = DateOnly.FromDateTime(zone.ToLocal(now));
        return choice switch
        {
            SnoozeFor.AnHour => now.AddHours(1),
            SnoozeFor.UntilTomorrow => zone.ToUtc(today.AddDays(1), Morning),
            _ => zone.ToUtc(today.AddDays(DaysToMonday(today)), Morning),
        };
    }

    /// <summary>On a Monday next week begins in seven days.</summary>
    private static int DaysToMonday(DateOnly today) => 7 - (((int)today.DayOfWeek + 6) % 7);
}
