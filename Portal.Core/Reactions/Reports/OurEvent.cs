using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Reports;

/// <summary>A line of a client's own feed. Whom it is about is named where that is not the organisation itself.</summary>
public sealed record OurEvent(long Id, DateTime At, string Type, long ActorId, string ActorName, string? Whom);

internal static class OurEvents
{
    public static async Task<List<OurEvent>> OursAsync(this IQueryable<EventRow> events, CancellationToken ct)
    {
        var rows = await events.AsNoTracking().OrderByDescending(e => e.Id).Take(LatestEvents.Count).Select(e => new { e.Id, e.At, e.Type, e.ActorId, e.ActorName, e.Data }).ToListAsync(ct);
        return [.. rows.Select(e => new OurEvent(e.Id, e.At, e.Type, e.ActorId, e.ActorName, Whom(EventTypes.Read(e.Type, e.Data))))];
    }

    /// <summary>The person an event is about, by name, or by address while they have not come.</summary>
    public static string? Whom(DomainEvent? happened) => happened switch
    {
        AgentAssigned e => e.AgentName,
        AgentUnassigned e => e.AgentName,
        MemberInvited e => e.Email,
        MemberJoined e => e.Name,
        MemberLevelChanged e => e.Name,
        MemberRemoved e => e.Name,
        InvitationSentAgain e => e.Email,
        InvitationWithdrawn e => e.Email,
        DeliverySentAgain e => e.Recipient,
        _ => null,
    };
}
