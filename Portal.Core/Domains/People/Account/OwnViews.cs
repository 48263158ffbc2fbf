using System.Text.Json.Nodes;

namespace Portal.Core.Domains.People;

/// <summary>A person's own account as they see it.</summary>
public sealed record MyProfile(
    long Id, string Email, string FullName, Role Role, string Mobile, string Zone, string Culture, Theme Theme, bool WhatsAppNotifications, string? PhotoUrl,
    string? PendingEmail, bool HasPassword, bool SecondFactor, int RecoveryCodesLeft, DateTime? ErasesAt);

/// <summary>A secret that waits for its first code. It is shown this once.</summary>
public sealed record SecondFactorSetup(string Secret, string Uri);

public sealed record OwnSession(
    long Id, SessionKind Kind, SignInMethod Method, string Device, string Address, DateTime BeganAt, DateTime SeenAt, DateTime ExpiresAt, bool IsThis);

/// <summary>A way to a person's telephone. Pending is the number that still waits for its code.</summary>
public sealed record OwnNumber(PhoneChannel Channel, string? Number, DateTime? VerifiedAt, string? Pending);

/// <summary>Something that happened to one's account. By is who did it, when it was someone else.</summary>
public sealed record OwnEvent(long Id, DateTime At, string Type, string? Device, string? Address, string? By);

/// <summary>Everything the portal holds about a person. More is what the rooms above keep, by their names.</summary>
public sealed record OwnExport(
    DateTime ExportedAt, ExportedPerson Person, IReadOnlyList<MyClient> Access, IReadOnlyList<ExportedSession> Sessions,
    IReadOnlyList<ExportedEvent> Events, IReadOnlyList<ExportedInvitation> Invitations, IReadOnlyList<string> Passkeys,
    IReadOnlyList<ExportedNumber> Numbers, IReadOnlyDictionary<string, object> More);

public sealed record ExportedPerson(
    long Id, string Email, string FullName, Role Role, Service? Department, string Specialisation, string Mobile, string Zone, string Culture, Theme Theme, bool WhatsAppNotifications,
    bool HasPhoto, bool SecondFactor, DateTime CreatedAt, DateTime? LastSignInAt, int? TermsVersion, DateTime? TermsAcceptedAt, DateTime? ErasesAt);

public sealed record ExportedNumber(PhoneChannel Channel, string Number, DateTime VerifiedAt);

public sealed record ExportedSession(DateTime BeganAt, DateTime SeenAt, DateTime? EndedAt, SessionKind Kind, SignInMethod Method, string Address, string Device);

public sealed record ExportedEvent(DateTime At, string Type, string By, JsonNode? Details);

public sealed record ExportedInvitation(DateTime InvitedAt, Role Role, AccessLevel? Level, DateTime? AcceptedAt);
