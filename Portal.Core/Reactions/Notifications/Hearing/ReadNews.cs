namespace Portal.Core.Reactions.Notifications;

/// <summary>Which news a person has read in the portal: of itself, or in the later one about the same that took its room.</summary>
internal static class ReadNews
{
    public static async Task<HashSet<(long EventId, long UserId)>> OfAsync(PortalDb db, IReadOnlyCollection<(long EventId, long UserId)> news, CancellationToken ct)
    {
        var (events, people) = (news.Select(n => (long?)n.EventId).Distinct().ToList(), news.Select(n => n.UserId).Distinct().ToList());
        var read = await db.Notifications.Where(n => events.Contains(n.EventId) && people.Contains(n.UserId))
            .Where(n => (n.ReadAt != null && n.Place != NotificationPlace.Folded) || (n.Place == NotificationPlace.Folded && db.Notifications.Any(m => m.UserId == n.UserId && m.Subject == n.Subject && m.Id > n.Id && m.ReadAt != null && m.Place != NotificationPlace.Folded)))
            .Select(n => new { n.EventId, n.UserId }).ToListAsync(ct);
        return [.. read.Select(r => (r.EventId!.Value, r.UserId))];
    }
}
