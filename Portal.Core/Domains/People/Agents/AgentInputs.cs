using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Core.Domains.People;

/// <summary>A part of the list of agents. Q is the beginning of a name.</summary>
public sealed class AgentPage : PageRequest
{
    [FromQuery(Name = "department")]
    public Choice<Service>? Department { get; set; }

    [FromQuery(Name = "active")]
    public bool? Active { get; set; }

    [FromQuery(Name = "workload")]
    public Choice<WorkloadLevel>? Workload { get; set; }
}

/// <summary>What is to change of an agent; what is left out stays.</summary>
public sealed class ChangeAgent
{
    [JsonIgnore]
    public long AgentId { get; set; }

    [DeniedValues(Service.Courses, ErrorMessage = "Agents work in marketing or website.")]
    public Service? Department { get; set; }

    [MaxLength(200)]
    public string? Specialisation { get; set; }

    [Range(1, 1000)]
    public int? Capacity { get; set; }
}

/// <summary>A leaving agent's clients get another agent of the same department.</summary>
public sealed class HandOver
{
    [JsonIgnore]
    public long AgentId { get; set; }

    [Required(ErrorMessage = "Choose who takes over.")]
    public long? To { get; set; }

    /// <summary>Null: all of them.</summary>
    public IReadOnlyList<long>? Clients { get; set; }

    /// <summary>Even beyond the other's capacity.</summary>
    public bool EvenIfFull { get; set; }
}
