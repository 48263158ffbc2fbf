namespace Portal.Core.Reactions.Notifications;

/// <summary>The part of each day in which a person wants to be left alone, by their own clock. It may go over midnight.</summary>
public readonly record struct QuietHours(TimeOnly From, TimeOnly To)
{
    /// <summary>
    /// The instant from which one may speak again; now itself outside of them. They are looked at as stretches of time that begin and end
    /// once a night, so that an hour that the clock skips or repeats neither breaks them nor makes them come twice.
    /// </summary>
    public DateTime NotBefore(DateTime now, Zone zone)
    {
        var today = DateOnly.FromDateTime(zone.ToLocal(now));
        foreach (var day in new[] { today.AddDays(-1), today })
        {
            var (begin, end) = (zone.ToUtc(day, From), zone.ToUtc(From < To ? day : day.AddDays(1), To));
            if (begin <= now && now < end)
                return end;
        }

        return now;
    }
}
