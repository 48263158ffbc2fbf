using Portal.Core.Domains.Integrations;

namespace Portal.Core.Foundation;

public partial class PortalDb
{
    public DbSet<ApiConfiguration> ApiConfigurations => Set<ApiConfiguration>();

    public DbSet<ApiSecret> ApiSecrets => Set<ApiSecret>();

    public DbSet<ProviderHandover> ProviderHandovers => Set<ProviderHandover>();

    public DbSet<SentMessage> SentMessages => Set<SentMessage>();

    public DbSet<SilentProvider> SilentProviders => Set<SilentProvider>();

    public DbSet<WebhookRefusal> WebhookRefusals => Set<WebhookRefusal>();

    public DbSet<RefusedProvider> RefusedProviders => Set<RefusedProvider>();

    public DbSet<SimulatedObject> SimulatedObjects => Set<SimulatedObject>();

    public DbSet<SimulatedCallback> SimulatedCallbacks => Set<SimulatedCallback>();
}
