using Microsoft.Extensions.DependencyInjection;

namespace Portal.Core.Domains.Integrations;

public static class WebhooksSetup
{
    /// <summary>A provider that calls us is a line here.</summary>
    internal static IServiceCollection AddWebhooks(this IServiceCollection services, bool hasSimulators) => services
        .AddSingleton<WebhookSource, StripeWebhooks>()
        .AddSingleton<WebhookSource, PaypalWebhooks>()
        .AddSingleton<WebhookSource, TwilioWebhooks>()
        .AddSingleton<WebhookSource, SendgridWebhooks>()
        .AddSingleton<WebhookSource, ResendWebhooks>()
        .AddSingleton<WebhookSource, WhatsappWebhooks>()
        .AddSingleton<ICertificateSource>(s => hasSimulators ? new SimulatedCertificates(CertificateFetcher.Make(), s.GetRequiredService<SimulatorAccounts>()) : CertificateFetcher.Make())
        .AddSingleton<PaypalCertificates>()
        .AddSingleton<IInboxHandler, MessageStatusHandler>()
        .AddSingleton<RefusalCount>()
        .AddSingleton<WebhookTrouble>()
        .AddSingleton<WebhookReceiver>()
        .AddSingleton<WebhookSilence>()
        .AddSingleton<WebhooksDemo>();
}
