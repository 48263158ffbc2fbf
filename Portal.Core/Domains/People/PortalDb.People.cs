using Portal.Core.Domains.People;

namespace Portal.Core.Foundation;

public partial class PortalDb
{
    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();
}
