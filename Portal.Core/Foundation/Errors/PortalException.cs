namespace Portal.Core.Foundation;

/// <summary>A refusal with a reason for people and a code for machines. Anything else that is thrown is a bug.</summary>
public abstract class PortalException(string code, string message, Exception? cause = null) : Exception(message, cause)
{
    public string Code { get; } = code;
}

/// <summary>Fields that need changing.</summary>
public sealed class Invalid(IReadOnlyDictionary<string, string[]> errors, string code = "invalid")
    : PortalException(code, errors.Values.SelectMany(e => e).FirstOrDefault() ?? "Please check the fields.")
{
    public Invalid(string field, string message)
        : this(new Dictionary<string, string[]> { [field] = [message] })
    {
    }

    /// <summary>Messages by the field's snake_case name.</summary>
    public IReadOnlyDictionary<string, string[]> Errors { get; } = errors;
}

/// <summary>Missing, or someone else's: the two look the same.</summary>
public sealed class NotFound(string what) : PortalException("not_found", $"There is no such {what}.")
{
    public string What { get; } = what;
}

/// <summary>The verb is refused to this person.</summary>
public sealed class Forbidden(Can can, Actor? to = null) : PortalException("forbidden", Words(to))
{
    public Can Can { get; } = can;

    private static string Words(Actor? to) => to is { Viewing: { TakesChanges: false } viewing, Grants.Count: > 0 }
        ? $"You are looking at {viewing.ClientName}'s portal, so this is not saved. Choose “Make changes” above if it is to be."
        : "You are not allowed to do this.";
}

/// <summary>Nobody we know, or not any more.</summary>
public sealed class BadCredentials(string message = "Please sign in.", string code = "unauthorized") : PortalException(code, message);

/// <summary>Known by the right credentials, but something is owed before the door opens; the code says what.</summary>
public sealed class NotYet(string code, string message) : PortalException(code, message);

/// <summary>Done too often lately.</summary>
public sealed class TooOften(TimeSpan retryAfter, string message = "That was too often. Please wait a moment.") : PortalException("too_often", message)
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>The business does not do this now.</summary>
public sealed class RuleBroken(string code, string message) : PortalException(code, message);

/// <summary>Someone else was first.</summary>
public sealed class Conflict(string code, string message) : PortalException(code, message);
