using System.Globalization;
using Microsoft.AspNetCore.Components;
using Portal.Core.Foundation;
using static Portal.Resources.Texts;

namespace Portal.Components.Ui;

/// <summary>How an amount is written: the culture's digits and order, the currency's own sign, a real minus.</summary>
internal static class MoneyWords
{
    private const char Minus = '−';

    public static MarkupString Write(Money amount, bool incoming)
    {
        var (whole, cents) = Digits(amount);
        var text = amount.Currency == Currency.Credits
            ? T(Math.Abs(amount.Minor) == 1 ? "money.credit" : "money.credits", whole)
            : Signed(amount.Currency, whole, cents);
        var (sign, look) = amount switch
        {
            { IsNegative: true } => (Minus.ToString(), "money"),
            { IsZero: false } when incoming => ("+", "money is-in"),
            _ => ("", "money"),
        };
        return new($"""<data class="{look}" value="{amount.ToDecimalString()}">{sign}{text}</data>""");
    }

    private static (string Whole, string Cents) Digits(Money amount)
    {
        var (culture, decimals) = (CultureInfo.CurrentCulture, amount.Currency.Decimals);
        var digits = Math.Abs(amount.Amount).ToString("N" + decimals, culture);
        var cut = decimals == 0 ? digits.Length : digits.Length - decimals - culture.NumberFormat.NumberDecimalSeparator.Length;
        return (digits[..cut], digits[cut..]);
    }

    private static string Signed(Currency currency, string whole, string cents)
    {
        var number = Show.Html(whole) + (cents.Length == 0 ? "" : $"""<span class="cents">{Show.Html(cents)}</span>""");
        if (currency.Sign is not { } sign)
            return $"{currency.Code}&nbsp;{number}";
        return CultureInfo.CurrentCulture.NumberFormat.CurrencyPositivePattern switch
        {
            1 => number + Show.Html(sign),
            2 => $"{Show.Html(sign)}&nbsp;{number}",
            3 => $"{number}&nbsp;{Show.Html(sign)}",
            _ => Show.Html(sign) + number,
        };
    }
}
