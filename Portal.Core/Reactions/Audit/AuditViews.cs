using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;

namespace Portal.Core.Reactions.Audit;

/// <summary>A part of the audit log. Q is the beginning of a person's name; days are those of the zone.</summary>
public sealed class AuditPage : PageRequest
{
    [MaxLength(64), FromQuery(Name = "type")]
    public string? Type { get; set; }

    [FromQuery(Name = "actor")]
    public long? Actor { get; set; }

    [FromQuery(Name = "client")]
    public long? Client { get; set; }

    /// <summary>With SubjectId: the history of one thing.</summary>
    [MaxLength(64), FromQuery(Name = "subject_kind")]
    public string? SubjectKind { get; set; }

    [FromQuery(Name = "subject_id")]
    public long? SubjectId { get; set; }

    [FromQuery(Name = "from")]
    public DateOnly? From { get; set; }

    [FromQuery(Name = "to")]
    public DateOnly? To { get; set; }

    /// <summary>Where the days are counted; UTC unless said.</summary>
    [MaxLength(64), FromQuery(Name = "zone")]
    public string? Zone { get; set; }
}

/// <summary>One line of the audit log. Data is the event's own JSON; the seal's number says that it is in the chain.</summary>
public sealed record AuditLine(
    long Id, DateTime At, string Type, long ActorId, string ActorName, Role? ActorRole, string SubjectKind, long SubjectId, string? SubjectName,
    long? ClientId, string? ClientName, [property: JsonConverter(typeof(RawJson))] string Data, string? TraceId, long? SealNo);
