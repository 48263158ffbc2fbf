using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.People;

/// <summary>One sign-in on one device, until it ends: the family of its refresh tokens.</summary>
public sealed class Session
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public long Id { get; init; }

    public required long UserId { get; init; }

    public required SessionKind Kind { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime ExpiresAt { get; init; }

    public required string Address { get; init; }

    public required string Device { get; init; }

    public DateTime? EndedAt { get; private set; }

    public bool IsAlive(DateTime now) => EndedAt is null && now < ExpiresAt;

    public void End(DateTime now) => EndedAt ??= now;
}

public enum SessionKind
{
    Browser,
    Api,
}

internal sealed class SessionTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("Sessions");
        builder.Property(s => s.Address).HasMaxLength(64);
        builder.Property(s => s.Device).HasMaxLength(300);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(s => s.UserId);
        builder.HasIndex(s => new { s.UserId, s.Id });
    }
}
