namespace Portal.Core.Domains.People;

/// <summary>Numbers by which a person hears: each counts once a code that was sent there has come back, and can be taken back at once.</summary>
public sealed class OwnNumbers(Database database, Lane lane, OneTimeCodes codes, RateLimits limits, IEnumerable<IChannel> channels, TimeProvider time)
{
    /// <summary>Each code costs the agency something.</summary>
    public static readonly RateLimit Asked = new("number-code", 10, TimeSpan.FromHours(1));

    public async Task<IReadOnlyList<OwnNumber>> ListAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = Open(actor);
        var (me, now) = (actor.UserId, time.Now());
        var numbers = await db.VerifiedNumbers.AsNoTracking().Where(n => n.UserId == me).ToDictionaryAsync(n => n.Channel, ct);
        var list = new List<OwnNumber>();
        foreach (var channel in await OfferedAsync(ct))
        {
            var (known, pending) = (numbers.GetValueOrDefault(channel), await PendingAsync(db, me, channel, ct));
            list.Add(new(channel, known?.Number, known?.VerifiedAt, pending?.IsGood(now) is true ? pending.Email : null));
        }

        return list;
    }

    public async Task StartAsync(Actor actor, AddNumber input, CancellationToken ct = default)
    {
        Input.Check(input);
        await using var db = Open(actor);
        if (!(await OfferedAsync(ct)).Contains(input.Channel))
            throw new RuleBroken("channel_not_set_up", "The agency does not write this way yet.");
        if (await limits.TakeAsync(Asked, $"user {actor.UserId}", ct: ct) is { Allowed: false } verdict)
            throw new TooOften(verdict.RetryAfter, $"That was too often. Try again in {Math.Ceiling(verdict.RetryAfter.TotalMinutes)} minutes.");
        await codes.CountAsync(input.Number, $"user {actor.UserId}", ct);
        codes.Text(db, actor.UserId, PurposeOf(input.Channel), input.Channel, input.Number);
        await db.SaveChangesAsync(ct);
    }

    public async Task ConfirmAsync(Actor actor, ConfirmNumber input, CancellationToken ct = default)
    {
        Input.Check(input);
        Need(actor);

        // A wrong code costs a try, which must be saved: so it is an outcome and no exception.
        var isRight = await lane.RunAsync(Actor.InNameOf(actor), Can.KeepHouse, async db =>
        {
            var code = await PendingAsync(db, actor.UserId, input.Channel, ct);
            if (!codes.Try(code, input.Code))
                return false;
            await KeepAsync(db, actor.UserId, input.Channel, code!.Email, ct);
            return true;
        }, ct);
        if (!isRight)
            throw OneTimeCodes.Wrong();
    }

    /// <summary>From this moment nothing goes there, not even what waits already.</summary>
    public Task WithdrawAsync(Actor actor, PhoneChannel channel, CancellationToken ct = default)
    {
        Need(actor);
        return lane.RunAsync(Actor.InNameOf(actor), Can.KeepHouse, async db =>
        {
            var (me, purpose, now) = (actor.UserId, PurposeOf(channel), time.Now());
            await db.OneTimeCodes.Where(c => c.UserId == me && c.Purpose == purpose && c.UsedAt == null).ExecuteUpdateAsync(c => c.SetProperty(x => x.UsedAt, now), ct);
            if (await db.VerifiedNumbers.SingleOrDefaultAsync(n => n.UserId == me && n.Channel == channel, ct) is not { } known)
                return;
            db.Remove(known);
            await StopAsync(db, me, channel, now, ct);
            if (channel is PhoneChannel.Whatsapp)
                await WishAsync(db, me, false, ct);
            db.Record(new NumberWithdrawn(me, channel));
        }, ct);
    }

    /// <summary>A channel that nobody sends by would only pile up.</summary>
    private async Task<List<PhoneChannel>> OfferedAsync(CancellationToken ct)
    {
        var ready = await channels.ReadyAsync(ct);
        return [.. Enum.GetValues<PhoneChannel>().Where(c => ready.Contains(Input.Name(c.ToString())))];
    }

    private async Task KeepAsync(PortalDb db, long userId, PhoneChannel channel, string number, CancellationToken ct)
    {
        if (await db.VerifiedNumbers.SingleOrDefaultAsync(n => n.UserId == userId && n.Channel == channel, ct) is { } known)
            (known.Number, known.VerifiedAt) = (number, time.Now());
        else
            db.Add(new VerifiedNumber { UserId = userId, Channel = channel, Number = number, VerifiedAt = time.Now() });
        if (channel is PhoneChannel.Whatsapp)
            await WishAsync(db, userId, true, ct);
        db.Record(new NumberConfirmed(userId, channel));
    }

    // The same wish as on their profile.
    private static async Task WishAsync(PortalDb db, long userId, bool wanted, CancellationToken ct)
    {
        var user = await db.Users.SingleAsync(u => u.Id == userId, ct);
        user.WhatsAppNotifications = wanted;
        user.Touch();
    }

    private static async Task StopAsync(PortalDb db, long userId, PhoneChannel channel, DateTime now, CancellationToken ct)
    {
        var name = Input.Name(channel.ToString());
        foreach (var message in await db.Deliveries.Where(d => d.Channel == name && d.UserId == userId && d.Status == DeliveryStatus.Waiting).ToListAsync(ct))
            message.NotNeeded("They took back that we may write to this number.", now);
    }

    private static Task<OneTimeCode?> PendingAsync(PortalDb db, long userId, PhoneChannel channel, CancellationToken ct)
    {
        var purpose = PurposeOf(channel);
        return db.OneTimeCodes.Where(c => c.UserId == userId && c.Purpose == purpose).OrderByDescending(c => c.Id).FirstOrDefaultAsync(ct);
    }

    private static CodePurpose PurposeOf(PhoneChannel channel) => channel is PhoneChannel.Sms ? CodePurpose.Sms : CodePurpose.Whatsapp;

    private PortalDb Open(Actor actor)
    {
        Need(actor);
        return database.Open(actor, Can.SeeSelf);
    }

    /// <summary>One's own: closed while an admin looks at a client's portal.</summary>
    private static void Need(Actor actor)
    {
        if (actor.Viewing is not null || !actor.May(Can.SeeSelf))
            throw new Forbidden(Can.SeeSelf);
    }
}
