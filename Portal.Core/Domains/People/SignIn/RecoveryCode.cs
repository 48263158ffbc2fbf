using System.Globalization;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.People;

/// <summary>A way in for someone who has lost their authenticator. Each works once.</summary>
public sealed class RecoveryCode
{
    public const int Batch = 10;

    public long Id { get; init; }

    public required long UserId { get; init; }

    public required byte[] Hash { get; init; }

    public DateTime? UsedAt { get; private set; }

    /// <summary>As it is read from paper: case, spaces and hyphens do not count.</summary>
    public static string Normal(string written) => new([.. written.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    /// <summary>With the person in it, so that nobody's code is good for another.</summary>
    public static byte[] HashOf(long userId, string written) => Tokens.Hash($"{userId.ToString(CultureInfo.InvariantCulture)}:{Normal(written)}");

    public void Use(DateTime now) => UsedAt = now;
}

internal sealed class RecoveryCodeTable : IEntityTypeConfiguration<RecoveryCode>
{
    public void Configure(EntityTypeBuilder<RecoveryCode> builder)
    {
        builder.ToTable("RecoveryCodes");
        builder.Property(c => c.Hash).HasMaxLength(32);
        builder.Property(c => c.UsedAt).IsConcurrencyToken();
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(c => c.UserId);
        builder.HasIndex(c => new { c.UserId, c.Hash }).IsUnique();
    }
}
