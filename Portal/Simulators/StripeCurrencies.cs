using System.Globalization;
using static Portal.Simulators.StripeBooks;

namespace Portal.Simulators;

/// <summary>The currencies that Stripe takes, and how it counts them.</summary>
internal static class StripeCurrencies
{
    private const string Listed =
        "usd aed afn all amd ang aoa ars aud awg azn bam bbd bdt bgn bhd bif bmd bnd bob brl bsd bwp byn bzd cad cdf chf clp cny cop crc cve czk djf dkk dop dzd egp etb eur fjd fkp gbp gel gip gmd gnf gtq gyd hkd hnl hrk htg " +
        "huf idr ils inr isk jmd jod jpy kes kgs khr kmf krw kwd kyd kzt lak lbp lkr lrd lsl mad mdl mga mkd mmk mnt mop mur mvr mwk mxn myr mzn nad ngn nio nok npr nzd omr pab pen pgk php pkr pln pyg qar ron rsd rub rwf sar " +
        "sbd scr sek sgd shp sle sos srd std szl thb tjs tnd top try ttd twd tzs uah ugx uyu uzs vnd vuv wst xaf xcd xcg xof xpf yer zar zmw usdc btn ghs svc sll mro";

    private static readonly HashSet<string> All = [.. Listed.Split(' ')];
    private static readonly HashSet<string> Whole = [.. "bif clp djf gnf jpy kmf krw mga pyg rwf vnd vuv xaf xof xpf".Split(' ')];
    private static readonly HashSet<string> InThousandths = [.. "bhd jod kwd omr tnd".Split(' ')];

    /// <returns>As Stripe writes it: in small letters.</returns>
    public static string Check(string? code, string param)
    {
        if (code is null)
            throw Refuse("parameter_missing", $"Missing required param: {param}.", param);
        var small = code.ToLowerInvariant();
        return All.Contains(small) ? small : throw Refuse("parameter_invalid_string", $"Invalid currency: {small}. Stripe currently supports these currencies: {Listed.Replace(" ", ", ", StringComparison.Ordinal)}", param);
    }

    /// <summary>For a person to read.</summary>
    public static string Amount(long? amount, string? code) => (code ?? "") switch
    {
        var whole when Whole.Contains(whole) => string.Create(CultureInfo.InvariantCulture, $"{amount ?? 0} {whole.ToUpperInvariant()}"),
        var fine when InThousandths.Contains(fine) => string.Create(CultureInfo.InvariantCulture, $"{(amount ?? 0) / 1000m:F3} {fine.ToUpperInvariant()}"),
        var usual => string.Create(CultureInfo.InvariantCulture, $"{(amount ?? 0) / 100m:F2} {usual.ToUpperInvariant()}"),
    };
}
