namespace Portal.Core.Foundation;

/// <summary>Who does it: a person with a role and the clients they may reach, or the portal itself.</summary>
public sealed record Actor(long UserId, string Name, Role? Role, IReadOnlyList<Grant> Grants)
{
    /// <summary>Someone who has not signed in. May nothing.</summary>
    public static Actor Nobody { get; } = new(0, "", null, []);

    public bool IsSystem { get; private init; }

    public bool SeesAll => IsSystem || Role is Foundation.Role.Admin;

    public static Actor System(string name) => new(0, name, null, []) { IsSystem = true };

    /// <summary>The portal at work on a person's own account: with its powers, in their name.</summary>
    public static Actor InNameOf(PortalUser user) => new(user.Id, user.FullName, user.Role, []) { IsSystem = true };

    public bool May(Can can) => can.Allows(this);

    public bool May(Can can, long clientId) => May(can) && (SeesAll || Grants.Any(g => g.ClientId == clientId && can.Allows(g.Level)));
}

/// <summary>One line of an actor's access list.</summary>
public readonly record struct Grant(long ClientId, Service? Service, AccessLevel Level);
