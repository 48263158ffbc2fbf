namespace Portal.Core.Reactions.Reports;

/// <summary>What one of the agency's people did lately, and what was done about them.</summary>
public sealed class StaffActivity(Database database)
{
    public async Task<IReadOnlyList<HomeEvent>> OfAsync(Actor actor, long userId, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeStaff);
        var did = db.Events.Where(e => e.ActorId == userId).Select(e => e.Id).OrderDescending().Take(LatestEvents.Count);
        var met = db.Events.Where(e => e.SubjectKind == "user" && e.SubjectId == userId).Select(e => e.Id).OrderDescending().Take(LatestEvents.Count);
        return await db.LatestAsync(did.Union(met), ct);
    }
}
