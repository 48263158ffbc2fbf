namespace Portal.Core.Domains.People;

/// <summary>What happened to a person's account. Their own client, if they have one, is not told: it is theirs.</summary>
public abstract record AccountEvent(long UserId) : DomainEvent
{
    public override Subject About => new("user", UserId);
}

public sealed record SignedIn(long UserId, long SessionId, SessionKind By, SignInMethod Method, string Address, string Device) : AccountEvent(UserId);

public sealed record SignedOut(long UserId, long SessionId) : AccountEvent(UserId);

/// <summary>Everywhere, or everywhere else.</summary>
public sealed record SessionsEnded(long UserId, int Count) : AccountEvent(UserId);

/// <summary>Someone showed the wrong thing for an account that exists.</summary>
public sealed record SignInRefused(long UserId, string Address, string Device) : AccountEvent(UserId);

/// <summary>Too many wrong passwords: the account pauses.</summary>
public sealed record SignInPaused(long UserId, string Address, int Minutes) : AccountEvent(UserId);

/// <summary>A refresh token came a second time: its session was ended.</summary>
public sealed record RefreshTokenReused(long UserId, long SessionId, string Address) : AccountEvent(UserId);

public sealed record FirstAdminCreated(long UserId, string Email) : AccountEvent(UserId);

public sealed record EmailVerified(long UserId) : AccountEvent(UserId);

public sealed record EmailChanged(long UserId, string Before, string After) : AccountEvent(UserId);

public sealed record PasswordChanged(long UserId) : AccountEvent(UserId);

/// <summary>With a mailed code, by someone who had forgotten it.</summary>
public sealed record PasswordReset(long UserId, string Address) : AccountEvent(UserId);

public sealed record SecondFactorTurnedOn(long UserId) : AccountEvent(UserId);

public sealed record SecondFactorTurnedOff(long UserId) : AccountEvent(UserId);

public sealed record RecoveryCodesRenewed(long UserId) : AccountEvent(UserId);

public sealed record RecoveryCodeUsed(long UserId, int Left) : AccountEvent(UserId);

public sealed record PasskeyAdded(long UserId, string Name) : AccountEvent(UserId);

public sealed record PasskeyRemoved(long UserId, string Name) : AccountEvent(UserId);

/// <summary>Which of their own fields a person changed; not what to, for that is in the row.</summary>
public sealed record OwnProfileChanged(long UserId, string Fields) : AccountEvent(UserId);

public sealed record OwnDataExported(long UserId) : AccountEvent(UserId);

/// <summary>The person showed that a number is theirs, and wants to hear by it. Which it is, is in the row.</summary>
public sealed record NumberConfirmed(long UserId, PhoneChannel Channel) : AccountEvent(UserId);

public sealed record NumberWithdrawn(long UserId, PhoneChannel Channel) : AccountEvent(UserId);

public sealed record AccountClosing(long UserId, DateTime ErasesAt) : AccountEvent(UserId);

public sealed record AccountKept(long UserId) : AccountEvent(UserId);

public sealed record AccountErased(long UserId) : AccountEvent(UserId);

public sealed record PersonDeactivated(long UserId) : AccountEvent(UserId);

public sealed record PersonActivated(long UserId) : AccountEvent(UserId);
