using Portal.Core.Domains.People;

namespace Portal.Core.Reactions.Notifications;

/// <summary>Of a person who is erased nothing is left that they were told, or of how they wanted to be.</summary>
public sealed class ForgetNotifications : IReaction
{
    public async Task ReactAsync(DomainEvent happened, EventRow row, PortalDb db, CancellationToken ct)
    {
        if (happened is not AccountErased { UserId: var id })
            return;
        await db.Notifications.Where(n => n.UserId == id).ExecuteDeleteAsync(ct);
        await db.DigestItems.Where(i => i.UserId == id).ExecuteDeleteAsync(ct);
        await db.HearingChoices.Where(c => c.UserId == id).ExecuteDeleteAsync(ct);
        await db.HearingSettings.Where(s => s.UserId == id).ExecuteDeleteAsync(ct);
    }
}
