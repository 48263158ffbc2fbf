using System.Text.Json;

namespace Portal.Tests.Foundation;

public class MoneyTests
{
    [Fact]
    public void Arithmetic_that_does_not_fit_is_refused()
    {
        var most = new Money(long.MaxValue, Currency.Usd);
        Assert.Throws<OverflowException>(() => most + new Money(1, Currency.Usd));
        Assert.Throws<OverflowException>(() => -new Money(long.MinValue, Currency.Usd));
        Assert.Throws<OverflowException>(() => new Money(long.MinValue, Currency.Usd) - new Money(1, Currency.Usd));
        Assert.Throws<OverflowException>(() => most * 2);
        Assert.Throws<OverflowException>(() => most.Percent(10_001));
    }

    [Fact]
    public void Currencies_never_mix()
    {
        var (dollars, euros) = (new Money(100, Currency.Usd), new Money(100, Currency.Of("EUR")));
        Assert.Throws<InvalidOperationException>(() => dollars + euros);
        Assert.Throws<InvalidOperationException>(() => dollars - euros);
        Assert.Throws<InvalidOperationException>(() => dollars > euros);
        Assert.Throws<InvalidOperationException>(() => dollars + Money.Credits(1));
        Assert.NotEqual(dollars, euros);
    }

    [Theory]
    [InlineData(100, 50, 1)] // 0.5 goes away from zero
    [InlineData(-100, 50, -1)]
    [InlineData(99, 50, 0)]
    [InlineData(300, 50, 2)] // 1.5
    [InlineData(500, 50, 3)] // 2.5, where banker's rounding would give 2
    [InlineData(12345, 1500, 1852)]
    public void A_percentage_rounds_half_away_from_zero(long minor, int basisPoints, long expected) =>
        Assert.Equal(new Money(expected, Currency.Usd), new Money(minor, Currency.Usd).Percent(basisPoints));

    [Fact]
    public void A_split_always_adds_up_to_exactly_what_was_split()
    {
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new Random(seed);
            var money = new Money(random.NextInt64(-10_000_000_000, 10_000_000_000) / random.Next(1, 1_000_000_000), Currency.Usd);
            long[] weights = [random.Next(1, 50), .. Enumerable.Range(0, random.Next(12)).Select(_ => (long)random.Next(0, 50))];

            var parts = money.Split(weights);

            Assert.True(money.Minor == parts.Sum(p => p.Minor), $"seed {seed}");
            var total = weights.Sum();
            foreach (var (part, weight) in parts.Zip(weights))
            {
                var exact = (decimal)money.Minor * weight / total;
                Assert.True(weight > 0 || part.IsZero, $"seed {seed}: a weight of zero gets nothing");
                Assert.True(Math.Abs(part.Minor - exact) < weights.Length, $"seed {seed}: {part.Minor} is far from {exact}");
            }
        }
    }

    [Fact]
    public void The_largest_amount_can_be_split_and_rubbish_weights_cannot()
    {
        Assert.Equal(long.MaxValue, new Money(long.MaxValue, Currency.Usd).Split(3, 7, 11).Sum(p => p.Minor));
        Assert.Throws<ArgumentException>(() => new Money(1, Currency.Usd).Split(0, 0));
        Assert.Throws<ArgumentException>(() => new Money(1, Currency.Usd).Split(2, -1));
        Assert.Throws<ArgumentException>(() => new Money(1, Currency.Usd).Split());
    }

    [Theory]
    [InlineData("36.40", "USD", 3640)]
    [InlineData("-0.01", "USD", -1)]
    [InlineData("120", "CRD", 120)]
    [InlineData("500", "JPY", 500)]
    [InlineData("1.234", "KWD", 1234)]
    [InlineData("92233720368547758.07", "USD", long.MaxValue)]
    public void An_amount_is_read_and_written_by_its_currencys_decimals(string text, string currency, long minor)
    {
        var money = Money.Parse(text, Currency.Of(currency));
        Assert.Equal(minor, money.Minor);
        Assert.Equal(text, money.ToDecimalString());
    }

    [Theory]
    [InlineData("1.001", "USD")]
    [InlineData("1.5", "CRD")]
    [InlineData("1.5", "JPY")]
    [InlineData("92233720368547758.08", "USD")]
    [InlineData("1,000.00", "USD")]
    [InlineData("1e3", "USD")]
    [InlineData("", "USD")]
    [InlineData("ten", "USD")]
    public void What_is_not_an_exact_amount_is_refused_by_its_field(string text, string currency) =>
        Assert.Equal(["amount"], Assert.Throws<Invalid>(() => Money.Parse(text, Currency.Of(currency))).Errors.Keys);

    [Fact]
    public void Money_keeps_its_form_in_JSON_both_ways()
    {
        var money = new Money(3640, Currency.Usd);
        var text = JsonSerializer.Serialize(money);
        Assert.Equal("""{"amount":"36.40","currency":"USD"}""", text);
        Assert.Equal(money, JsonSerializer.Deserialize<Money>(text));
        Assert.Equal(money, JsonSerializer.Deserialize<Money>("""{"currency":"usd","amount":36.4}"""));
    }

    [Theory]
    [InlineData("""{"amount":"36.40"}""")]
    [InlineData("""{"amount":"36.40","currency":"XXX"}""")]
    [InlineData("""{"amount":true,"currency":"USD"}""")]
    [InlineData("""["36.40","USD"]""")]
    [InlineData("36.40")]
    public void JSON_that_is_no_money_is_refused(string json) => Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Money>(json));

    [Fact]
    public void Each_currency_is_known_once_whatever_the_case_of_its_code()
    {
        Assert.Same(Currency.Of("usd"), Currency.Usd);
        Assert.Equal((0, 2, 3), (Currency.Of("JPY").Decimals, Currency.Of("EUR").Decimals, Currency.Of("TND").Decimals));
        Assert.Equal(Currency.All.Count, Currency.All.Select(c => c.Code).Distinct().Count());
        Assert.Equal(["currency"], Assert.Throws<Invalid>(() => Currency.Of("BTC")).Errors.Keys);
    }
}
