using System.Text;

namespace Portal.Core.Domains.Integrations;

/// <summary>A few webhooks to look at: one of every state.</summary>
public sealed class WebhooksDemo(Database database, InboxSeal seal, TimeProvider time)
{
    private static readonly Actor Self = Actor.System("demo");

    public async Task SeedAsync(CancellationToken ct = default)
    {
        await using var db = database.Open(Self, Can.KeepHouse);
        if (await db.Inbox.AnyAsync(ct))
            return;
        var now = time.Now();
        Handled(db, "whatsapp", "wamid.demo1:delivered", "status.delivered", """{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"statuses":[{"id":"wamid.demo1","status":"delivered","timestamp":"1750030075","recipient_id":"263771234567"}]}}]}]}""", now.AddMinutes(-50), "Message is delivered.");
        Handled(db, "sendgrid", "demo-event-1", "bounce", """{"email":"nobody@example.com","event":"bounce","sg_event_id":"demo-event-1","sg_message_id":"demo.filter0001","reason":"500 unknown recipient","status":"5.0.0","timestamp":1750030075}""", now.AddMinutes(-42), "Message is bounced.");
        var payment = Add(db, "stripe", "evt_demo_1", "payment_intent.succeeded", """{"id":"evt_demo_1","object":"event","type":"payment_intent.succeeded","data":{"object":{"id":"pi_demo_1","object":"payment_intent","amount":48000,"currency":"usd","receipt_email":"owner@acme.local","client_secret":"pi_demo_1_secret"}}}""", now.AddMinutes(-30));
        payment.Keep();
        var broken = Add(db, "twilio", "SMdemo1:failed", "status.failed", "MessageSid=SMdemo1&MessageStatus=failed&To=%2B263771234567&ErrorCode=30003", now.AddDays(-3));
        while (!broken.IsGivenUp)
            broken.Failed("TimeoutException", now.AddDays(-2));
        await db.SaveChangesAsync(ct);
    }

    private void Handled(PortalDb db, string provider, string id, string type, string body, DateTime at, string note) => Add(db, provider, id, type, body, at).Handled(note, at.AddSeconds(1));

    private InboxRow Add(PortalDb db, string provider, string id, string type, string body, DateTime at)
    {
        var row = new InboxRow { Provider = provider, EventId = id, Type = type, Body = seal.Seal(provider, id, Encoding.UTF8.GetBytes(body)), ReceivedAt = at };
        row.Due();
        return db.Add(row).Entity;
    }
}
