using Microsoft.Extensions.DependencyInjection;
using Portal.Core.Reactions.Audit;
using Portal.Core.Reactions.Notifications;
using Portal.Core.Reactions.Reports;

namespace Portal.Core.Reactions;

public static class ReactionsSetup
{
    public static IServiceCollection AddReactions(this IServiceCollection services, bool withSamples) =>
        (withSamples ? services.AddSingleton<SampleDesk>().AddSingleton<IReaction, RaiseSamples>() : services)
        .AddNotifications()
        .AddSingleton<AuditQueries>()
        .AddSingleton<AdminHomeQueries>()
        .AddSingleton<AgentHomeQueries>()
        .AddSingleton<ClientHomeQueries>()
        .AddSingleton<PaletteQueries>()
        .AddSingleton<StaffActivity>()
        .AddSingleton<ClientFeed>();

    private static IServiceCollection AddHearing(this IServiceCollection services) => services
        .AddSingleton<MailLinks>()
        .AddSingleton<Outgoing>()
        .AddSingleton<HearingService>()
        .AddSingleton<HearingDefaultService>()
        .AddSingleton<Unsubscribing>()
        .AddSingleton<Digests>()
        .AddSingleton<IStillWanted, WaitingNews>()
        .AddSingleton<IKeepsOfPeople, NotificationsKept>();

    private static IServiceCollection AddNotifications(this IServiceCollection services) => services
        .AddHearing()
        .AddSingleton<Notify>()
        .AddSingleton<IReaction>(s => s.GetRequiredService<Notify>())
        .AddSingleton<IReaction, ForgetNotifications>()
        .AddSingleton<NotificationQueries>()
        .AddSingleton<NotificationService>()
        .AddSingleton<NotificationsDemo>()
        .AddSingleton<DeliveriesDemo>()
        .AddSingleton<NotificationCleaning>()
        .AddSingleton<BesideDelivery>()
        .AddSingleton<InboxWatch>();
}
