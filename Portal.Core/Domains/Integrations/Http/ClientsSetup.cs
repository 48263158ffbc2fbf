using Microsoft.Extensions.DependencyInjection;

namespace Portal.Core.Domains.Integrations;

/// <summary>All clients and what each is tried by. None of them asks for anything before it is used, so what is not configured stops nothing.</summary>
internal static class ClientsSetup
{
    public static IServiceCollection AddProviderClients(this IServiceCollection services) => services
        .AddSingleton<ProviderHttp>()
        .AddSingleton<IProviderProbe, SmtpProbe>()
        .AddSingleton<StripeWay>()
        .AddSingleton<StripeBilling>()
        .AddSingleton<PaypalWay>()
        .AddSingleton<PaypalBilling>()
        .AddSingleton<GoogleWay>()
        .AddClient<SendgridClient>()
        .AddClient<ResendClient>()
        .AddClient<TwilioClient>()
        .AddClient<WhatsappClient>()
        .AddClient<StripePayments>()
        .AddClient<PaypalPayments>()
        .AddClient<NamecheapClient>()
        .AddClient<CloudflareClient>()
        .AddClient<PageSpeedClient>()
        .AddClient<SearchConsoleClient>()
        .AddClient<AnalyticsClient>()
        .AddClient<InstagramClient>()
        .AddClient<YoutubeClient>()
        .AddClient<TiktokClient>();

    private static IServiceCollection AddClient<T>(this IServiceCollection services)
        where T : class, IProviderProbe => services.AddSingleton<T>().AddSingleton<IProviderProbe>(s => s.GetRequiredService<T>());
}
