namespace Portal.Core.Reactions.Reports;

/// <summary>A line of an activity feed.</summary>
public sealed record HomeEvent(
    long Id, DateTime At, string Type, long ActorId, string ActorName, string SubjectKind, long SubjectId, string? SubjectName);

internal static class LatestEvents
{
    public const int Count = 8;

    /// <summary>The latest of some that no index holds together in order: their ids first, which one does.</summary>
    public static async Task<List<HomeEvent>> LatestAsync(this PortalDb db, IQueryable<long> some, CancellationToken ct)
    {
        var ids = await some.OrderDescending().Take(Count).ToListAsync(ct);
        return await db.Events.Where(e => ids.Contains(e.Id)).LatestAsync(db, ct);
    }

    public static Task<List<HomeEvent>> LatestAsync(this IQueryable<EventRow> events, PortalDb db, CancellationToken ct) =>
        events.AsNoTracking().OrderByDescending(e => e.Id).Take(Count).Select(e => new HomeEvent(
            e.Id, e.At, e.Type, e.ActorId, e.ActorName, e.SubjectKind, e.SubjectId,
            e.SubjectKind == "user" ? db.Users.Where(u => u.Id == e.SubjectId).Select(u => u.FullName).FirstOrDefault()
                : e.SubjectKind == "client" ? db.Clients.Where(c => c.Id == e.SubjectId).Select(c => c.Name).FirstOrDefault()
                : e.SubjectKind == "api_config" ? db.ApiConfigurations.Where(c => c.Id == e.SubjectId).Select(c => c.Name).FirstOrDefault() : null)).ToListAsync(ct);
}
