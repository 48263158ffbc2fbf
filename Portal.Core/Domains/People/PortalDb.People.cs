using Microsoft.AspNetCore.Identity;
using Portal.Core.Domains.People;

namespace Portal.Core.Foundation;

public partial class PortalDb
{
    public DbSet<Session> Sessions => Set<Session>();

    public DbSet<RefreshToken> RefreshTokens => Set<RefreshToken>();

    public DbSet<OneTimeCode> OneTimeCodes => Set<OneTimeCode>();

    public DbSet<PendingSignIn> PendingSignIns => Set<PendingSignIn>();

    public DbSet<RecoveryCode> RecoveryCodes => Set<RecoveryCode>();

    public DbSet<VerifiedNumber> VerifiedNumbers => Set<VerifiedNumber>();

    public DbSet<Invitation> Invitations => Set<Invitation>();

    public DbSet<IdentityUserPasskey<long>> Passkeys => Set<IdentityUserPasskey<long>>();
}
