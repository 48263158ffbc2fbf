using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.People;

/// <summary>Good for one new access token, within seven days. Shown a second time it ends its whole session: someone copied it.</summary>
public sealed class RefreshToken
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public long Id { get; init; }

    public required Session Session { get; init; }

    public required byte[] Hash { get; init; }

    public required DateTime ExpiresAt { get; init; }

    public DateTime? UsedAt { get; private set; }

    public void Use(DateTime now) => UsedAt = now;
}

internal sealed class RefreshTokenTable : IEntityTypeConfiguration<RefreshToken>
{
    public void Configure(EntityTypeBuilder<RefreshToken> builder)
    {
        builder.ToTable("RefreshTokens");
        builder.Property(t => t.Hash).HasMaxLength(32);
        builder.Property(t => t.UsedAt).IsConcurrencyToken();
        builder.HasOne(t => t.Session).WithMany();
        builder.HasIndex(t => t.Hash).IsUnique();
        builder.HasIndex(t => t.ExpiresAt);
    }
}
