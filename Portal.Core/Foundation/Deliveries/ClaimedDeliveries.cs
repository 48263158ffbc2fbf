namespace Portal.Core.Foundation;

/// <summary>
/// What one run of the pump holds of a channel's queue. Claiming moves the next try to the end of a lease, so what a killed host was
/// sending comes round again by itself, and no two hosts send the same at once.
/// </summary>
internal sealed class ClaimedDeliveries(Lane lane, TimeProvider time, string channel, IReadOnlyCollection<IStillWanted> doubts, DateTime began)
{
    public static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);
    private static readonly Actor Self = Actor.System("deliveries");
    private readonly string holder = Guid.CreateVersion7().ToString("N");

    /// <summary>Writes down what came back and claims as much as there is room for.</summary>
    /// <param name="back">How some went. Saying it again does no harm.</param>
    /// <param name="room">For how many.</param>
    /// <param name="urgent">For how many of those that guard an account, however little room there is.</param>
    /// <param name="isWary">Something was the matter with the last turn: that some were sent is then written down alone, so that it is not lost with the rest.</param>
    /// <returns>Null when an admin has paused the job since the run began: nothing more is to be begun.</returns>
    public async Task<List<Delivery>?> TurnAsync(IReadOnlyList<DeliveryOutcome> back, int room, int urgent, bool isWary)
    {
        if (isWary)
            await SentAsync(back);
        return await lane.RunAsync<List<Delivery>?>(Self, Can.KeepHouse, async db =>
        {
            var now = time.Now();
            if (!isWary)
                await SentAsync(db, back, now);
            await MarkTroublesAsync(db, back, now);
            if (await db.Jobs.AnyAsync(j => j.Name == HouseWatch.SendDeliveries && j.IsPaused && j.PausedAt >= began))
                return null;
            return await ClaimAsync(db, room, urgent, now);
        });
    }

    /// <summary>The last turn of a run: what nobody has tried is as due as it was.</summary>
    public async Task EndAsync(IReadOnlyList<DeliveryOutcome> back)
    {
        await SentAsync(back);
        await lane.RunAsync(Self, Can.KeepHouse, async db =>
        {
            var now = time.Now();
            await MarkTroublesAsync(db, back, now);
            await HandBackAsync(db.Deliveries.Where(d => d.Holder == holder), now);
        });
    }

    /// <summary>These of what it holds, which nobody has tried.</summary>
    public Task HandBackAsync(IReadOnlyCollection<long> ids) =>
        lane.RunAsync(Self, Can.KeepHouse, db => HandBackAsync(db.Deliveries.Where(d => ids.Contains(d.Id) && d.Holder == holder), time.Now()));

    /// <summary>Whoever lives keeps what it holds.</summary>
    public Task RenewAsync()
    {
        var until = time.Now() + Lease;
        return lane.RunAsync(Self, Can.KeepHouse, db => db.Deliveries.Where(d => d.Holder == holder).ExecuteUpdateAsync(d => d.SetProperty(x => x.NextTryAt, until)));
    }

    private static Task<int> HandBackAsync(IQueryable<Delivery> held, DateTime now) => held.ExecuteUpdateAsync(d => d
        .SetProperty(x => x.Holder, (string?)null).SetProperty(x => x.NextTryAt, now).SetProperty(x => x.Status, DeliveryStatus.Waiting));

    private async Task<List<Delivery>> ClaimAsync(PortalDb db, int room, int urgent, DateTime now)
    {
        // What guards an account does not stand behind ten thousand newsletters.
        var due = urgent > 0 ? await DueAsync(db, isCritical: true, urgent, now) : [];
        if (due.Count < room)
            due.AddRange(await DueAsync(db, isCritical: false, room - due.Count, now));
        due = await WithoutUnwantedAsync(db, due, now);
        if (channel is MailSuppression.Channel)
            due = await WithoutSuppressedAsync(db, due, now);
        return await DeliverySql.ClaimAsync(db, due, holder, now, now + Lease);
    }

    private Task<List<Delivery>> DueAsync(PortalDb db, bool isCritical, int room, DateTime now) => db.Deliveries.AsNoTracking()
        .Where(d => d.Channel == channel && d.IsCritical == isCritical && d.NextTryAt <= now && d.Holder != holder)
        .OrderBy(d => d.NextTryAt).ThenBy(d => d.Id).Take(room).ToListAsync();

    /// <summary>What has become needless while it waited is done here and now.</summary>
    private async Task<List<Delivery>> WithoutUnwantedAsync(PortalDb db, List<Delivery> due, DateTime now)
    {
        foreach (var doubt in doubts)
        {
            var news = due.Where(d => d.UserId is not null && (d.Topic is not null || d.EventId is not null)).ToList();
            var why = news.Count == 0 ? [] : await doubt.NotWantedAsync(db, news);
            foreach (var delivery in due.Where(d => why.ContainsKey(d.Id)))
            {
                db.Attach(delivery);
                delivery.NotNeeded(why[delivery.Id], now);
            }

            due = [.. due.Where(d => !why.ContainsKey(d.Id))];
        }

        return due;
    }

    /// <summary>What goes to an address that has refused mail is refused here and now, unless it guards an account.</summary>
    private static async Task<List<Delivery>> WithoutSuppressedAsync(PortalDb db, List<Delivery> due, DateTime now)
    {
        var addresses = due.Where(d => !d.IsCritical).Select(d => MailSuppression.Of(d.Recipient)).Distinct().ToList();
        var suppressed = addresses.Count == 0 ? [] : await DeliverySql.SuppressedAsync(db, addresses);
        foreach (var delivery in due.Where(IsSuppressed))
        {
            db.Attach(delivery);
            var words = suppressed[MailSuppression.Of(delivery.Recipient)].Words;
            delivery.Tried(now, TimeSpan.Zero, HostName.Own);
            delivery.Refused(words, now);
            db.Add(DeliveryAttempt.Suppressed(delivery, words, now));
        }

        return [.. due.Where(d => !IsSuppressed(d))];

        bool IsSuppressed(Delivery delivery) => !delivery.IsCritical && suppressed.ContainsKey(MailSuppression.Of(delivery.Recipient));
    }

    private Task SentAsync(IReadOnlyList<DeliveryOutcome> back) => lane.RunAsync(Self, Can.KeepHouse, db => SentAsync(db, back, time.Now()));

    private async Task SentAsync(PortalDb db, IReadOnlyList<DeliveryOutcome> back, DateTime now)
    {
        var sent = back.Where(b => b.How is DeliveryOutcome.Kind.Sent).ToList();
        await DeliverySql.SentAsync(db, holder, sent, now);
        await LiftAsync(db, Addresses(sent, b => b.LiftsSuppression));
    }

    private async Task MarkTroublesAsync(PortalDb db, IReadOnlyList<DeliveryOutcome> back, DateTime now)
    {
        var troubles = back.Where(b => b.How is not DeliveryOutcome.Kind.Sent).ToList();
        if (troubles.Count == 0)
            return;

        // Whoever claimed it since, after our lease ran out, has the last word.
        var ids = troubles.ConvertAll(t => t.Delivery.Id);
        var rows = await db.Deliveries.Where(d => ids.Contains(d.Id) && d.Holder == holder).ToDictionaryAsync(d => d.Id);
        foreach (var trouble in troubles.Where(t => rows.ContainsKey(t.Delivery.Id)))
        {
            trouble.Mark(rows[trouble.Delivery.Id], now);
            db.Add(trouble.Attempt());
        }

        await SuppressAsync(db, troubles, now);
        await db.SaveChangesAsync();
    }

    private static async Task LiftAsync(PortalDb db, List<string> addresses)
    {
        if (addresses.Count > 0)
            await db.MailSuppressions.Where(s => addresses.Contains(s.Address) && !s.IsComplaint).ExecuteDeleteAsync();
    }

    private static async Task SuppressAsync(PortalDb db, IReadOnlyList<DeliveryOutcome> back, DateTime now)
    {
        var addresses = Addresses(back, b => b.Suppresses);
        if (addresses.Count == 0)
            return;
        var known = await db.MailSuppressions.Where(s => addresses.Contains(s.Address)).Select(s => s.Address).ToListAsync();
        foreach (var address in addresses.Except(known))
        {
            var reason = back.First(b => b.Suppresses && MailSuppression.Of(b.Delivery.Recipient) == address).Words!;
            db.Add(new MailSuppression { Address = address, Reason = reason[..Math.Min(reason.Length, 300)], Since = now });
        }
    }

    private static List<string> Addresses(IReadOnlyList<DeliveryOutcome> back, Func<DeliveryOutcome, bool> which) =>
        [.. back.Where(which).Select(b => MailSuppression.Of(b.Delivery.Recipient)).Distinct()];
}
