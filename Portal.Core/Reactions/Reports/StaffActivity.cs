namespace Portal.Core.Reactions.Reports;

/// <summary>What one of the agency's people did lately, and what was done about them.</summary>
public sealed class StaffActivity(Database database)
{
    public async Task<IReadOnlyList<HomeEvent>> OfAsync(Actor actor, long userId, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeStaff);
        return await db.Events.Where(e => e.ActorId == userId || (e.SubjectKind == "user" && e.SubjectId == userId)).LatestAsync(db, ct);
    }
}
