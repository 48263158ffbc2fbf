using System.Globalization;
using System.Text.Json.Serialization;

namespace Portal.Core.Foundation;

/// <summary>An exact amount in integer minor units. Arithmetic is checked, currencies never mix, and only Percent and Split round.</summary>
[JsonConverter(typeof(MoneyJson))]
public readonly record struct Money(long Minor, Currency Currency) : IComparable<Money>
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    /// <summary>The amount in major units, as people write it.</summary>
    public decimal Amount => (decimal)Minor / Currency.Scale;

    public bool IsNegative => Minor < 0;

    public bool IsZero => Minor == 0;

    public static Money operator +(Money a, Money b) => new(checked(a.Minor + Same(a, b).Minor), a.Currency);

    public static Money operator -(Money a, Money b) => new(checked(a.Minor - Same(a, b).Minor), a.Currency);

    public static Money operator -(Money a) => new(checked(-a.Minor), a.Currency);

    public static Money operator *(Money a, long times) => new(checked(a.Minor * times), a.Currency);

    public static bool operator <(Money a, Money b) => a.CompareTo(b) < 0;

    public static bool operator >(Money a, Money b) => a.CompareTo(b) > 0;

    public static bool operator <=(Money a, Money b) => a.CompareTo(b) <= 0;

    public static bool operator >=(Money a, Money b) => a.CompareTo(b) >= 0;

    public static Money Zero(Currency currency) => new(0, currency);

    public static Money Credits(long count) => new(count, Currency.Credits);

    /// <summary>Refuses an amount that has more decimals than its currency, or that does not fit.</summary>
    public static Money From(decimal amount, Currency currency)
    {
        if (Math.Abs(amount) > (decimal)long.MaxValue / currency.Scale)
            throw new Invalid("amount", "The amount is too large.");
        var minor = amount * currency.Scale;
        return minor == decimal.Truncate(minor)
            ? new((long)minor, currency)
            : throw new Invalid("amount", $"{currency} has {currency.Decimals} decimals.");
    }

    public static Money Parse(string text, Currency currency) =>
        decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var amount)
            ? From(amount, currency)
            : throw new Invalid("amount", "Write the amount in figures, like 36.40.");

    public Money Percent(int basisPoints) =>
        new((long)decimal.Round(Minor * (decimal)basisPoints / 10_000m, MidpointRounding.AwayFromZero), Currency);

    /// <summary>Parts in proportion to the weights that add up to exactly this amount; what rounding leaves goes to the first parts.</summary>
    public IReadOnlyList<Money> Split(params IReadOnlyList<long> weights)
    {
        var total = weights.Sum();
        if (total <= 0 || weights.Any(w => w < 0))
            throw new ArgumentException("Weights are zero or more, and one of them is more.", nameof(weights));
        var minor = Minor;
        var shares = weights.Select(w => (long)((Int128)minor * w / total)).ToArray();
        var (left, step) = (minor - shares.Sum(), Math.Sign(minor));
        for (var i = 0; left != 0; i = (i + 1) % shares.Length)
        {
            if (weights[i] == 0)
                continue;
            shares[i] += step;
            left -= step;
        }

        var currency = Currency;
        return [.. shares.Select(share => new Money(share, currency))];
    }

    public int CompareTo(Money other) => Minor.CompareTo(Same(this, other).Minor);

    /// <summary>The plain decimal of the wire: 36.40.</summary>
    public string ToDecimalString() => Amount.ToString("F" + Currency.Decimals, CultureInfo.InvariantCulture);

    public override string ToString() => $"{ToDecimalString()} {Currency}";

    private static Money Same(Money a, Money b) => a.Currency == b.Currency
        ? b
        : throw new InvalidOperationException($"{a.Currency} and {b.Currency} do not mix.");
}
