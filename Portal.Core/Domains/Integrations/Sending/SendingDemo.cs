namespace Portal.Core.Domains.Integrations;

/// <summary>Messages to look at, of several states: what was sent for Acme and by the agency itself.</summary>
public sealed class SendingDemo(Database database, TimeProvider time)
{
    private static readonly Actor Self = Actor.System("demo");

    public async Task SeedAsync(CancellationToken ct = default)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        if (await db.SentMessages.AnyAsync(ct) || await db.Clients.Where(c => c.Name == "Acme Jewellers").Select(c => (long?)c.Id).SingleOrDefaultAsync(ct) is not { } acme)
            return;
        var admin = await db.Users.Where(u => u.Role == Role.Admin).OrderBy(u => u.Id).Select(u => new Actor(u.Id, u.FullName, u.Role, Array.Empty<Grant>())).FirstAsync(ct);
        Add(db, admin, acme, MessageChannel.Email, "tariro@example.com", "Your ring is ready", "Good news: your ring is ready. Come by whenever it suits you.", 300, ReportStatus.Read);
        Add(db, admin, acme, MessageChannel.Email, "nobody@example.com", "Your ring is ready", "Good news: your ring is ready. Come by whenever it suits you.", 299, ReportStatus.Bounced, "550 5.1.1 No such user");
        Add(db, admin, acme, MessageChannel.Sms, "+263771234567", "", "Acme Jewellers: we are open until 18:00 today.", 120, ReportStatus.Delivered);
        Add(db, admin, acme, MessageChannel.Whatsapp, "+263712345678", "", "Thank you for your visit. Here is the care guide for gold: https://acme.example/care", 60, ReportStatus.Sent);
        Add(db, admin, null, MessageChannel.Email, "partner@example.com", "Our opening hours in December", "We are closed from 24 December to 2 January.", 30, null);
        Add(db, admin, acme, MessageChannel.Sms, "+15005550001", "", "Acme Jewellers: your order has arrived.", 20, null, "Twilio said 400 (21211): The To number is not a valid phone number.");
        await db.SaveChangesAsync(ct);
        var refused = await db.Deliveries.SingleAsync(d => d.Key == Key(20), ct);
        db.Add(new DeliveryAttempt { DeliveryId = refused.Id, ClientId = acme, At = refused.CreatedAt, TookMs = 240, Outcome = AttemptOutcome.RefusedForGood, Words = refused.Trouble!, Host = HostName.Own });
        await db.SaveChangesAsync(ct);
    }

    private static string Key(int minutesAgo) => FormattableString.Invariant($"demo:message:{minutesAgo}");

    private void Add(PortalDb db, Actor by, long? clientId, MessageChannel channel, string to, string subject, string body, int minutesAgo, ReportStatus? heard, string? trouble = null)
    {
        var (at, name, receipt) = (time.Now().AddMinutes(-minutesAgo), Input.Name(channel.ToString()), $"demo-message-{minutesAgo}");
        var delivery = new Delivery { Key = Key(minutesAgo), Kind = DeliveryKind.Message, Channel = name, Recipient = to, Title = subject.Length > 0 ? subject : body, Body = body, ClientId = clientId, CreatedAt = at };
        delivery.Tried(at, TimeSpan.FromMilliseconds(240), HostName.Own);
        if (heard is null && trouble is not null)
            delivery.Refused(trouble, at);
        else
            delivery.Sent(receipt, at.AddSeconds(1));
        db.Add(SentMessage.Of(delivery, new(channel, "demo"), by));
        if (heard is not { } status)
            return;
        var report = new DeliveryReport { Channel = name, Receipt = receipt, Provider = channel switch { MessageChannel.Email => "sendgrid", MessageChannel.Sms => "twilio", _ => "whatsapp" }, HeardAt = at.AddSeconds(4) };
        report.Hear(status, at.AddSeconds(4), trouble);
        db.Add(report);
    }
}
