using System.Globalization;
using Portal.Core.Foundation;
using static Portal.Resources.Texts;

namespace Portal.Components.Ui;

/// <summary>How an instant is said: near ones by their distance, others by their day.</summary>
internal static class TimeWords
{
    public static string Relative(DateTime at, Zone zone, DateTime now)
    {
        var local = zone.ToLocal(at);
        var day = DateOnly.FromDateTime(local);
        var (ago, days) = (now - at, DateOnly.FromDateTime(zone.ToLocal(now)).DayNumber - day.DayNumber);
        var clock = local.ToString("t", CultureInfo.CurrentCulture);
        return (ago.TotalMinutes, days) switch
        {
            ( >= 0 and < 1, _) => T("time.now"),
            ( >= 1 and < 60, _) => T("time.minutes_ago", (int)ago.TotalMinutes),
            ( >= 60, 0) => T("time.hours_ago", (int)ago.TotalHours),
            (_, 1) => T("time.yesterday"),
            ( > -1 and < 0, _) => T("time.soon"),
            ( > -60 and < 0, _) => T("time.minutes_ahead", (int)Math.Ceiling(-ago.TotalMinutes)),
            ( < 0, 0) => T("time.today", clock),
            (_, -1) => T("time.tomorrow", clock),
            (_, > 0 and < 7) => $"{local.ToString("ddd", CultureInfo.CurrentCulture)} {Day(day, now.Year)}",
            _ => Day(day, now.Year),
        };
    }

    /// <summary>How long something took.</summary>
    public static string Length(int ms) => ms switch
    {
        < 1_000 => T("time.ms", ms),
        < 60_000 => T("time.seconds", (ms / 1_000d).ToString("0.0", CultureInfo.CurrentCulture)),
        _ => T("time.minutes", (ms / 60_000d).ToString("0.0", CultureInfo.CurrentCulture)),
    };

    public static string Exact(DateTime at, Zone zone)
    {
        var local = zone.ToOffset(at);
        return $"{local.ToString("D", CultureInfo.CurrentCulture)}, {local:HH:mm:ss}, {zone.Id} ({local:zzz})";
    }

    /// <summary>A day with its weekday, for a headline.</summary>
    public static string LongDay(DateOnly day) =>
        $"{day.ToString("dddd", CultureInfo.CurrentCulture)}, {day.ToString(CultureInfo.CurrentCulture.DateTimeFormat.MonthDayPattern, CultureInfo.CurrentCulture)}";

    /// <summary>A day as people call it, for a headline: today, yesterday, or its name.</summary>
    public static string Named(DateOnly day, DateOnly today) => (today.DayNumber - day.DayNumber) switch
    {
        0 => T("time.day_today"),
        1 => T("time.yesterday"),
        -1 => T("time.day_tomorrow"),
        _ when day.Year == today.Year => LongDay(day),
        _ => $"{LongDay(day)} {day.Year}",
    };

    public static string Day(DateOnly day, int? ofYear = null)
    {
        var pattern = CultureInfo.CurrentCulture.DateTimeFormat.MonthDayPattern.Replace("MMMM", "MMM", StringComparison.Ordinal);
        return day.ToString(day.Year == ofYear ? pattern : pattern + " yyyy", CultureInfo.CurrentCulture);
    }
}
