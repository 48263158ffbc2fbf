using Microsoft.Extensions.DependencyInjection;

namespace Portal.Core.Domains.Integrations;

/// <summary>The ways out, each of which finds its account when it is needed, and behind each the installation's own, where it has one.</summary>
internal static class ChannelsSetup
{
    public static IServiceCollection AddChannels(this IServiceCollection services) => services
        .AddSingleton<SandboxClients>()
        .AddSingleton<Handing>()
        .AddSingleton<AccountMails>()
        .AddChannel<EmailChannel>(MailSuppression.Channel)
        .AddChannel<SmsChannel>("sms")
        .AddChannel<WhatsappChannel>("whatsapp");

    private static IServiceCollection AddChannel<T>(this IServiceCollection services, string name)
        where T : IChannel => services.AddSingleton<IChannel>(s => ActivatorUtilities.CreateInstance<T>(s, Own(s, name)));

    // An instance has to be of the type that is asked for, and there may be none.
    private static OwnWay Own(IServiceProvider services, string name) => new(services.GetKeyedService<IChannel>(name));
}

/// <summary>The installation's own way out of one channel, if it has one.</summary>
internal sealed record OwnWay(IChannel? Channel);
