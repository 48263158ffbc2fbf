namespace Portal.Core.Domains.Integrations;

/// <summary>
/// Which of the messages that providers tell of left from here: an account may send for others too. A mail carries the number of its delivery, a
/// message that somebody had sent is found by what the provider called it, and of notices to telephones the latest are looked through.
/// </summary>
internal static class OurMessages
{
    private const int LatestNotices = 1_000;

    /// <returns>For each whether it is ours. One that is just being handed over is not known yet, so while that may be, all are.</returns>
    public static async Task<IReadOnlyList<bool>> AmongAsync(PortalDb db, IReadOnlyList<MessageStatusChange> told, CancellationToken ct)
    {
        var (receipts, ids) = (told.Select(t => t.ProviderMessageId).Distinct().ToList(), told.Select(t => t.DeliveryId).OfType<long>().Distinct().ToList());

        // Before what they are called is read: what is handed over meanwhile is then in one or the other.
        var handing = await db.Deliveries.Where(d => d.Holder != null).Select(d => d.Channel).Distinct().ToListAsync(ct);
        var known = (await db.Deliveries.Where(d => d.Kind == DeliveryKind.Message && receipts.Contains(d.Receipt!)).Select(d => new { d.Channel, d.Receipt }).ToListAsync(ct)).Select(d => (d.Channel, d.Receipt)).ToHashSet();
        var tagged = ids.Count == 0 ? [] : await db.Deliveries.Where(d => ids.Contains(d.Id)).Select(d => new { d.Id, d.Channel, d.Receipt }).ToDictionaryAsync(d => d.Id, ct);
        foreach (var channel in told.Where(t => !IsOurs(t)).Select(t => t.Channel).Distinct().ToList())
        {
            if (channel is not MailSuppression.Channel)
                known.UnionWith((await LatestAsync(db, channel, receipts, ct)).Select(r => (channel, r)));
            if (handing.Contains(channel))
                known.UnionWith(receipts.Select(r => (channel, (string?)r)));
        }

        return [.. told.Select(IsOurs)];

        bool IsOurs(MessageStatusChange change) => known.Contains((change.Channel, change.ProviderMessageId))
            || (change.DeliveryId is { } id && tagged.GetValueOrDefault(id) is { } own && own.Channel == change.Channel && (own.Receipt ?? change.ProviderMessageId) == change.ProviderMessageId);
    }

    private static Task<List<string?>> LatestAsync(PortalDb db, string channel, List<string> receipts, CancellationToken ct) =>
        db.Deliveries.Where(d => d.Channel == channel).OrderByDescending(d => d.Id).Take(LatestNotices).Where(d => receipts.Contains(d.Receipt!)).Select(d => d.Receipt).ToListAsync(ct);
}
