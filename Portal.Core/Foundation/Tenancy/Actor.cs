namespace Portal.Core.Foundation;

/// <summary>Who does it: a person with a role and the clients they may reach, or the portal itself.</summary>
public sealed record Actor(long UserId, string Name, Role? Role, IReadOnlyList<Grant> Grants)
{
    /// <summary>Someone who has not signed in. May nothing.</summary>
    public static Actor Nobody { get; } = new(0, "", null, []);

    public bool IsSystem { get; private init; }

    public bool SeesAll => IsSystem || Role is Foundation.Role.Admin;

    /// <summary>Set while an admin looks at a client's portal: the actor then is as one of that client's people, and reaches what they reach.</summary>
    public Viewing? Viewing { get; init; }

    /// <summary>Who it is in the log: an admin stays one whatever they look at.</summary>
    public Role? TrueRole => Viewing is null ? Role : Foundation.Role.Admin;

    /// <summary>An admin without the client they look at: what they do for the agency they do as themselves.</summary>
    public Actor Self => Viewing is null ? this : this with { Role = TrueRole, Grants = [], Viewing = null };

    public string TrueName => Viewing is { } viewing ? $"{Name}, viewing as {viewing.ClientName}" : Name;

    public static Actor System(string name) => new(0, name, null, []) { IsSystem = true };

    /// <summary>The portal at work on a person's own account: with its powers, in their name.</summary>
    public static Actor InNameOf(PortalUser user) => new(user.Id, user.FullName, user.Role, []) { IsSystem = true };

    /// <summary>The same, for whoever is signed in already.</summary>
    public static Actor InNameOf(Actor person) => person with { IsSystem = true };

    public bool May(Can can) => can.Allows(this);

    public bool May(Can can, long clientId) => May(can) && (SeesAll || Grants.Any(g => g.ClientId == clientId && can.Allows(g.Level)));
}

/// <summary>One line of an actor's access list.</summary>
public readonly record struct Grant(long ClientId, Service? Service, AccessLevel Level);

/// <summary>An admin's look at a client's portal. It changes nothing until they take changes on purpose.</summary>
public sealed record Viewing(long ClientId, string ClientName, bool TakesChanges)
{
    public Grant Grant => new(ClientId, null, TakesChanges ? AccessLevel.Owner : AccessLevel.Viewer);
}
