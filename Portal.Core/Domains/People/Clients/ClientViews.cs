using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Core.Domains.People;

/// <summary>A part of the list of clients. Q is the beginning of a client's name, or of one of its people's addresses when it has an @; days are those of the zone.</summary>
public sealed class ClientPage : PageRequest
{
    [FromQuery(Name = "status")]
    public Choice<ClientStatus>? Status { get; set; }

    /// <summary>Those that have an agent for this service.</summary>
    [FromQuery(Name = "service")]
    public Choice<Service>? Service { get; set; }

    [FromQuery(Name = "agent"), Range(1, long.MaxValue)]
    public long? Agent { get; set; }

    /// <summary>Those that nobody looks after.</summary>
    [FromQuery(Name = "without_agent")]
    public bool? WithoutAgent { get; set; }

    [FromQuery(Name = "from")]
    public DateOnly? From { get; set; }

    [FromQuery(Name = "to")]
    public DateOnly? To { get; set; }

    /// <summary>Where the days are counted; UTC unless said.</summary>
    [MaxLength(64), ZoneName, FromQuery(Name = "zone")]
    public string? Zone { get; set; }
}

/// <summary>A client in the agency's list. The owner's address may be one that was only invited.</summary>
public sealed record ClientRow(
    long Id, string Name, ClientStatus Status, string? OwnerEmail, IReadOnlyList<ClientAgent> Agents, int People, CreditStatus CreditStatus, DateTime CreatedAt, DateTime? LastActivityAt);

/// <summary>Who works for a client, and on what.</summary>
public sealed record ClientAgent(long Id, string Name, Service? Service);

/// <summary>Who belongs to a client, and whether the address has proved to be theirs.</summary>
public sealed record ClientPerson(long Id, string Name, string Email, bool EmailConfirmed, AccessLevel Level, DateTime? LastSignInAt);

public sealed record ClientCounts(int All, int Active, int Pending, int Inactive, int Declined, int Closing, int Closed, int WithoutAgent);

public sealed record ClientDetail(
    long Id, string Name, ClientStatus Status, string StatusReason, string Currency, string Zone, string LegalName, string TaxId, PostalAddress BillingAddress, string Phone, string Website,
    CreditStatus CreditStatus, string Note, DateTime CreatedAt, DateTime? ApprovedAt, DateTime? ClosesAt, long Version,
    IReadOnlyList<ClientPerson> People, IReadOnlyList<ClientAgent> Agents, IReadOnlyList<ClientInvitation> Invitations);

/// <summary>Someone who was asked and has not come yet.</summary>
public sealed record ClientInvitation(long Id, string Name, string Email, AccessLevel? Level, DateTime ExpiresAt);

/// <summary>An agent to choose, with how much they do and could do.</summary>
public sealed record AgentChoice(long Id, string Name, Service Department, int Current, int Max);

/// <summary>A client as the agent who works for it sees it in their list.</summary>
public sealed record AgentClientRow(long Id, string Name, ClientStatus Status, Service? Service, string? OwnerName, string? OwnerEmail, DateTime CreatedAt);

public sealed record AgentClientDetail(
    long Id, string Name, ClientStatus Status, string StatusReason, string Currency, string Zone, string Phone, string Website, CreditStatus CreditStatus, string Note, DateTime CreatedAt, DateTime? ClosesAt,
    IReadOnlyList<ClientPerson> People, IReadOnlyList<ClientAgent> Agents);

/// <summary>An agent's figures. Workload is percent of what they can look after; new are the clients that came this month.</summary>
public sealed record AgentStats(int Current, int Max, int Workload, int NewThisMonth, int Waiting, int Paused, IReadOnlyList<ServiceCount> ByService);

public sealed record ServiceCount(Service Service, int Clients);
