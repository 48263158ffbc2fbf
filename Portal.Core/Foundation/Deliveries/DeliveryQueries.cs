using System.Linq.Expressions;
using System.Runtime.CompilerServices;

namespace Portal.Core.Foundation;

/// <summary>Deliveries, looked at more closely: one with its attempts and its content, all of a filter as a sheet, and the addresses that refuse.</summary>
public sealed class DeliveryQueries(Database database, Letterhead letterhead, Reasons reasons, IEnumerable<IChannel> channels)
{
    private const int ExportedAtOnce = 500;
    private const int MostAttempts = 200;
    private static readonly Sorts<MailSuppression> Orders = new Sorts<MailSuppression>("-since", s => s.Id).By("since", s => s.Id).By("address", s => s.Address);

    /// <summary>What tells more than that it was taken.</summary>
    private static readonly ReportStatus[] Further = [ReportStatus.Delayed, ReportStatus.Failed, ReportStatus.Delivered, ReportStatus.Read, ReportStatus.Bounced, ReportStatus.Complained];

    /// <summary>The ways out that there are.</summary>
    public IReadOnlyList<string> Channels { get; } = [.. channels.Select(c => c.Name).Append(MailSuppression.Channel).Distinct().Order(StringComparer.Ordinal)];

    public async Task<DeliveryDetail> GetAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeDeliveries);
        var view = await db.Deliveries.AsNoTracking().Where(d => d.Id == id).Select(View(db)).SingleOrDefaultAsync(ct) ?? throw new NotFound("delivery");
        var row = await db.Deliveries.AsNoTracking().SingleAsync(d => d.Id == id, ct);
        var cause = await db.Events.AsNoTracking().Where(e => e.Id == row.EventId).Select(e => new DeliveryCause(e.Id, e.Type, e.At, e.ActorName)).SingleOrDefaultAsync(ct);
        var headers = row.Channel is MailSuppression.Channel ? MailMessage.Headers(row, await letterhead.SenderAsync(ct), letterhead.OwnName) : [];
        return new((await ToldAsync(db, reasons, [view], ct))[0], cause, row.IsCritical, headers, await AttemptsAsync(db, row, ct));
    }

    /// <summary>
    /// What it says. What holds a code or a link that opens something is shown to nobody, before it is forgotten and after; and the address
    /// that ends what someone gets is theirs to press, so it is shown without what makes it work.
    /// </summary>
    public async Task<DeliveryContent> ContentAsync(Actor actor, long id, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeDeliveries);
        var row = await db.Deliveries.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id, ct) ?? throw new NotFound("delivery");
        return row.IsSecret
            ? throw new RuleBroken("delivery_secret", "It holds a code or a link that opens something: nobody but the recipient sees that.")
            : new(row.Title, WithoutPress(row.Body, row), row.Html is null ? null : WithoutPress(row.Html, row));
    }

    public async Task<DeliveryCounts> CountsAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeDeliveries);
        var waiting = db.Deliveries.Where(d => d.Status == DeliveryStatus.Waiting);
        return new(
            await CountAsync(waiting),
            await waiting.OrderBy(d => d.Id).Take(PageRequest.DeepestRow).CountAsync(d => d.Trouble != null, ct), // no index knows of trouble: among the oldest alone
            await CountAsync(db.Deliveries.Where(d => d.Status == DeliveryStatus.Sending)),
            await CountAsync(db.Deliveries.Where(d => d.Status == DeliveryStatus.Dead)),
            await CountAsync(db.Deliveries.Where(d => d.Status == DeliveryStatus.Stopped)),
            await db.MailSuppressions.Take(PageRequest.DeepestRow).CountAsync(ct));

        Task<int> CountAsync(IQueryable<Delivery> some) => some.Take(PageRequest.DeepestRow).CountAsync(ct);
    }

    /// <summary>Exactly what the filter shows, newest first, read while it is written.</summary>
    public Sheet Export(Actor actor, DeliveryPage page, CancellationToken ct = default)
    {
        if (!actor.May(Can.SeeDeliveries))
            throw new Forbidden(Can.SeeDeliveries);
        Check(page);
        return new("Deliveries", ["Id", "Created (UTC)", "Channel", "Recipient", "Subject", "Status", "Tries", "Next try (UTC)", "Sent (UTC)", "Answer", "Client"], RowsAsync(actor, page, ct));
    }

    public async Task<Paged<SuppressionView>> SuppressionsAsync(Actor actor, SuppressionPage page, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeDeliveries);
        var (found, address) = (db.MailSuppressions.AsNoTracking(), MailSuppression.Of(page.Q ?? ""));
        if (address.Length > 0)
            found = found.Where(s => Search.Begins(s.Address, address));
        return await found.ToPagedAsync(page, Orders, s => new SuppressionView(s.Id, s.Address, s.Reason, s.Since, s.IsComplaint), ct);
    }

    /// <summary>Its query is cut off by itself: it has no sign that is written otherwise in HTML.</summary>
    private static string WithoutPress(string text, Delivery row) =>
        Uri.TryCreate(row.UnsubscribeUrl, UriKind.Absolute, out var address) && address.Query.Length > 1 ? text.Replace(address.Query, "", StringComparison.Ordinal) : text;

    internal static Expression<Func<Delivery, DeliveryView>> View(PortalDb db) => d => new DeliveryView(
        d.Id, d.Channel, d.Recipient, d.Title, d.Status, d.Tries, d.CreatedAt, d.NextTryAt, d.DoneAt, d.Trouble, d.Receipt, d.ClientId,
        db.Clients.Where(c => c.Id == d.ClientId).Select(c => c.Name).FirstOrDefault(), d.IsSecret);

    /// <summary>With what providers have told of them since, and as many tries as there are attempts. Asked for these alone: sorting would ask it of all that were found.</summary>
    internal static async Task<IReadOnlyList<DeliveryView>> ToldAsync(PortalDb db, Reasons reasons, IReadOnlyList<DeliveryView> deliveries, CancellationToken ct)
    {
        var (ids, receipts) = (deliveries.Select(d => d.Id).ToList(), deliveries.Select(d => d.Receipt).OfType<string>().Distinct().ToList());
        var attempts = await db.DeliveryAttempts.Where(a => ids.Contains(a.DeliveryId)).GroupBy(a => a.DeliveryId).Select(g => new { g.Key, Count = g.Count() }).ToDictionaryAsync(g => g.Key, g => g.Count, ct);
        var reports = await db.DeliveryReports.AsNoTracking().Where(r => receipts.Contains(r.Receipt)).ToDictionaryAsync(r => (r.Channel, r.Receipt), ct);
        return [.. deliveries.Select(d =>
        {
            var told = d is { Status: DeliveryStatus.Sent, Receipt: { } receipt } && reports.GetValueOrDefault((d.Channel, receipt)) is { } report && Further.Contains(report.Status) ? report : null;
            var reason = reasons.Of(d.Channel, d.Trouble ?? told?.Trouble);
            return d with { Tries = attempts.GetValueOrDefault(d.Id) + (d.Status is DeliveryStatus.Sent ? 1 : 0), Reported = told?.Status, Error = reason?.Words, ErrorCode = reason?.Code };
        })];
    }

    internal static IQueryable<Delivery> Found(PortalDb db, DeliveryPage page)
    {
        Check(page);
        var found = Filtered(db.Deliveries.AsNoTracking(), page);
        return page.Status?.Value switch
        {
            null => found,
            DeliveryState.Waiting => found.Where(d => d.Status == DeliveryStatus.Waiting),
            DeliveryState.Retrying => found.Where(d => d.Status == DeliveryStatus.Waiting && d.Trouble != null),
            DeliveryState.Sending => found.Where(d => d.Status == DeliveryStatus.Sending),
            DeliveryState.Sent => found.Where(d => d.Status == DeliveryStatus.Sent),
            DeliveryState.Stopped => found.Where(d => d.Status == DeliveryStatus.Stopped),
            DeliveryState.NotNeeded => found.Where(d => d.Status == DeliveryStatus.NotNeeded),
            _ => found.Where(d => d.Status == DeliveryStatus.Dead),
        };
    }

    internal static IQueryable<Delivery> Filtered(IQueryable<Delivery> found, DeliveryPage page)
    {
        var (recipient, subject) = (Search.Normal(page.Q), Search.Normal(page.Subject));
        if (recipient.Length > 0)
            found = found.Where(d => Search.Begins(d.RecipientSearch, recipient));
        if (subject.Length > 0)
            found = found.Where(d => Search.Begins(d.TitleSearch, subject));
        if (page.Channel is not null)
            found = found.Where(d => d.Channel == page.Channel);
        if (page.Client is not null)
            found = found.Where(d => d.ClientId == page.Client);
        var (begin, end) = (page.Zone is null ? Zone.Utc : Zone.Of(page.Zone)).Span(page.From, page.To);
        if (begin is not null)
            found = found.Where(d => d.CreatedAt >= begin);
        return end is null ? found : found.Where(d => d.CreatedAt < end);
    }

    /// <summary>Before the first row of an export has left, for after it there is no refusing.</summary>
    private static void Check(DeliveryPage page)
    {
        Input.Check(page);
        if (page.Zone is not null)
            _ = Zone.Of(page.Zone);
    }

    /// <summary>The troubles from their rows, and what went well from the delivery's own.</summary>
    internal static async Task<IReadOnlyList<AttemptView>> AttemptsAsync(PortalDb db, Delivery row, CancellationToken ct)
    {
        var attempts = await db.DeliveryAttempts.AsNoTracking().Where(a => a.DeliveryId == row.Id).OrderByDescending(a => a.Id).Take(MostAttempts)
            .Select(a => new AttemptView(a.At, a.TookMs, a.Outcome, a.Words, a.Host)).ToListAsync(ct);
        attempts.Reverse();
        if (row is { Status: DeliveryStatus.Sent, DoneAt: { } done })
            attempts.Add(new(row.TriedAt ?? done, row.TookMs, AttemptOutcome.Sent, row.Receipt, row.Host));
        return attempts;
    }

    private async IAsyncEnumerable<object?[]> RowsAsync(Actor actor, DeliveryPage page, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var db = database.Open(actor, Can.SeeDeliveries);
        for (var last = long.MaxValue; ;)
        {
            var below = last;
            var rows = await Found(db, page).Where(d => d.Id < below).OrderByDescending(d => d.Id).Take(ExportedAtOnce).Select(View(db)).ToListAsync(ct);
            foreach (var d in await ToldAsync(db, reasons, rows, ct))
                yield return [d.Id, d.CreatedAt, d.Channel, d.Recipient, d.Title, (object?)d.Reported ?? d.State, d.Tries, d.NextTryAt, d.SentAt, d.Receipt ?? d.Trouble, d.ClientName];
            if (rows.Count < ExportedAtOnce)
                yield break;
            last = rows[^1].Id;
        }
    }
}
