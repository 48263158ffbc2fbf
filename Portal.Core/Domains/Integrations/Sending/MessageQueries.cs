namespace Portal.Core.Domains.Integrations;

/// <summary>The messages that were sent, each with how far it is: to admins all, to agents those of their clients, to a client's people their own.</summary>
public sealed class MessageQueries(Database database, Reasons reasons)
{
    private const int MostClients = 500;

    // They are written down as they are sent, so their ids are sorted by when.
    private static readonly Sorts<SentMessage> Orders = new Sorts<SentMessage>("-id", m => m.Id).By("id", m => m.Id).By("created_at", m => m.Id).By("to", m => m.RecipientSearch).By("subject", m => m.SubjectSearch);
    private static readonly ReportStatus[] Further = [ReportStatus.Delayed, ReportStatus.Failed, ReportStatus.Delivered, ReportStatus.Read, ReportStatus.Bounced, ReportStatus.Complained];

    public async Task<Paged<MessageRow>> ListAsync(Actor actor, MessageChannel? channel, MessagePage page, CancellationToken ct = default)
    {
        Input.Check(page);
        await using var db = database.Open(actor, Can.SeeMessages);
        var found = await Found(db, channel, page).ToPagedAsync(page, Orders, m => m, ct);
        return new(await RowsAsync(db, actor, found.Items, ct), found.PageSize, found.Total, found.Next, found.Previous);
    }

    public async Task<MessageDetail> GetAsync(Actor actor, long id, MessageChannel? channel = null, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SeeMessages);
        var message = await Seen(db, channel).SingleOrDefaultAsync(m => m.Id == id, ct) ?? throw new NotFound("message");
        var delivery = await db.Deliveries.AsNoTracking().SingleAsync(d => d.Id == message.DeliveryId, ct);
        var provider = await db.DeliveryReports.Where(r => r.Receipt == delivery.Receipt && r.Channel == delivery.Channel).Select(r => r.Provider).SingleOrDefaultAsync(ct);
        var attempts = await DeliveryQueries.AttemptsAsync(db, delivery, ct);
        return new((await RowsAsync(db, actor, [message], ct))[0], delivery.Body, Titled(provider), IsAdmin(actor) ? attempts : [.. attempts.Select(a => ForOthers(a, delivery.Channel))]);
    }

    /// <summary>For whom this person may send, by name.</summary>
    public async Task<IReadOnlyList<SendingFor>> ClientsAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = database.Open(actor, Can.SendMessages);
        return await db.Clients.AsNoTracking().Where(c => c.Status == ClientStatus.Active || c.Status == ClientStatus.Closing).OrderBy(c => c.SearchName).Take(MostClients).Select(c => new SendingFor(c.Id, c.Name)).ToListAsync(ct);
    }

    /// <summary>As the provider writes itself.</summary>
    private static string? Titled(string? provider) => ProviderForms.All.FirstOrDefault(f => Input.Name(f.Provider.ToString()) == provider)?.Title ?? provider;

    private static bool IsAdmin(Actor actor) => actor.Role is Role.Admin;

    /// <summary>While it is still to leave, what it meets may be trouble of the agency's own accounts.</summary>
    private static bool IsOfMessage(MessageState state) => state is MessageState.Delayed or >= MessageState.Failed;

    // What is the matter with the agency's own accounts is nobody else's business.
    private AttemptView ForOthers(AttemptView attempt, string channel) => attempt with { Host = null, Words = attempt.Outcome is AttemptOutcome.PutOff ? null : reasons.Of(channel, attempt.Words)?.Line };

    private static IQueryable<SentMessage> Seen(PortalDb db, MessageChannel? channel)
    {
        var seen = db.SentMessages.AsNoTracking().Where(m => m.HiddenAt == null);
        return channel is null ? seen : seen.Where(m => m.Channel == channel);
    }

    private static IQueryable<SentMessage> Found(PortalDb db, MessageChannel? channel, MessagePage page)
    {
        var (found, to, subject) = (Seen(db, channel), Search.Normal(page.Q), Search.Normal(page.Subject));
        if (to.Length > 0)
            found = found.Where(m => Search.Begins(m.RecipientSearch, to));
        if (subject.Length > 0)
            found = found.Where(m => Search.Begins(m.SubjectSearch, subject));
        if (page.Client is { } client)
            found = found.Where(m => m.ClientId == client);
        return page.Status is { Value: var state } ? OfState(db, found, state) : found;
    }

    private static IQueryable<SentMessage> OfState(PortalDb db, IQueryable<SentMessage> found, MessageState state)
    {
        var reports = from d in db.Deliveries
                      join r in db.DeliveryReports on new { Receipt = d.Receipt!, d.Channel } equals new { r.Receipt, r.Channel }
                      where d.Status == DeliveryStatus.Sent
                      select new { d.Id, r.Status };
        return state switch
        {
            MessageState.Queued => found.Where(m => m.Delivery.Status == DeliveryStatus.Waiting && m.Delivery.Trouble == null),
            MessageState.Retrying => found.Where(m => m.Delivery.Status == DeliveryStatus.Waiting && m.Delivery.Trouble != null),
            MessageState.Sending => found.Where(m => m.Delivery.Status == DeliveryStatus.Sending),
            MessageState.Stopped => found.Where(m => m.Delivery.Status == DeliveryStatus.Stopped || m.Delivery.Status == DeliveryStatus.NotNeeded),
            MessageState.Sent => found.Where(m => m.Delivery.Status == DeliveryStatus.Sent && !reports.Any(r => r.Id == m.DeliveryId && Further.Contains(r.Status))),
            MessageState.Failed => found.Where(m => m.Delivery.Status == DeliveryStatus.Dead || reports.Any(r => r.Id == m.DeliveryId && r.Status == ReportStatus.Failed)),
            _ => Enum.Parse<ReportStatus>(state.ToString()) is var heard ? found.Where(m => reports.Any(r => r.Id == m.DeliveryId && r.Status == heard)) : found,
        };
    }

    private async Task<IReadOnlyList<MessageRow>> RowsAsync(PortalDb db, Actor actor, IReadOnlyList<SentMessage> messages, CancellationToken ct)
    {
        var (ids, clients) = (messages.Select(m => m.DeliveryId).ToList(), messages.Select(m => m.ClientId).OfType<long>().Distinct().ToList());
        var deliveries = await db.Deliveries.Where(d => ids.Contains(d.Id)).Select(d => new { d.Id, d.Channel, d.Receipt, d.Status, d.Trouble, d.DoneAt, Tries = db.DeliveryAttempts.Count(a => a.DeliveryId == d.Id) + (d.Status == DeliveryStatus.Sent ? 1 : 0) }).ToDictionaryAsync(d => d.Id, ct);
        var receipts = deliveries.Values.Select(d => d.Receipt).OfType<string>().Distinct().ToList();
        var reports = await db.DeliveryReports.AsNoTracking().Where(r => receipts.Contains(r.Receipt)).ToDictionaryAsync(r => (r.Channel, r.Receipt), ct);
        var names = await db.Clients.Where(c => clients.Contains(c.Id)).ToDictionaryAsync(c => c.Id, c => c.Name, ct);
        return [.. messages.Select(m =>
        {
            var d = deliveries[m.DeliveryId];
            var report = d.Receipt is null ? null : reports.GetValueOrDefault((d.Channel, d.Receipt));
            var state = State(d.Status, d.Trouble, report?.Status);
            var reason = IsAdmin(actor) || IsOfMessage(state) ? reasons.Of(d.Channel, d.Trouble ?? report?.Trouble) : null;
            return new MessageRow(
                m.Id, m.Channel, m.ClientId, m.ClientId is { } client ? names.GetValueOrDefault(client) : null, m.Recipient, m.Subject, m.Template, m.Batch, state,
                reason?.Words, reason?.Code, d.Tries,
                m.CreatedAt, d.Status is DeliveryStatus.Sent ? d.DoneAt : null, report?.DeliveredAt, report?.ReadAt, m.SentByName);
        })];
    }

    private static MessageState State(DeliveryStatus status, string? trouble, ReportStatus? heard) => status switch
    {
        DeliveryStatus.Waiting => trouble is null ? MessageState.Queued : MessageState.Retrying,
        DeliveryStatus.Sending => MessageState.Sending,
        DeliveryStatus.Dead => MessageState.Failed,
        DeliveryStatus.Sent => heard is { } further && Further.Contains(further) ? Enum.Parse<MessageState>(further.ToString()) : MessageState.Sent,
        _ => MessageState.Stopped,
    };
}
