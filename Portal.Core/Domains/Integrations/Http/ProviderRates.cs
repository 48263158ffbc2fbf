namespace Portal.Core.Domains.Integrations;

/// <summary>What providers allow an account by their documentation. The setting requests_per_second of a configuration comes before.</summary>
internal static class ProviderRates
{
    /// <summary>However long a provider says it wants to be left alone, it is asked again after this.</summary>
    public static readonly TimeSpan LongestHold = TimeSpan.FromMinutes(1);

    public static double Usual(ProviderAccount account) => account.Provider switch
    {
        _ when account.Source is AccountSource.Simulator => 1_000,
        Provider.Sendgrid => 100,
        Provider.Resend => 2,
        Provider.Twilio => 100,
        Provider.Whatsapp => 80,
        Provider.Stripe => account.IsSandbox ? 25 : 100,
        Provider.Paypal => 25,
        Provider.Namecheap => 0.8, // 50 a minute
        Provider.Cloudflare => 4, // 1,200 in five minutes
        Provider.PageSpeed => 4, // 240 a minute
        Provider.SearchConsole => 20,
        Provider.Analytics => 10,
        Provider.Instagram or Provider.Youtube => 5,
        Provider.Tiktok => 1,
        _ => 10,
    };
}
