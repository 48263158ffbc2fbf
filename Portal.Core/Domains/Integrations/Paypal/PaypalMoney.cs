using System.Globalization;

namespace Portal.Core.Domains.Integrations;

/// <summary>An amount as PayPal writes it.</summary>
public sealed record PaypalAmount(string CurrencyCode, string Value)
{
    // PayPal takes no decimals of these, whatever ISO 4217 says.
    private static readonly string[] Whole = ["HUF", "JPY", "TWD"];

    public static PaypalAmount Of(Money money)
    {
        var decimals = Whole.Contains(money.Currency.Code) ? 0 : Math.Min(2, money.Currency.Decimals);
        if (decimal.Round(money.Amount, decimals) != money.Amount)
            throw new Invalid("amount", $"PayPal takes {money.Currency} with {decimals} decimals only.");
        return new(money.Currency.Code, money.Amount.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
    }

    public Money ToMoney() => Money.From(decimal.Parse(Value, NumberStyles.Number, CultureInfo.InvariantCulture), Currency.Of(CurrencyCode));
}
