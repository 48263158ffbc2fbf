namespace Portal.Core.Domains.People;

/// <summary>One of a client's people.</summary>
public sealed record Member(long UserId, string Name, string Email, AccessLevel Level, DateTime? LastSignInAt, DateTime JoinedAt);

/// <summary>An invitation that nobody has accepted or withdrawn; expired ones can be sent again.</summary>
public sealed record OpenInvitation(
    long Id, string Email, string FullName, Role Role, AccessLevel? Level, Service? Department, string InvitedBy, DateTime CreatedAt, DateTime ExpiresAt, bool IsExpired);

/// <summary>What someone is invited to who has the link of the mail.</summary>
public sealed record Offer(
    string Email, string FullName, Role Role, AccessLevel? Level, Service? Department, string InvitedBy, string To, DateTime ExpiresAt, OfferState State);

public enum OfferState
{
    Open,
    Expired,
    Accepted,
    Withdrawn,
}
