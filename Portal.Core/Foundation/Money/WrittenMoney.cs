using System.Globalization;

namespace Portal.Core.Foundation;

/// <summary>An amount as a sentence has it: the culture's digits and order, the currency's own sign, a real minus.</summary>
public static class WrittenMoney
{
    public static string Written(this Money amount, CultureInfo culture)
    {
        var digits = Math.Abs(amount.Amount).ToString("N" + amount.Currency.Decimals, culture);
        var text = amount.Currency == Currency.Credits
            ? digits + (Math.Abs(amount.Minor) == 1 ? " credit" : " credits")
            : Signed(amount.Currency, digits, culture);
        return amount.IsNegative ? "−" + text : text;
    }

    private static string Signed(Currency currency, string digits, CultureInfo culture) => currency.Sign is not { } sign
        ? $"{currency.Code}\u00a0{digits}"
        : culture.NumberFormat.CurrencyPositivePattern switch
        {
            1 => digits + sign,
            2 => $"{sign}\u00a0{digits}",
            3 => $"{digits}\u00a0{sign}",
            _ => sign + digits,
        };
}
