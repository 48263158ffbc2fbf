using Microsoft.Extensions.DependencyInjection;
using Portal.Core.Reactions.Audit;
using Portal.Core.Reactions.Notifications;
using Portal.Core.Reactions.Reports;

namespace Portal.Core.Reactions;

public static class ReactionsSetup
{
    public static IServiceCollection AddReactions(this IServiceCollection services) => services
        .AddSingleton<IReaction, Notify>()
        .AddSingleton<AuditQueries>()
        .AddSingleton<AdminHomeQueries>()
        .AddSingleton<AgentHomeQueries>()
        .AddSingleton<ClientHomeQueries>()
        .AddSingleton<PaletteQueries>()
        .AddSingleton<StaffActivity>()
        .AddSingleton<ClientFeed>();
}
