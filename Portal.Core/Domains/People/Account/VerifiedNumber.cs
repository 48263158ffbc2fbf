using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.People;

/// <summary>A number that a person has shown to be theirs, and by which they want to hear. It is gone as soon as they do not.</summary>
public sealed class VerifiedNumber
{
    public required long UserId { get; init; }

    public required PhoneChannel Channel { get; init; }

    /// <summary>E.164.</summary>
    public required string Number { get; set; }

    public required DateTime VerifiedAt { get; set; }
}

internal sealed class VerifiedNumberTable : IEntityTypeConfiguration<VerifiedNumber>
{
    public void Configure(EntityTypeBuilder<VerifiedNumber> builder)
    {
        builder.ToTable("VerifiedNumbers").HasKey(n => new { n.UserId, n.Channel });
        builder.Property(n => n.Number).HasMaxLength(20);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(n => n.UserId);
    }
}
