using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.People;

/// <summary>Someone who has shown the first factor and owes the second.</summary>
public sealed class PendingSignIn
{
    public const int MostTries = 5;
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);

    public long Id { get; init; }

    public required long UserId { get; init; }

    public required byte[] Hash { get; init; }

    public required SignInMethod Method { get; init; }

    public bool Remember { get; init; }

    public required DateTime ExpiresAt { get; init; }

    public int Tries { get; private set; }

    public DateTime? UsedAt { get; private set; }

    public bool IsGood(DateTime now) => UsedAt is null && now < ExpiresAt && Tries < MostTries;

    public void Tried() => Tries++;

    public void Use(DateTime now) => UsedAt = now;
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
