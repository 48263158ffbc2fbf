namespace Portal.Core.Domains.People;

/// <summary>A person who is signed in, as known within the last half minute.</summary>
public sealed record Person(
    long UserId, string Name, string Email, Role Role, Service? Department, string ZoneId, string Culture, long SessionId, IReadOnlyList<Grant> Grants, Viewing? Viewing)
{
    public Theme Theme { get; init; }

    public long? PhotoId { get; init; }
}

/// <summary>What a program gets for a password or a refresh token.</summary>
public sealed record TokenGrant(string AccessToken, string RefreshToken, string TokenType, int ExpiresIn);

/// <summary>What a program gets instead while the second step is owed.</summary>
public sealed record SecondFactorWanted(bool MfaRequired, string MfaToken);

/// <summary>Tokens, or a second step first.</summary>
public sealed record TokenEntry(TokenGrant? Grant, SecondFactorWanted? Wanted);

/// <summary>The person behind the token, and the clients they reach.</summary>
public sealed record Me(long Id, string Email, string FullName, Role Role, Service? Department, string Zone, IReadOnlyList<MyClient> Clients);

public sealed record MyClient(long Id, string Name, ClientStatus Status, AccessLevel Level, Service? Service);

public sealed record TeamMember(long UserId, string Name, AccessLevel Level, Service? Service);

/// <summary>A person's own organisation, also while it waits for approval.</summary>
public sealed record MyOrganisation(
    long Id, string Name, ClientStatus Status, string StatusReason, AccessLevel Level, string LegalName, string TaxId, PostalAddress BillingAddress,
    string Phone, string Website, string Currency, string Zone, DateTime CreatedAt);
