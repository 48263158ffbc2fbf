namespace Portal.Core.Domains.People;

/// <summary>Whether an agent can take more clients.</summary>
public enum WorkloadLevel
{
    Free,
    Full,
    Over,
}

/// <summary>An agent with their load: each client counts once, whatever is done for it, until it is closed.</summary>
public sealed record AgentLine(
    long Id, string Name, string Email, Service? Department, string Specialisation, int Clients, int Capacity, bool IsActive, DateTime? LastSignInAt)
{
    /// <summary>In percent of the capacity.</summary>
    public int WorkloadPercent => Clients * 100 / Math.Max(1, Capacity);
}

public sealed record AdminLine(long Id, string Name, string Email, bool IsActive, bool HasSecondFactor, DateTime? LastSignInAt);

/// <summary>The active agents together.</summary>
public sealed record TeamFigures(int Agents, int WorkloadPercent, int FreePlaces, int OverCapacity, int Admins, int Invitations);

/// <summary>One of the agency's people, with the clients of an agent.</summary>
public sealed record StaffMember(
    long Id, string Name, string Email, Role Role, Service? Department, string Specialisation, int Capacity, bool IsActive, bool HasSecondFactor,
    DateTime? LastSignInAt, DateTime JoinedAt, IReadOnlyList<AgentClient> Clients)
{
    /// <summary>How many there are; one with two services is one.</summary>
    public int ClientCount => Clients.Select(c => c.Id).Distinct().Count();
}

/// <summary>A client of an agent's, once for each service. Null: all services.</summary>
public sealed record AgentClient(long Id, string Name, ClientStatus Status, Service? Service);
