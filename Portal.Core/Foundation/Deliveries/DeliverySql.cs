using System.Text.Json;

namespace Portal.Core.Foundation;

/// <summary>The statements of the deliveries that have to be fast: for a thousand rows at a time, which EF Core would name or save one by one.</summary>
internal static class DeliverySql
{
    /// <summary>Nobody else sends these until the lease ends.</summary>
    /// <returns>Those that nobody has claimed in this moment.</returns>
    public static async Task<List<Delivery>> ClaimAsync(PortalDb db, List<Delivery> due, string holder, DateTime now, DateTime until)
    {
        if (due.Count == 0)
            return due;
        var ids = JsonSerializer.Serialize(due.Select(d => new[] { d.Id }));
        var sql = "UPDATE Deliveries SET Holder = {1}, NextTryAt = {2}, Status = 'Sending' "
            + $"WHERE NextTryAt <= {{3}} AND Id IN (SELECT r.Id FROM {JsonRows.Table(db, "{0}", ("Id", "bigint"))} AS r)";
        if (await db.Database.ExecuteSqlRawAsync(sql, ids, holder, until, now) == due.Count)
            return due;
        var mine = await db.Deliveries.Where(d => d.Holder == holder).Select(d => d.Id).ToListAsync();
        return [.. due.IntersectBy(mine, d => d.Id)];
    }

    /// <summary>Those of the addresses that have refused mail.</summary>
    public static Task<Dictionary<string, MailSuppression>> SuppressedAsync(PortalDb db, IReadOnlyCollection<string> addresses)
    {
        var sql = $"SELECT * FROM MailSuppressions WHERE Address IN (SELECT r.Address FROM {JsonRows.Table(db, "{0}", ("Address", "nvarchar(400)"))} AS r)";
        return db.MailSuppressions.FromSqlRaw(sql, JsonSerializer.Serialize(addresses.Select(a => new[] { a }))).AsNoTracking().ToDictionaryAsync(s => s.Address);
    }

    /// <summary>Does to all of them what <see cref="Delivery.Sent"/> does to one. Whoever claimed one since, after our lease ran out, has the last word on it.</summary>
    public static async Task SentAsync(PortalDb db, string holder, IReadOnlyCollection<DeliveryOutcome> sent, DateTime now)
    {
        if (sent.Count == 0)
            return;
        var rows = JsonSerializer.Serialize(sent.Select(s => new object?[] { s.Delivery.Id, s.Words, JsonRows.Instant(s.BeganAt), Delivery.Milliseconds(s.Took) }));
        var table = JsonRows.Table(db, "{0}", ("Id", "bigint"), ("Receipt", "nvarchar(400)"), ("TriedAt", "datetime2"), ("TookMs", "int"));

        // By their ids: by the index of holders, each of a thousand would be compared with a thousand.
        var sql = "UPDATE Deliveries SET Status = 'Sent', DoneAt = {1}, NextTryAt = NULL, Trouble = NULL, Holder = NULL, Tries = Tries + 1, "
            + "Receipt = r.Receipt, TriedAt = r.TriedAt, TookMs = r.TookMs, Host = {2} "
            + $"FROM {table} AS r WHERE Deliveries.Id = r.Id AND COALESCE(Deliveries.Holder, '') = {{3}}";
        await db.Database.ExecuteSqlRawAsync(sql, rows, now, HostName.Own, holder);
        var secrets = sent.Where(s => s.Delivery.IsSecret).Select(s => s.Delivery.Id).ToList();
        if (secrets.Count > 0)
            await db.Set<DeliveryText>().Where(t => db.Deliveries.Any(d => d.Id == t.Id && secrets.Contains(d.Id) && d.Status == DeliveryStatus.Sent)).ForgetAsync();
    }
}
