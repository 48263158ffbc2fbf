using Microsoft.Extensions.DependencyInjection;

namespace Portal.Core.Domains.Integrations;

internal static class SendingSetup
{
    public static IServiceCollection AddSending(this IServiceCollection services) => services
        .AddSingleton(TwilioReasons.Book)
        .AddSingleton(WhatsappReasons.Book)
        .AddSingleton(SendgridReasons.Book)
        .AddSingleton<MessageService>()
        .AddSingleton<MessageQueries>()
        .AddSingleton<MessageTemplates>()
        .AddSingleton<StatusChecks>()
        .AddSingleton<SmsBalance>()
        .AddSingleton<SendingDemo>();
}
