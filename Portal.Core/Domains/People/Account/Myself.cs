namespace Portal.Core.Domains.People;

internal static class Myself
{
    /// <summary>The row of whoever acts: own pages are about nobody else.</summary>
    public static async Task<PortalUser> MyselfAsync(this PortalDb db, Actor actor, CancellationToken ct) =>
        await db.Users.SingleOrDefaultAsync(u => u.Id == actor.UserId, ct) ?? throw new NotFound("user");

    /// <summary>What someone else does to the same account in this moment is a conflict.</summary>
    public static void Touch(this PortalUser user) => user.ConcurrencyStamp = Guid.NewGuid().ToString("N");
}
