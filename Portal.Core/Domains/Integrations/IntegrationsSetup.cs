using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;

namespace Portal.Core.Domains.Integrations;

public static class IntegrationsSetup
{
    public static IServiceCollection AddIntegrations(this IServiceCollection services, IConfiguration configuration, SimulatorSwitch? simulators = null) => services
        .AddSingleton(new ProviderEnvironment(name => configuration[name]))
        .AddSingleton<ProviderAccounts>()
        .AddSingleton<ProviderHealth>()
        .AddSingleton<ApiConfigService>()
        .AddSingleton<ApiConfigQueries>()
        .AddSingleton<ApiConfigTester>()
        .AddSingleton<SecretSealing>()
        .AddSingleton<IntegrationsDemo>()
        .AddProviderClients()
        .AddWebhooks(simulators is { IsOn: true })
        .AddChannels()
        .AddSending()
        .AddSimulators(simulators ?? new(false));

    /// <summary>Where there are none, nothing of them is there but the switch that says so.</summary>
    private static IServiceCollection AddSimulators(this IServiceCollection services, SimulatorSwitch simulators) => !simulators.IsOn ? services.AddSingleton(simulators) : services
        .AddSingleton(simulators)
        .AddSingleton<SimulatorAccounts>()
        .AddSingleton<SimulatorGuests>()
        .AddSingleton<SimulatorDesk>()
        .AddSingleton<SimulatorCallbacks>()
        .AddSingleton<SimulatorBoard>();
}
