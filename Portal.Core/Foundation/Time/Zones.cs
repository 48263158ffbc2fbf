namespace Portal.Core.Foundation;

/// <summary>The zones to choose from, by name. Read when somebody first chooses: there are hundreds.</summary>
public static class Zones
{
    public static IReadOnlyList<Zone> All { get; } =
        [.. TimeZoneInfo.GetSystemTimeZones().Select(z => z.Id).Where(IsPlace).Order(StringComparer.Ordinal).Select(Zone.Of)];

    /// <summary>Places have a continent; the rest are old names and abbreviations, except for the one without a place.</summary>
    private static bool IsPlace(string id) => id is "UTC" || (Zone.IsKnown(id) && id.Contains('/', StringComparison.Ordinal) && !id.StartsWith("Etc/", StringComparison.Ordinal) && !id.StartsWith("SystemV/", StringComparison.Ordinal));
}
