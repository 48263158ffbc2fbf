namespace Portal.Core.Domains.People;

public sealed record MemberInvited(long ClientId, long InvitationId, string Email, AccessLevel Level) : ClientEvent(ClientId);

public sealed record MemberJoined(long ClientId, long UserId, string Name, AccessLevel Level) : ClientEvent(ClientId);

public sealed record MemberLevelChanged(long ClientId, long UserId, string Name, AccessLevel Before, AccessLevel After) : ClientEvent(ClientId);

public sealed record MemberRemoved(long ClientId, long UserId, string Name) : ClientEvent(ClientId);

/// <summary>About an invitation, to a client's team or to the agency's.</summary>
public abstract record InvitationEvent(long InvitationId, long? ClientId) : DomainEvent
{
    public override Subject About => new("invitation", InvitationId);

    public override long? OfClient => ClientId;
}

public sealed record InvitationSentAgain(long InvitationId, long? ClientId, string Email) : InvitationEvent(InvitationId, ClientId);

public sealed record InvitationWithdrawn(long InvitationId, long? ClientId, string Email) : InvitationEvent(InvitationId, ClientId);
