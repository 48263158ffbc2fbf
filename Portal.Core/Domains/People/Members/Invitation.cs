using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Portal.Core.Domains.People;

/// <summary>Someone is asked to join a client's team, or the agency's. The link in the mail is good for a week and works once.</summary>
public sealed class Invitation : IMayBelongToClient
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromDays(7);

    public long Id { get; init; }

    /// <summary>Null: to the agency.</summary>
    public long? ClientId { get; init; }

    public required string Email { get; init; }

    public required string FullName { get; set; }

    public required Role Role { get; set; }

    /// <summary>For a client's people.</summary>
    public AccessLevel? Level { get; set; }

    /// <summary>For agents, as are the next two.</summary>
    public Service? Department { get; set; }

    public string Specialisation { get; set; } = "";

    public int Capacity { get; set; } = PortalUser.StandardCapacity;

    public required byte[] Hash { get; set; }

    public required long InvitedBy { get; init; }

    public required DateTime CreatedAt { get; init; }

    public required DateTime ExpiresAt { get; set; }

    public DateTime? AcceptedAt { get; private set; }

    public DateTime? WithdrawnAt { get; private set; }

    public long Version { get; private set; }

    public bool IsOpen(DateTime now) => AcceptedAt is null && WithdrawnAt is null && now < ExpiresAt;

    public void Accept(DateTime now)
    {
        if (!IsOpen(now))
            throw new RuleBroken("invitation_not_open", "This invitation is no longer good. Ask for a new one.");
        (AcceptedAt, Version) = (now, Version + 1);
    }

    public void Withdraw(DateTime now)
    {
        if (AcceptedAt is not null)
            throw new RuleBroken("invitation_accepted", "They have joined already.");
        (WithdrawnAt, Version) = (WithdrawnAt ?? now, Version + 1);
    }

    /// <summary>Asked a second time, perhaps to something else: the newer word counts.</summary>
    public void Become(Invitation other) => (FullName, Role, Level, Department, Specialisation, Capacity) =
        (other.FullName, other.Role, other.Level, other.Department, other.Specialisation, other.Capacity);

    /// <summary>A new link; the old one stops working.</summary>
    public void Renew(byte[] hash, DateTime now)
    {
        if (AcceptedAt is not null || WithdrawnAt is not null)
            throw new RuleBroken("invitation_not_open", "This invitation was accepted or withdrawn.");
        (Hash, ExpiresAt, Version) = (hash, now + Lifetime, Version + 1);
    }
}

internal sealed class InvitationTable : IEntityTypeConfiguration<Invitation>
{
    public void Configure(EntityTypeBuilder<Invitation> builder)
    {
        builder.ToTable("Invitations");
        builder.Property(i => i.Email).HasMaxLength(256);
        builder.Property(i => i.FullName).HasMaxLength(200);
        builder.Property(i => i.Specialisation).HasMaxLength(200);
        builder.Property(i => i.Hash).HasMaxLength(32);
        builder.Property(i => i.Version).IsConcurrencyToken();
        builder.HasOne<Client>().WithMany().HasForeignKey(i => i.ClientId);
        builder.HasIndex(i => i.Hash).IsUnique();
        builder.HasIndex(i => new { i.ClientId, i.Id });
        builder.HasIndex(i => i.ExpiresAt).HasFilter("[AcceptedAt] IS NULL AND [WithdrawnAt] IS NULL");
    }
}
