using System.Globalization;
using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.People;

/// <summary>A way in for someone who has lost their authenticator. Each works once.</summary>
public sealed class RecoveryCode
{
    public const int Batch = 10;

    // 32 letters, none of which looks like another: five random bits each, sixty in a code.
    private const string Letters = "abcdefghjklmnpqrstuvwxyz23456789";

    public long Id { get; init; }

    public required long UserId { get; init; }

    public required byte[] Hash { get; init; }

    public DateTime? UsedAt { get; private set; }

    /// <summary>As it is read from paper: case, spaces and hyphens do not count.</summary>
    public static string Normal(string written) => new([.. written.Where(char.IsAsciiLetterOrDigit).Select(char.ToLowerInvariant)]);

    /// <summary>A new one as it is shown: k7mf-2xqp-9rtd.</summary>
    public static string New() => string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString(Letters, 4)));

    /// <summary>What is kept of it. The person is in it, so that equal codes of two people differ.</summary>
    public static byte[] HashOf(long userId, string written) => Tokens.Hash(string.Create(CultureInfo.InvariantCulture, $"{userId}:{Normal(written)}"));

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
