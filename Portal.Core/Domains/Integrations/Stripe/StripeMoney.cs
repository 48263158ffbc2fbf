namespace Portal.Core.Domains.Integrations;

/// <summary>Amounts as Stripe counts them, which is not always as ISO 4217 does.</summary>
internal static class StripeMoney
{
    public static long Of(Money money)
    {
        var (ours, theirs) = (money.Currency.Decimals, Decimals(money.Currency));
        var amount = theirs >= ours ? checked(money.Minor * Power(theirs - ours)) : money.Minor / Power(ours - theirs);
        if (theirs < ours && amount * Power(ours - theirs) != money.Minor)
            throw new Invalid("amount", $"Cards are charged in whole {money.Currency} only.");

        // Three decimals, of which banks settle two.
        return ours == 3 && amount % 10 != 0 ? throw new Invalid("amount", $"Cards are charged in {money.Currency} with two decimals only.") : amount;
    }

    public static Money Back(long amount, string code)
    {
        var currency = Currency.Of(code);
        var (ours, theirs) = (currency.Decimals, Decimals(currency));
        return new(theirs >= ours ? amount / Power(theirs - ours) : checked(amount * Power(ours - theirs)), currency);
    }

    public static string Code(Currency currency) => currency.Code.ToLowerInvariant();

    private static int Decimals(Currency currency) => currency.Code switch
    {
        "ISK" or "UGX" => 2,
        "MGA" => 0,
        _ => currency.Decimals,
    };

    private static long Power(int exponent) => (long)Math.Pow(10, exponent);
}
