using Microsoft.AspNetCore.Identity;

namespace Portal.Core.Foundation;

/// <summary>A person who signs in. Which clients they reach is said by their Access rows.</summary>
public sealed class PortalUser : IdentityUser<long>
{
    public required string FullName { get; set; }

    public required Role Role { get; set; }

    /// <summary>An agent's service; nobody else has one.</summary>
    public Service? Department { get; set; }

    public string ZoneId { get; set; } = "UTC";

    public bool IsActive { get; set; } = true;

    public required DateTime CreatedAt { get; init; }

    public DateTime? LastSignInAt { get; set; }
}
