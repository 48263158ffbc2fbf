using System.Globalization;
using Portal.Components.Ui;
using static Portal.Resources.Texts;

namespace Portal.Tests.Components;

public sealed class ShowTests
{
    private static readonly DateTime Now = new(2026, 11, 19, 7, 46, 0, DateTimeKind.Utc);
    private static readonly Zone Harare = Zone.Of("Africa/Harare");

    public ShowTests() => Speak("en-GB");

    [Theory]
    [InlineData("en-GB", -3640, "USD", """<data class="money" value="-36.40">−$36<span class="cents">.40</span></data>""")]
    [InlineData("en-GB", 128450, "USD", """<data class="money" value="1284.50">$1,284<span class="cents">.50</span></data>""")]
    [InlineData("de-DE", 128450, "EUR", """<data class="money" value="1284.50">1.284<span class="cents">,50</span>&nbsp;&#x20AC;</data>""")]
    [InlineData("en-GB", 1200, "JPY", """<data class="money" value="1200">&#xA5;1,200</data>""")]
    [InlineData("en-GB", 3640, "ZMW", """<data class="money" value="36.40">ZMW&nbsp;36<span class="cents">.40</span></data>""")]
    [InlineData("en-GB", 1, "CRD", """<data class="money" value="1">1 credit</data>""")]
    [InlineData("en-GB", -1200, "CRD", """<data class="money" value="-1200">−1,200 credits</data>""")]
    public void An_amount_is_written_in_the_persons_culture_with_a_real_minus(string culture, long minor, string currency, string written)
    {
        Speak(culture);
        Assert.Equal(written, Show.Money(new(minor, Currency.Of(currency))).Value);
    }

    [Fact]
    public void What_comes_in_has_a_plus_and_nothing_has_none()
    {
        Assert.Contains("""class="money is-in" value="1.00">+$1""", Show.Money(new(100, Currency.Usd), incoming: true).Value, StringComparison.Ordinal);
        Assert.DoesNotContain("+", Show.Money(Money.Zero(Currency.Usd), incoming: true).Value, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2026-11-19T07:45:30Z", "just now")]
    [InlineData("2026-11-19T07:42:00Z", "4 min ago")]
    [InlineData("2026-11-19T05:40:00Z", "2 h ago")]
    [InlineData("2026-11-18T20:00:00Z", "Yesterday")]
    [InlineData("2026-11-18T22:30:00Z", "9 h ago")]
    [InlineData("2026-11-17T08:00:00Z", "Tue 17 Nov")]
    [InlineData("2026-11-05T08:00:00Z", "5 Nov")]
    [InlineData("2024-11-05T08:00:00Z", "5 Nov 2024")]
    [InlineData("2026-11-19T07:51:00Z", "in 5 min")]
    [InlineData("2026-11-19T08:45:59Z", "in 60 min")] // an hour, said a moment later
    [InlineData("2026-11-19T15:30:00Z", "Today 17:30")]
    [InlineData("2026-11-20T07:00:00Z", "Tomorrow 09:00")]
    [InlineData("2026-12-24T08:00:00Z", "24 Dec")]
    public void An_instant_is_said_in_words_of_the_persons_zone(string at, string words) =>
        Assert.Equal(words, Words(Show.Time(DateTime.Parse(at, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal), Harare, Now).Value));

    [Fact]
    public void The_exact_instant_stands_in_the_title()
    {
        var time = System.Net.WebUtility.HtmlDecode(Show.Time(Now.AddMinutes(-4), Harare, Now).Value);
        Assert.Contains("""datetime="2026-11-19T07:42:00Z" title="Thursday, 19 November 2026, 09:42:00, Africa/Harare (+02:00)">""", time, StringComparison.Ordinal);
    }

    [Fact]
    public void A_state_is_never_a_colour_alone()
    {
        Assert.Equal(
            """<span class="chip is-success"><svg class="icon" viewBox="0 0 20 20" aria-hidden="true"><path d="m4 10.6 4 4 8-9"/></svg>Active</span>""",
            Show.Chip(ClientStatus.Active).Value);
        Assert.Contains("Something new", Show.Chip("something_new").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Words_from_outside_cannot_become_markup()
    {
        Assert.DoesNotContain("<b>", Show.Chip("<b>").Value, StringComparison.Ordinal);
        Assert.DoesNotContain("<<", Show.Avatar("<b> <i>").Value, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_state_of_the_table_has_words() =>
        Assert.All(Statuses.Names, name => Assert.True(Has("status." + name), name));

    private static string Words(string markup) => markup[(markup.IndexOf('>', StringComparison.Ordinal) + 1)..markup.LastIndexOf('<')];

    private static void Speak(string culture) => CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
}
