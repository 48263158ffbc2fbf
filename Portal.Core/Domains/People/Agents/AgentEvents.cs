namespace Portal.Core.Domains.People;

public sealed record StaffInvited(long InvitationId, string Email, Role Role) : InvitationEvent(InvitationId, null);

public sealed record StaffJoined(long UserId, string Name, Role Role) : AccountEvent(UserId);

public sealed record AgentProfileChanged(long UserId, string Fields) : AccountEvent(UserId);

/// <summary>A leaving agent's clients have another agent now.</summary>
public sealed record ClientsHandedOver(long UserId, string Name, long ToId, string ToName, int Count) : AccountEvent(UserId);

public abstract record AgencyEvent : DomainEvent
{
    public override Subject About => new("agency", Agency.TheId);
}

public sealed record AgencyProfileChanged(string Fields) : AgencyEvent;

public sealed record TermsChanged(int Version) : AgencyEvent;
