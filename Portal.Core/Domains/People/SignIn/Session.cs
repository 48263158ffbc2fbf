using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.People;

/// <summary>One sign-in on one device, until it ends: the family of its refresh tokens.</summary>
public sealed class Session
{
    public static readonly TimeSpan Longest = TimeSpan.FromDays(90);

    public long Id { get; init; }

    public required long UserId { get; init; }

    public required SessionKind Kind { get; init; }

    public SignInMethod Method { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime ExpiresAt { get; init; }

    /// <summary>When it was last used, to the quarter of an hour.</summary>
    public DateTime SeenAt { get; set; }

    public required string Address { get; init; }

    public required string Device { get; init; }

    public DateTime? EndedAt { get; private set; }

    /// <summary>The client whose portal an admin is looking at in this session.</summary>
    public long? ViewedClientId { get; private set; }

    public bool ViewTakesChanges { get; private set; }

    public bool IsAlive(DateTime now) => EndedAt is null && now < ExpiresAt;

    public void End(DateTime now) => EndedAt ??= now;

    public void View(long clientId) => (ViewedClientId, ViewTakesChanges) = (clientId, false);

    /// <summary>From now on what the admin does there is done, in their name.</summary>
    public void TakeChanges() =>
        ViewTakesChanges = ViewedClientId is not null ? true : throw new RuleBroken("not_viewing", "You are not looking at a client's portal.");

    public void EndView() => (ViewedClientId, ViewTakesChanges) = (null, false);
}

public enum SessionKind
{
    Browser,
    Api,
}

/// <summary>What a person showed to get in; a second factor may have followed.</summary>
public enum SignInMethod
{
    Password,
    Code,
    Passkey,
}

internal sealed class SessionTable : IEntityTypeConfiguration<Session>
{
    public void Configure(EntityTypeBuilder<Session> builder)
    {
        builder.ToTable("Sessions");
        builder.Property(s => s.Address).HasMaxLength(64);
        builder.Property(s => s.Device).HasMaxLength(300);
        builder.HasOne<PortalUser>().WithMany().HasForeignKey(s => s.UserId);
        builder.HasOne<Client>().WithMany().HasForeignKey(s => s.ViewedClientId);
        builder.HasIndex(s => new { s.UserId, s.Id });
    }
}
