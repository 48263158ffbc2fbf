namespace Portal.Core.Foundation;

/// <summary>What an amount is counted in: an ISO 4217 currency, or the portal's own credits. One instance per code.</summary>
public sealed class Currency
{
    private const string TwoDecimals =
        "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BMD BND BOB BRL BSD BTN BWP BYN BZD CAD CDF CHF CNY COP CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD " +
        "GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP " +
        "PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD UYU UZS VES WST XCD YER ZAR ZMW ZWG";
    private const string NoDecimals = "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX VND VUV XAF XOF XPF";
    private const string ThreeDecimals = "BHD IQD JOD KWD LYD OMR TND";

    private static readonly Dictionary<string, string> Signs =
        "USD $ EUR € GBP £ INR ₹ JPY ¥ CNY CN¥ ZAR R NGN ₦ CAD CA$ AUD A$ NZD NZ$ KRW ₩ BRL R$ VND ₫ ILS ₪ GHS GH₵"
            .Split(' ').Chunk(2).ToDictionary(pair => pair[0], pair => pair[1]);

    private static readonly Dictionary<string, Currency> Known = new[]
    {
        (Codes: TwoDecimals, Decimals: 2), (Codes: NoDecimals, Decimals: 0), (Codes: ThreeDecimals, Decimals: 3), (Codes: "CRD", Decimals: 0),
    }.SelectMany(group => group.Codes.Split(' '), (group, code) => new Currency(code, group.Decimals)).ToDictionary(c => c.Code, StringComparer.OrdinalIgnoreCase);

    private Currency(string code, int decimals)
    {
        (Code, Decimals) = (code, decimals);
        Scale = (long)Math.Pow(10, decimals);
    }

    public static Currency Usd { get; } = Of("USD");

    public static Currency Credits { get; } = Of("CRD");

    public static IReadOnlyCollection<Currency> All => Known.Values;

    public string Code { get; }

    public int Decimals { get; }

    /// <summary>What it is written with instead of its code, where everybody knows that.</summary>
    public string? Sign => Signs.GetValueOrDefault(Code);

    /// <summary>Minor units in one major unit.</summary>
    public long Scale { get; }

    public static Currency Of(string code) => Find(code) ?? throw new Invalid("currency", $"'{code}' is not a currency we know.");

    public static Currency? Find(string? code) => code is not null && Known.TryGetValue(code, out var currency) ? currency : null;

    public override string ToString() => Code;
}
