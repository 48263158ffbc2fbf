using Portal.Core.Reactions.Notifications;

namespace Portal.Core.Foundation;

public partial class PortalDb
{
    public DbSet<Notification> Notifications => Set<Notification>();

    public DbSet<HearingDefault> HearingDefaults => Set<HearingDefault>();

    public DbSet<HearingChoice> HearingChoices => Set<HearingChoice>();

    public DbSet<HearingSettings> HearingSettings => Set<HearingSettings>();

    public DbSet<DigestItem> DigestItems => Set<DigestItem>();
}
