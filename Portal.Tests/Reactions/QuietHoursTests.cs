using System.Globalization;
using Portal.Core.Reactions.Notifications;

namespace Portal.Tests.Reactions;

public class QuietHoursTests
{
    [Theory]
    [InlineData("22:00", "07:00", "Africa/Harare", "2026-11-21T20:30", "2026-11-22T05:00")] // half past ten in the evening
    [InlineData("22:00", "07:00", "Africa/Harare", "2026-11-22T04:59", "2026-11-22T05:00")] // after midnight
    [InlineData("22:00", "07:00", "Africa/Harare", "2026-11-22T05:00", "2026-11-22T05:00")] // over
    [InlineData("22:00", "07:00", "Africa/Harare", "2026-11-21T19:59", "2026-11-21T19:59")] // not yet
    [InlineData("12:00", "13:00", "Africa/Harare", "2026-11-21T10:10", "2026-11-21T11:00")] // within a day
    [InlineData("12:00", "13:00", "Africa/Harare", "2026-11-21T11:10", "2026-11-21T11:10")]
    [InlineData("22:00", "07:00", "Europe/London", "2026-03-28T23:00", "2026-03-29T06:00")] // the clock goes forward: an hour less of quiet
    [InlineData("22:00", "07:00", "Europe/London", "2026-10-24T22:00", "2026-10-25T07:00")] // and back: one more
    [InlineData("22:00", "01:30", "Europe/London", "2026-03-29T00:30", "2026-03-29T01:30")] // half past one does not come that night: it is half past two
    [InlineData("22:00", "01:30", "Europe/London", "2026-10-25T00:20", "2026-10-25T00:30")] // it comes twice: the first time it is over
    [InlineData("22:00", "01:30", "Europe/London", "2026-10-25T01:10", "2026-10-25T01:10")] // and does not begin again the second
    [InlineData("01:30", "07:00", "Europe/London", "2026-10-25T01:10", "2026-10-25T07:00")] // begun the first time, it goes on
    public void Nobody_is_disturbed_before_their_quiet_hours_end(string from, string to, string zone, string now, string notBefore) =>
        Assert.Equal(Utc(notBefore), new QuietHours(Clock(from), Clock(to)).NotBefore(Utc(now), Zone.Of(zone)));

    [Theory]
    [InlineData(DigestEvery.Hour, 8, "Africa/Harare", "2026-11-21T10:00", "2026-11-21T11:00")]
    [InlineData(DigestEvery.Hour, 8, "Asia/Kolkata", "2026-11-21T10:10", "2026-11-21T10:30")] // hours begin at half past in UTC
    [InlineData(DigestEvery.Day, 8, "Africa/Harare", "2026-11-21T10:00", "2026-11-22T06:00")]
    [InlineData(DigestEvery.Day, 13, "Africa/Harare", "2026-11-21T10:00", "2026-11-21T11:00")]
    [InlineData(DigestEvery.Day, 8, "Europe/London", "2026-03-28T12:00", "2026-03-29T07:00")] // eight o'clock in summer
    [InlineData(DigestEvery.Day, 8, "Europe/London", "2026-10-24T12:00", "2026-10-25T08:00")]
    [InlineData(DigestEvery.Day, 1, "Europe/London", "2026-10-25T00:30", "2026-10-26T01:00")] // one o'clock comes twice, the digest once
    [InlineData(DigestEvery.Instant, 8, "Africa/Harare", "2026-11-21T10:00", "2026-11-21T10:00")]
    public void A_digest_comes_at_the_persons_own_hour(DigestEvery every, int hour, string zone, string now, string due) =>
        Assert.Equal(Utc(due), new HearingSettings { UserId = 1, Digest = every, DigestHour = hour }.NextDigest(Utc(now), Zone.Of(zone)));

    [Fact]
    public void A_digest_waits_for_the_end_of_quiet_hours()
    {
        var settings = new HearingSettings { UserId = 1, Digest = DigestEvery.Hour, QuietFrom = new(22, 0), QuietTo = new(7, 0) };
        Assert.Equal(Utc("2026-11-22T07:00"), settings.NextDigest(Utc("2026-11-21T22:10"), Zone.Utc));
    }

    private static TimeOnly Clock(string text) => TimeOnly.Parse(text, CultureInfo.InvariantCulture);

    private static DateTime Utc(string text) => DateTime.SpecifyKind(DateTime.Parse(text, CultureInfo.InvariantCulture), DateTimeKind.Utc);
}
