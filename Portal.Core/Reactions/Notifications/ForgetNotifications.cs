using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Notifications;

/// <summary>Of a person who is erased nothing is left that they were told.</summary>
public sealed class ForgetNotifications : IReaction
{
    public async Task ReactAsync(DomainEvent happened, EventRow row, PortalDb db, CancellationToken ct)
    {
        if (happened is AccountErased { UserId: var id })
            await db.Notifications.Where(n => n.UserId == id).ExecuteDeleteAsync(ct);
    }
}
