namespace Portal.Core.Foundation;

/// <summary>What was told of one message.</summary>
/// <param name="RefusingAddress">The address that will take no more mail, where that is what was told.</param>
public sealed record HeardReport(string Channel, string Receipt, string Provider, ReportStatus Status, DateTime At, string? Trouble, string? RefusingAddress);

/// <summary>Writes down what was told of messages, on a caller's open PortalDb.</summary>
public static class HeardReports
{
    /// <returns>For each, whether its message is further than before.</returns>
    public static async Task<IReadOnlyList<bool>> AddAsync(PortalDb db, IReadOnlyList<HeardReport> heard, DateTime now, CancellationToken ct)
    {
        var receipts = heard.Select(h => h.Receipt).Distinct().ToList();
        var known = (await db.DeliveryReports.Where(r => receipts.Contains(r.Receipt)).ToListAsync(ct)).ToDictionary(r => (r.Channel, r.Receipt));
        var moved = new List<bool>(heard.Count);
        foreach (var report in heard)
        {
            if (!known.TryGetValue((report.Channel, report.Receipt), out var row))
                known[(report.Channel, report.Receipt)] = row = db.Add(new DeliveryReport { Channel = report.Channel, Receipt = report.Receipt, Provider = report.Provider, HeardAt = now }).Entity;
            moved.Add(row.Hear(report.Status, report.At, report.Trouble));
        }

        await SuppressAsync(db, [.. heard.Where((h, i) => moved[i] && h.RefusingAddress is not null)], now, ct);
        return moved;
    }

    // Only by news: an old bounce that is run again must not undo that an admin has lifted it since.
    private static async Task SuppressAsync(PortalDb db, List<HeardReport> refusing, DateTime now, CancellationToken ct)
    {
        var first = refusing.Where(r => r.Channel == MailSuppression.Channel).OrderByDescending(r => r.Status).ThenBy(r => r.At).DistinctBy(r => MailSuppression.Of(r.RefusingAddress!)).ToDictionary(r => MailSuppression.Of(r.RefusingAddress!));
        if (first.Count == 0)
            return;
        var addresses = first.Keys.ToList();
        var known = await db.MailSuppressions.Where(s => addresses.Contains(s.Address)).ToDictionaryAsync(s => s.Address, ct);
        foreach (var (address, report) in first)
        {
            if (!known.TryGetValue(address, out var row))
                row = db.Add(new MailSuppression { Address = address, Reason = Reason(report), Since = now }).Entity;
            if (report.Status is ReportStatus.Complained)
                row.Complain();
        }
    }

    private static string Reason(HeardReport report)
    {
        var why = report.Trouble ?? "The address does not take mail.";
        return why.Length > 300 ? why[..300] : why;
    }
}
