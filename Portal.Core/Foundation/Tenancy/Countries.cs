using System.Globalization;

namespace Portal.Core.Foundation;

/// <summary>The countries of the world as the platform knows them, by their two letters (ISO 3166-1).</summary>
public static class Countries
{
    private static readonly Dictionary<string, string> Names = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(culture => new RegionInfo(culture.Name))
        .Where(region => region.TwoLetterISORegionName is [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
        .DistinctBy(region => region.TwoLetterISORegionName)
        .ToDictionary(region => region.TwoLetterISORegionName, region => region.EnglishName);

    /// <summary>In the order of their names.</summary>
    public static IReadOnlyList<KeyValuePair<string, string>> All { get; } = [.. Names.OrderBy(c => c.Value, StringComparer.Ordinal)];

    public static bool IsKnown(string? code) => code is not null && Names.ContainsKey(code);

    /// <summary>The name, or what was given where there is none.</summary>
    public static string Name(string code) => Names.GetValueOrDefault(code, code);
}
