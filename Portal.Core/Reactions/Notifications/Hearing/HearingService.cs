using System.Globalization;

namespace Portal.Core.Reactions.Notifications;

/// <summary>
/// A person chooses what they hear of, how and when; of what can never reach them they are not asked. Saying the same again changes nothing.
/// </summary>
public sealed class HearingService(Database database, IEnumerable<IChannel> channels, TimeProvider time)
{
    private const int MostTries = 10;
    private const string Clock = "HH:mm";

    public async Task<HearingView> GetAsync(Actor actor, CancellationToken ct = default)
    {
        await using var db = NotificationQueries.Open(database, actor);
        var (me, rows) = (actor.UserId, await HearingRows.LoadAsync(db, actor.UserId, ct));
        var zone = await db.Users.Where(u => u.Id == me).Select(u => u.ZoneId).SingleAsync(ct);
        var numbers = await db.VerifiedNumbers.Where(n => n.UserId == me).Select(n => n.Channel).ToListAsync(ct);
        var ready = await channels.ReadyAsync(ct);
        var reach = numbers.Select(n => Input.Name(n.ToString())).Where(ready.Contains).Append(ChannelNames.InApp).Append(MailSuppression.Channel).ToList();
        var s = rows.Settings;
        return new(
            s.Version, s.QuietFrom?.ToString(Clock, CultureInfo.InvariantCulture), s.QuietTo?.ToString(Clock, CultureInfo.InvariantCulture), Zone.OfOrUtc(zone).Id, s.Digest, s.DigestHour, s.IsEmailPaused,
            [.. ChannelNames.All.Select(c => c.Name).Where(reach.Contains)],
            [.. NotificationRules.For(actor).Select(type => TypeHearing.Make(type, rows.Standard(type), rows.Now(type)))]);
    }

    /// <summary>The whole of it, with the version it was read with.</summary>
    public async Task SaveAsync(Actor actor, ChangeHearing input, CancellationToken ct = default)
    {
        Input.Check(input);
        var offered = NotificationRules.For(actor);
        ChannelChoices.CheckNames(input.Types, offered);
        var (from, to) = (Time(input.QuietFrom), Time(input.QuietTo));
        if ((from is null) != (to is null) || (from is not null && from == to))
            throw new Invalid(from is null ? "quiet_from" : "quiet_to", "Say from when until when, two different times; or leave both empty.");
        await using var db = NotificationQueries.Open(database, actor);
        var rows = await HearingRows.LoadAsync(db, actor.UserId, ct);
        Change(rows, input, from, to);
        foreach (var type in input.Types is null ? [] : offered)
        {
            foreach (var (channel, _) in ChannelNames.All)
                rows.Choose(type, channel, input.Types!.GetValueOrDefault(type.Key)?[channel]);
        }

        if (rows.Changed.Length > 0 && rows.Settings.Version != input.Version)
            throw new Conflict("changed", "You changed this somewhere else in the meantime. Load it again.");
        if (rows.IsOther("quiet_hours", "digest", "digest_hour"))
            await DueAnewAsync(db, rows.Settings, ct);
        await rows.SaveAsync(new HearingChanged(actor.UserId, rows.Changed), ct);
    }

    /// <summary>One channel of one type, whatever else is changed at the same time.</summary>
    public async Task ChooseAsync(Actor actor, ChooseChannel input, CancellationToken ct = default)
    {
        Input.Check(input);
        var type = NotificationRules.For(actor).FirstOrDefault(t => t.Key == input.Type) ?? throw new NotFound("type");
        if (ChannelNames.All.All(c => c.Channel != input.Channel))
            throw new Invalid("channel", "Choose one channel.");
        await AgainAsync(async () =>
        {
            await using var db = NotificationQueries.Open(database, actor);
            var rows = await HearingRows.LoadAsync(db, actor.UserId, ct);
            rows.Choose(type, input.Channel, input.On);
            await rows.SaveAsync(new HearingChanged(actor.UserId, rows.Changed), ct);
        });
    }

    /// <summary>Once more on what is there now, when someone else was first and it does not matter.</summary>
    internal static async Task AgainAsync(Func<Task> change)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                await change();
                return;
            }
            catch (Conflict) when (tries < MostTries)
            {
                // They were first.
            }
        }
    }

    private static void Change(HearingRows rows, ChangeHearing input, TimeOnly? from, TimeOnly? to)
    {
        var s = rows.Settings;
        rows.Change("quiet_hours", (s.QuietFrom, s.QuietTo) != (from, to), () => (s.QuietFrom, s.QuietTo) = (from, to));
        rows.Change("digest", s.Digest != input.Digest, () => s.Digest = input.Digest);
        rows.Change("digest_hour", s.DigestHour != input.DigestHour, () => s.DigestHour = input.DigestHour);
        rows.Change("email_paused", s.IsEmailPaused != input.EmailPaused, () => s.IsEmailPaused = input.EmailPaused);
    }

    /// <summary>What waits for a digest waits for the one that they want now.</summary>
    private async Task DueAnewAsync(PortalDb db, HearingSettings settings, CancellationToken ct)
    {
        var (me, now) = (settings.UserId, time.Now());
        var waiting = await db.DigestItems.Where(i => i.UserId == me && i.DueAt != null).ToListAsync(ct);
        if (waiting.Count == 0)
            return;
        var zone = Zone.OfOrUtc(await db.Users.Where(u => u.Id == me).Select(u => u.ZoneId).SingleAsync(ct));
        foreach (var item in waiting)
            item.DueAt = settings.NextDigest(now, zone);
    }

    private static TimeOnly? Time(string? clock) => clock is null ? null : TimeOnly.ParseExact(clock, Clock, CultureInfo.InvariantCulture);
}
