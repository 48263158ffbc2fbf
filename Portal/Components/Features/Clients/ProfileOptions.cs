using System.Globalization;
using Portal.Components.Ui;
using Portal.Core.Foundation;

namespace Portal.Components.Features.Clients;

/// <summary>What a profile's countries, currencies and time zones can be chosen from.</summary>
public static class ProfileOptions
{
    private static readonly Dictionary<string, string> CurrencyNames = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(culture => new RegionInfo(culture.Name)).DistinctBy(region => region.ISOCurrencySymbol)
        .ToDictionary(region => region.ISOCurrencySymbol, region => region.CurrencyEnglishName);

    public static IReadOnlyList<Option> Countries { get; } = [.. Core.Foundation.Countries.All.Select(c => new Option(c.Key, c.Value))];

    public static IReadOnlyList<Option> Currencies { get; } =
        [.. Currency.All.Where(c => c != Currency.Credits).OrderBy(c => c.Code, StringComparer.Ordinal).Select(c => new Option(c.Code, CurrencyName(c.Code)))];

    public static IReadOnlyList<Option> Zones { get; } =
        [.. Core.Foundation.Zones.All.Select(z => new Option(z.Id, z.Id.Replace('_', ' ')))];

    public static string CurrencyName(string code) => CurrencyNames.TryGetValue(code, out var name) && name.Length > 0 ? $"{code} · {name}" : code;
}
