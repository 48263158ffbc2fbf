using Portal.Core.Reactions.Notifications;

namespace Portal.Core.Foundation;

public partial class PortalDb
{
    public DbSet<Notification> Notifications => Set<Notification>();
}
