using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Reports;

public sealed record AdminHome(
    int ActiveClients, int PendingClients, int People, int Agents, int SignInsThisWeek, int SignInsWeekBefore,
    int DeliveriesWaiting, int DeliveriesDead, int EventsGivenUp, IReadOnlyList<HomeEvent> Latest);

public sealed record AgentHome(IReadOnlyList<AssignedClient> Clients, IReadOnlyList<HomeEvent> Latest);

public sealed record ClientHome(
    string Name, ClientStatus Status, DateTime Since, IReadOnlyList<TeamMember> People, IReadOnlyList<TeamMember> Agents, IReadOnlyList<HomeEvent> Latest);

public sealed record HomeEvent(
    long Id, DateTime At, string Type, long ActorId, string ActorName, string SubjectKind, long SubjectId, string? SubjectName);
