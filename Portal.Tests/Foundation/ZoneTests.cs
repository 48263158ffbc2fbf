namespace Portal.Tests.Foundation;

public class ZoneTests
{
    [Theory]
    [InlineData("Africa/Harare", "2026-03-29 02:30", "2026-03-29 00:30")] // no clock change at all
    [InlineData("Europe/London", "2026-03-29 01:30", "2026-03-29 01:30")] // skipped: 02:30 by the new clock
    [InlineData("Europe/London", "2026-10-25 01:30", "2026-10-25 00:30")] // twice: the first
    [InlineData("America/New_York", "2026-03-08 02:30", "2026-03-08 07:30")]
    [InlineData("America/New_York", "2026-11-01 01:30", "2026-11-01 05:30")]
    [InlineData("Australia/Lord_Howe", "2026-10-04 02:15", "2026-10-03 15:45")] // jumps by half an hour
    [InlineData("Australia/Lord_Howe", "2026-04-05 01:45", "2026-04-04 14:45")]
    [InlineData("Asia/Kolkata", "2026-11-21 09:00", "2026-11-21 03:30")]
    public void A_local_time_is_one_instant_even_when_the_clock_changes(string zone, string local, string utc)
    {
        var at = DateTime.Parse(local, System.Globalization.CultureInfo.InvariantCulture);

        var instant = Zone.Of(zone).ToUtc(DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at));

        Assert.Equal(DateTimeKind.Utc, instant.Kind);
        Assert.Equal(utc, instant.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public void A_skipped_time_happens_as_much_later_as_the_clock_jumps()
    {
        var zone = Zone.Of("Europe/London");
        Assert.Equal(new(2026, 3, 29, 2, 30, 0), zone.ToLocal(zone.ToUtc(new(2026, 3, 29), new(1, 30))));
    }

    [Fact]
    public void Every_hour_of_two_years_comes_back_to_itself()
    {
        foreach (var zone in new[] { "Africa/Harare", "Europe/London", "America/New_York", "Australia/Lord_Howe" }.Select(Zone.Of))
        {
            for (var at = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc); at.Year < 2028; at = at.AddHours(1))
            {
                var shown = zone.ToOffset(at);
                Assert.Equal(at, shown.UtcDateTime);
                Assert.Equal(zone.ToLocal(at), shown.DateTime);
                var again = zone.ToUtc(DateOnly.FromDateTime(shown.DateTime), TimeOnly.FromDateTime(shown.DateTime));
                Assert.True(again == at || zone.ToLocal(again) == shown.DateTime, $"{zone} {at:O}");
            }
        }
    }

    [Fact]
    public void Only_zones_of_the_IANA_list_are_known()
    {
        Assert.True(Zone.IsKnown("Africa/Harare"));
        Assert.False(Zone.IsKnown("Harare"));
        Assert.False(Zone.IsKnown(null));
        Assert.Equal(["zone"], Assert.Throws<Invalid>(() => Zone.Of("Mars/Base")).Errors.Keys);
        Assert.Equal("UTC", Zone.OfOrUtc("Mars/Base").Id);
    }

    [Fact]
    public void Today_is_the_day_where_the_person_is()
    {
        var clock = new TestClock();
        clock.Forward(TimeSpan.FromHours(13)); // 23:00 UTC
        Assert.Equal(new(2026, 11, 21), clock.Today(Zone.Utc));
        Assert.Equal(new(2026, 11, 22), clock.Today(Zone.Of("Africa/Harare")));
    }
}
