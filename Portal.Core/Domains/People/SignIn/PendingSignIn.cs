using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.People;

/// <summary>Someone who has shown the first factor and owes the second.</summary>
public sealed class PendingSignIn : ShortLived
{
    public long Id { get; init; }

    public required long UserId { get; init; }

    public required byte[] Hash { get; init; }

    public required SignInMethod Method { get; init; }

    public bool Remember { get; init; }
}

internal sealed class PendingSignInTable : IEntityTypeConfiguration<PendingSignIn>
{
    public void Configure(EntityTypeBuilder<PendingSignIn> builder)
    {
        builder.ToTable("PendingSignIns");
        builder.Property(p => p.Hash).HasMaxLength(32);
        builder.Property(p => p.Tries).IsConcurrencyToken();
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(p => p.UserId);
        builder.HasIndex(p => p.Hash).IsUnique();
        builder.HasIndex(p => p.ExpiresAt);
    }
}
