using System.Text.RegularExpressions;

namespace Portal.Tests.Api;

/// <summary>Currencies and time zones are chosen in one way on every page.</summary>
public sealed class ChoicesTests(PortalServer server) : IClassFixture<PortalServer>
{
    [Theory]
    [InlineData(PortalServer.Admin, "/dashboard/admin/clients", "new-client")]
    [InlineData(PortalServer.Admin, "/dashboard/admin/clients/{acme}", "edit-client")]
    [InlineData(PortalServer.Admin, "/dashboard/admin/clients/{acme}?tab=profile", "organisation")]
    [InlineData(PortalServer.Admin, "/dashboard/admin/settings/agency", "agency")]
    [InlineData(PortalServer.AcmeOwner, "/dashboard/client/settings/organisation", "organisation")]
    public async Task What_is_chosen_and_likely_comes_first_and_then_all_there_is(string person, string page, string form)
    {
        using var browser = await server.BrowserAsync(person);
        var html = await browser.GetStringAsync(new Uri(page.Replace("{acme}", $"{await server.ClientIdAsync("Acme Jewellers")}", StringComparison.Ordinal), UriKind.Relative), Ct);

        var (currencies, zones) = (Groups(html, $"{form}-currency"), Groups(html, $"{form}-zone"));

        Assert.Equal(["USD", "EUR", "GBP"], currencies.Likely);
        Assert.Contains("UTC", zones.Likely);
        Assert.Equal(zones.Likely.Distinct(), zones.Likely);
        Assert.Contains("ZMW", currencies.All);
        Assert.DoesNotContain("CRD", currencies.All); // nobody is billed in credits
        Assert.Contains("Africa/Lusaka", zones.All);
    }

    [Fact]
    public async Task Ones_own_zone_is_chosen_in_the_same_way_and_stands_first()
    {
        using var browser = await server.BrowserAsync(PortalServer.Admin);
        var zones = Groups(await browser.GetStringAsync(new Uri("/dashboard/admin/settings", UriKind.Relative), Ct), "own-profile-zone");
        Assert.Equal((await server.UserAsync(PortalServer.Admin)).ZoneId, zones.Likely[0]);
    }

    private static (List<string> Likely, List<string> All) Groups(string html, string id)
    {
        var groups = Regex.Match(html, $"<select[^>]* id=\"{id}\".*?</select>", RegexOptions.Singleline).Value.Split("<optgroup")[1..];
        return (Values(groups[0]), Values(groups[1]));
    }

    private static List<string> Values(string group) => [.. Regex.Matches(group, "value=\"([^\"]+)\"").Select(m => m.Groups[1].Value)];
}
