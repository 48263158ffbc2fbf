namespace Portal.Core.Domains.People;

/// <summary>What happened to a person's account. Their own client, if they have one, is not told: it is theirs.</summary>
public abstract record AccountEvent(long UserId) : DomainEvent
{
    public override Subject About => new("user", UserId);
}

public sealed record SignedIn(long UserId, long SessionId, SessionKind By, string Address, string Device) : AccountEvent(UserId);

public sealed record SignedOut(long UserId, long SessionId) : AccountEvent(UserId);

/// <summary>Too many wrong passwords: the account pauses.</summary>
public sealed record SignInPaused(long UserId, string Address, int Minutes) : AccountEvent(UserId);

/// <summary>A refresh token came a second time: its session was ended.</summary>
public sealed record RefreshTokenReused(long UserId, long SessionId, string Address) : AccountEvent(UserId);

public sealed record FirstAdminCreated(long UserId, string Email) : AccountEvent(UserId);

/// <summary>The agency has a new client.</summary>
public sealed record ClientOpened(long ClientId, string Name) : DomainEvent
{
    public override Subject About => new("client", ClientId);

    public override long? OfClient => ClientId;
}
