using Microsoft.Extensions.DependencyInjection;

namespace Portal.Core.Domains.Integrations;

internal static class SendingSetup
{
    public static IServiceCollection AddSending(this IServiceCollection services) => services
        .AddSingleton<MessageService>()
        .AddSingleton<MessageQueries>()
        .AddSingleton<StatusChecks>()
        .AddSingleton<SmsBalance>()
        .AddSingleton<SendingDemo>();
}
