namespace Portal.Core.Reactions.Notifications;

/// <summary>What has left the demo's portal lately, and what has not: a few messages of each state. None is due before some hours have passed.</summary>
public sealed class DeliveriesDemo(Database database, TimeProvider time)
{
    private const string Busy = "The mail server asks to come back later: 451 4.7.1 Greylisted, try again in 300 seconds";
    private const string Unknown = "The mail server refused it: 550 5.1.1 <accounts@harbourlights.example>: Recipient address rejected: User unknown";

    private static readonly (string To, string Title)[] Sent =
    [
        ("owner@acme.local", "Tendai Moyo now looks after Acme Jewellers"),
        ("owner@globex.local", "Your organisation can begin"),
        ("marketing@portal.local", "You look after Acme Jewellers"),
        ("admin@portal.local", "Sunbird Telecoms has registered"),
        ("viewer@acme.local", "Your sign-in is paused for 15 minutes"),
        ("owner@acme.local", "Rudo Chikore has joined your team"),
    ];

    public async Task SeedAsync(CancellationToken ct = default)
    {
        await using var db = database.Open(Actor.System("demo"), Can.KeepHouse);
        if (await db.Deliveries.AnyAsync(ct))
            return;
        var (now, acme) = (time.Now(), await db.Clients.Where(c => c.Name == "Acme Jewellers").Select(c => (long?)c.Id).SingleOrDefaultAsync(ct));
        var cause = await db.Events.Where(e => e.ClientId == acme).OrderByDescending(e => e.Id).Select(e => (long?)e.Id).FirstOrDefaultAsync(ct);
        var people = await db.Users.Where(u => u.Email != null).ToDictionaryAsync(u => u.Email!, u => (long?)u.Id, ct);
        foreach (var ((to, title), place) in Sent.Select((s, place) => (s, place)))
        {
            var at = now.AddHours(-31 * (Sent.Length - place));
            var message = New(place, to, title, at, place is 0 or 5 ? acme : null, place is 0 ? cause : null, people.GetValueOrDefault(to));
            message.Tried(at.AddSeconds(1), TimeSpan.FromMilliseconds(180 + (place * 37)), HostName.Own);
            message.Sent("250 2.0.0 Ok: queued", at.AddSeconds(1.2));
            db.Add(message);
        }

        var troubled = Troubled(now, acme);
        db.AddRange(troubled);
        db.Add(new MailSuppression { Address = "accounts@harbourlights.example", Reason = "550 5.1.1 User unknown", Since = now.AddDays(-3) });
        await db.SaveChangesAsync(ct);
        foreach (var message in troubled.Where(m => m.Trouble is not null))
            db.AddRange(Attempts(message));
        await db.SaveChangesAsync(ct);
    }

    private static List<Delivery> Troubled(DateTime now, long? acme)
    {
        var refused = New(20, "accounts@harbourlights.example", "Your campaign has ended", now.AddDays(-3), acme, null);
        refused.Tried(now.AddDays(-3), TimeSpan.FromMilliseconds(410), HostName.Own);
        refused.Refused(Unknown, now.AddDays(-3));
        var dead = New(21, "office@slowmail.example", "Invoice INV-2026-0042 is due", now.AddDays(-6), null, null).From(now.AddDays(-6));
        for (var tries = 0; !dead.IsGivenUp; tries++)
            dead.Failed(Busy, now.AddDays(-6).AddHours(tries * 5));
        var again = New(22, "owner@greylist.example", "A message from Tendai Moyo", now.AddHours(-2), acme, null).From(now.AddHours(-2));
        again.Failed(Busy, now.AddHours(-2));
        again.Failed(Busy, now.AddHours(-1));
        again.From(now.AddHours(4));
        var stopped = New(23, "old.address@whitby.example", "Your website demo is ready", now.AddDays(-1), null, null).From(now.AddDays(-1));
        stopped.Failed("The mail server could not be reached: TimedOut.", now.AddDays(-1));
        stopped.Stop();
        return [refused, dead, again, stopped, New(24, "owner@globex.local", "Your week at a glance", now.AddHours(-1), null, null).From(now.AddHours(9))];
    }

    private static IEnumerable<DeliveryAttempt> Attempts(Delivery message) => Enumerable.Range(0, message.Tries).Select(n => new DeliveryAttempt
    {
        DeliveryId = message.Id,
        ClientId = message.ClientId,
        At = message.CreatedAt.AddHours(n * (message.Tries > 2 ? 5 : 1)),
        TookMs = 240 + (n * 61),
        Outcome = message.Tries == 1 && message.Status is DeliveryStatus.Dead ? AttemptOutcome.RefusedForGood : AttemptOutcome.Failed,
        Words = message.Trouble!,
        Host = HostName.Own,
    });

    private static Delivery New(int number, string to, string title, DateTime at, long? client, long? cause, long? person = null) => new()
    {
        Key = FormattableString.Invariant($"demo:{number}"),
        Channel = MailSuppression.Channel,
        Recipient = to,
        Title = title,
        Body = $"Hello,\n\n{title}. You find everything in the portal.\n\nYour agency\n",
        ClientId = client,
        EventId = cause,
        UserId = person,
        CreatedAt = at,
    };
}
