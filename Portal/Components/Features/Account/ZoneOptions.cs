using Portal.Components.Ui;
using Portal.Core.Foundation;

namespace Portal.Components.Features.Account;

/// <summary>Time zones to choose from, each with how far it is from UTC now.</summary>
public static class ZoneOptions
{
    public static IReadOnlyList<Option> At(DateTime now) => [.. Zones.All.Select(z => new Option(z.Id, $"{z.Id.Replace('_', ' ')} (UTC{z.ToOffset(now):zzz})"))];
}
