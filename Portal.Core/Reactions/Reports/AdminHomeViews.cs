namespace Portal.Core.Reactions.Reports;

public sealed record AdminHome(AdminNeeds Needs, AdminFigures Figures, IReadOnlyList<DayCount> SignIns, IReadOnlyList<AgentLoad> Agents, IReadOnlyList<HomeEvent> Latest);

/// <summary>What waits for an admin. Lists are cut; the counts are whole.</summary>
/// <param name="MailsWithoutServer">How many mails wait for a mail server to be set up; null where there is one.</param>
public sealed record AdminNeeds(
    IReadOnlyList<WaitingClient> Pending, int PendingCount, IReadOnlyList<NamedClient> WithoutAgent, int WithoutAgentCount, IReadOnlyList<ClosingClient> Closing,
    IReadOnlyList<LateInvitation> Late, int LateCount, int DeadDeliveries, int StuckEvents, int? MailsWithoutServer, IReadOnlyList<JobTrouble> Jobs);

/// <summary>A job that fails again and again, that no host has looked at for too long, or that somebody has paused: what it does waits until they think of it.</summary>
/// <param name="Failures">How many times in a row; none when it is only late.</param>
/// <param name="PausedBy">Who; null for one that is not.</param>
public sealed record JobTrouble(string Name, int Failures, DateTime? LookedAt, string? PausedBy);

public sealed record WaitingClient(long Id, string Name, DateTime Since, string? Person, bool IsVerified);

public sealed record NamedClient(long Id, string Name);

public sealed record ClosingClient(long Id, string Name, DateTime ClosesAt);

public sealed record LateInvitation(long Id, string Name, long? ClientId, string? ClientName, DateTime ExpiredAt);

/// <summary>Figures of the period, each beside the same of the period before.</summary>
public sealed record AdminFigures(int ActiveClients, int NewClients, int NewBefore, int SignIns, int SignInsBefore, int PeopleIn, int PeopleBefore, int People);

/// <summary>How many on a day, and how many as long before as the period is.</summary>
public sealed record DayCount(DateOnly Day, int Count, int Before);

/// <summary>How many open clients an agent looks after, and how many they can.</summary>
public sealed record AgentLoad(long Id, string Name, Service? Department, int Clients, int Capacity)
{
    public bool IsFull => Clients * 10 >= Capacity * 9;

    public bool IsOver => Clients > Capacity;
}
