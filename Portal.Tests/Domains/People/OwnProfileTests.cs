using Portal.Core.Domains.People;

namespace Portal.Tests.Domains.People;

public sealed class OwnProfileTests(PortalServer server) : IClassFixture<PortalServer>
{
    [Fact]
    public async Task A_person_changes_what_they_say_of_themselves_and_the_log_names_the_fields_only()
    {
        var me = await server.ActorAsync(PortalServer.MarketingAgent);
        var own = server.Get<OwnProfile>();

        await own.ChangeAsync(me, new() { FullName = " Tendai M. ", Mobile = "+263 (77) 123-4567", Zone = "Asia/Kolkata", Culture = "en-IN", Theme = Theme.Dark, WhatsAppNotifications = true }, Ct);
        await own.ChangeAsync(me, new() { FullName = "Tendai M.", Mobile = "+263771234567", Zone = "Asia/Kolkata", Culture = "en-IN", Theme = Theme.Dark, WhatsAppNotifications = true }, Ct);

        var now = await own.GetAsync(me, Ct);
        Assert.Equal(("Tendai M.", "+263771234567", "Asia/Kolkata", "en-IN", Theme.Dark, true), (now.FullName, now.Mobile, now.Zone, now.Culture, now.Theme, now.WhatsAppNotifications));
        await using var db = server.Open();
        var told = Assert.Single(await db.Events.Where(e => e.Type == "own_profile_changed" && e.SubjectId == me.UserId).ToListAsync(Ct));
        Assert.Contains("full_name, mobile, zone, culture, theme, whats_app_notifications", told.Data, StringComparison.Ordinal);
        Assert.DoesNotContain("77123", told.Data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("full_name", "", "", "UTC", "")]
    [InlineData("mobile", "Ann", "0771234567", "UTC", "")]
    [InlineData("mobile", "Ann", "+2637712345678901", "UTC", "")]
    [InlineData("zone", "Ann", "", "Mars/Base", "")]
    [InlineData("culture", "Ann", "", "UTC", "de-DE")]
    public async Task What_does_not_fit_is_refused_by_field_and_changes_nothing(string field, string name, string mobile, string zone, string culture)
    {
        var me = await server.ActorAsync(PortalServer.AcmeViewer);
        var before = await server.Get<OwnProfile>().GetAsync(me, Ct);

        var refusal = await Assert.ThrowsAsync<Invalid>(() =>
            server.Get<OwnProfile>().ChangeAsync(me, new() { FullName = name, Mobile = mobile, Zone = zone, Culture = culture }, Ct));

        Assert.Equal(field, Assert.Single(refusal.Errors.Keys));
        Assert.Equal(before, await server.Get<OwnProfile>().GetAsync(me, Ct));
    }

    [Fact]
    public void The_zones_to_choose_from_are_places_of_today()
    {
        var ids = Zones.All.Select(z => z.Id).ToList();
        Assert.Contains("Africa/Harare", ids);
        Assert.Contains("UTC", ids);
        Assert.DoesNotContain("EST5EDT", ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.InRange(ids.Count, 200, 700);
    }

    [Theory]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36", "Chrome on Windows")]
    [InlineData("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36 Edg/142.0", "Edge on Windows")]
    [InlineData("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.0 Mobile/15E148 Safari/604.1", "Safari on iPhone")]
    [InlineData("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", "Firefox on Linux")]
    [InlineData("curl/8.5.0", "curl")]
    [InlineData("", "Unknown device")]
    public void A_device_is_said_in_words(string userAgent, string words) => Assert.Equal(words, Devices.Name(userAgent));
}
