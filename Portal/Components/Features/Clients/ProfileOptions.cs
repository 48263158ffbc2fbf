using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Components.Ui;
using Portal.Core.Foundation;

namespace Portal.Components.Features.Clients;

/// <summary>What a profile's countries, currencies and time zones can be chosen from.</summary>
public static class ProfileOptions
{
    private static readonly Dictionary<string, string> CurrencyNames = CultureInfo.GetCultures(CultureTypes.SpecificCultures)
        .Select(culture => new RegionInfo(culture.Name)).DistinctBy(region => region.ISOCurrencySymbol)
        .ToDictionary(region => region.ISOCurrencySymbol, region => region.CurrencyEnglishName);

    private static volatile ZonesToday? zones;

    public static IReadOnlyList<Option> Countries { get; } = [.. Core.Foundation.Countries.All.Select(c => new Option(c.Key, c.Value))];

    public static MarkupString Currencies { get; } =
        FieldPick.Write(Currency.All.Where(c => c != Currency.Credits).OrderBy(c => c.Code, StringComparer.Ordinal).Select(c => new Option(c.Code, CurrencyName(c.Code))));

    /// <summary>Every zone with how far it is from UTC: written once a day, for clocks change.</summary>
    public static MarkupString Zones(DateTime now)
    {
        var day = DateOnly.FromDateTime(now);
        if (zones is not { } today || today.Day != day)
            zones = today = new(day, FieldPick.Write(Core.Foundation.Zones.All.Select(z => Named(z, now))));
        return today.Options;
    }

    public static Option Named(Zone zone, DateTime now) => new(zone.Id, $"{zone.Id.Replace('_', ' ')} (UTC{zone.ToOffset(now):zzz})");

    public static string CurrencyName(string code) => CurrencyNames.TryGetValue(code, out var name) && name.Length > 0 ? $"{code} · {name}" : code;

    private sealed record ZonesToday(DateOnly Day, MarkupString Options);
}
