namespace Portal.Core.Foundation;

/// <summary>Lets go of deliveries and runs of jobs that are older than they are to be kept. What still waits stays, however old it is.</summary>
public sealed class HouseCleaning(Lane lane, TimeProvider time)
{
    private static readonly Actor Self = Actor.System("cleaning");

    /// <returns>How many deliveries went.</returns>
    public async Task<int> DeliveriesAsync(CancellationToken ct)
    {
        // Old ones that wait are passed over once and not in every batch.
        var from = DateTime.MinValue.ToUniversalTime();
        return await Batches.DeleteAsync(async () =>
        {
            var begin = from;
            (var gone, from) = await lane.RunAsync(Self, Can.KeepHouse, db => DeleteAsync(db, begin, ct), ct);
            return gone;
        }, ct);
    }

    /// <returns>How many lines of the jobs' history went.</returns>
    public Task<int> JobRunsAsync(CancellationToken ct) => Batches.DeleteAsync(() => lane.RunAsync(Self, Can.KeepHouse, async db =>
    {
        var before = time.Now().AddDays(-(await Retention.CurrentAsync(db, ct)).JobRunDays);
        var old = await db.JobRuns.Where(r => r.BeganAt < before).OrderBy(r => r.BeganAt).ThenBy(r => r.Id).Take(Batches.Size).Select(r => r.Id).ToListAsync(ct);
        return old.Count == 0 ? 0 : await db.JobRuns.Where(r => old.Contains(r.Id)).ExecuteDeleteAsync(ct);
    }, ct), ct);

    /// <returns>How many webhooks went.</returns>
    public async Task<int> WebhooksAsync(CancellationToken ct)
    {
        var from = DateTime.MinValue.ToUniversalTime();
        return await Batches.DeleteAsync(async () =>
        {
            var begin = from;
            (var gone, from) = await lane.RunAsync(Self, Can.KeepHouse, db => DeleteWebhooksAsync(db, begin, ct), ct);
            return gone;
        }, ct);
    }

    /// <returns>How many reports on deliveries went; they are kept as long as those, so those on messages for good.</returns>
    public async Task<int> ReportsAsync(CancellationToken ct)
    {
        var from = DateTime.MinValue.ToUniversalTime();
        return await Batches.DeleteAsync(async () =>
        {
            var begin = from;
            (var gone, from) = await lane.RunAsync(Self, Can.KeepHouse, db => DeleteReportsAsync(db, begin, ct), ct);
            return gone;
        }, ct);
    }

    private async Task<(int Gone, DateTime Last)> DeleteReportsAsync(PortalDb db, DateTime from, CancellationToken ct)
    {
        var before = time.Now().AddDays(-(await Retention.CurrentAsync(db, ct)).DeliveryDays);
        var old = await db.DeliveryReports.Where(r => r.HeardAt >= from && r.HeardAt < before)
            .Where(r => !db.Deliveries.Any(d => d.Kind == DeliveryKind.Message && d.Receipt == r.Receipt && d.Channel == r.Channel))
            .OrderBy(r => r.HeardAt).ThenBy(r => r.Id).Take(Batches.Size).Select(r => new { r.Id, r.HeardAt }).ToListAsync(ct);
        if (old.Count == 0)
            return (0, from);
        var ids = old.ConvertAll(r => r.Id);
        await db.DeliveryReports.Where(r => ids.Contains(r.Id)).ExecuteDeleteAsync(ct);
        return (old.Count, old[^1].HeardAt);
    }

    private async Task<(int Gone, DateTime Last)> DeleteWebhooksAsync(PortalDb db, DateTime from, CancellationToken ct)
    {
        var days = (await Retention.CurrentAsync(db, ct)).WebhookDays;
        var (before, longBefore) = (time.Now().AddDays(-days), time.Now().AddDays(-2 * days));

        // What cannot be read is kept for somebody to look at, and nobody has.
        var over = db.Inbox.Where(r => r.State == InboxState.Handled || r.State == InboxState.Dead
            || (r.State == InboxState.Kept && (r.Type == InboxRow.Unreadable || r.Type == InboxRow.Unknown) && r.ReceivedAt < longBefore));
        var old = await over.Where(r => r.ReceivedAt >= from && r.ReceivedAt < before)
            .OrderBy(r => r.ReceivedAt).ThenBy(r => r.Id).Take(Batches.Size).Select(r => new { r.Id, r.ReceivedAt }).ToListAsync(ct);
        var ids = old.ConvertAll(r => r.Id);
        if (ids.Count == 0)
            return (0, from);

        // What somebody runs again in this moment stays.
        var gone = over.Where(r => ids.Contains(r.Id));
        await db.InboxAttempts.Where(a => ids.Contains(a.WebhookId) && gone.Any(r => r.Id == a.WebhookId)).ExecuteDeleteAsync(ct);
        await gone.ExecuteDeleteAsync(ct);
        return (old.Count, old[^1].ReceivedAt);
    }

    /// <returns>How many went, and the day of the last of them.</returns>
    private async Task<(int Gone, DateTime Last)> DeleteAsync(PortalDb db, DateTime from, CancellationToken ct)
    {
        var before = time.Now().AddDays(-(await Retention.CurrentAsync(db, ct)).DeliveryDays);
        var over = db.Deliveries.Where(d => d.Kind == DeliveryKind.Notice).Where(d => d.Status == DeliveryStatus.Sent || d.Status == DeliveryStatus.Dead || d.Status == DeliveryStatus.Stopped || d.Status == DeliveryStatus.NotNeeded);
        var old = await over.Where(d => d.CreatedAt >= from && d.CreatedAt < before)
            .OrderBy(d => d.CreatedAt).ThenBy(d => d.Id).Take(Batches.Size).Select(d => new { d.Id, d.CreatedAt }).ToListAsync(ct);
        if (old.Count == 0)
            return (0, from);

        // What somebody sends again in this moment stays, and with its text: touched first, the rows are ours until we are done.
        var ids = old.ConvertAll(d => d.Id);
        var gone = over.Where(d => ids.Contains(d.Id));
        await gone.ExecuteUpdateAsync(d => d.SetProperty(x => x.Holder, (string?)null), ct);
        await db.DeliveryAttempts.Where(a => ids.Contains(a.DeliveryId) && gone.Any(d => d.Id == a.DeliveryId)).ExecuteDeleteAsync(ct);
        await db.Set<DeliveryText>().Where(t => ids.Contains(t.Id) && gone.Any(d => d.Id == t.Id)).ExecuteDeleteAsync(ct);
        await gone.ExecuteDeleteAsync(ct);
        return (old.Count, old[^1].CreatedAt);
    }
}
