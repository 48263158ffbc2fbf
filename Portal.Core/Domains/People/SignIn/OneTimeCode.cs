using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.People;

/// <summary>Six figures that were sent to someone: good for ten minutes, one purpose and a handful of tries.</summary>
public sealed class OneTimeCode : ShortLived
{
    public long Id { get; init; }

    /// <summary>Null when nobody has this address: to a stranger the two look the same.</summary>
    public long? UserId { get; init; }

    public required CodePurpose Purpose { get; init; }

    /// <summary>Where it was sent, normalised: an address, or a number.</summary>
    public required string Email { get; init; }

    /// <summary>Sealed: six figures behind a hash would be guessed at once by whoever has the table.</summary>
    public required string SealedCode { get; init; }
}

public enum CodePurpose
{
    SignIn,
    VerifyEmail,
    ResetPassword,
    ChangeEmail,
    Sms,
    Whatsapp,
}

internal sealed class OneTimeCodeTable : IEntityTypeConfiguration<OneTimeCode>
{
    public void Configure(EntityTypeBuilder<OneTimeCode> builder)
    {
        builder.ToTable("OneTimeCodes");
        builder.Property(c => c.Email).HasMaxLength(256);
        builder.Property(c => c.Tries).IsConcurrencyToken();
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(c => c.UserId);
        builder.HasIndex(c => new { c.Email, c.Purpose, c.Id });
        builder.HasIndex(c => c.ExpiresAt);
    }
}
