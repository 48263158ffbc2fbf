using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations.Webhooks;

/// <summary>What is told of a message, in every order there is: as each provider sends it, through inbox and pump.</summary>
public sealed class EveryOrderTests : IAsyncLifetime
{
    // The place of a message's own number. Twilio says no time: what it tells of happened when it was told.
    private static readonly Dictionary<string, (string Provider, bool HasClock, ReportStatus End, string? Trouble, string[] Told)> Channels = new()
    {
        ["SMS by Twilio"] = ("twilio", false, ReportStatus.Delivered, null,
            ["MessageSid=SM#&MessageStatus=queued", "MessageSid=SM#&MessageStatus=sent", "MessageSid=SM#&MessageStatus=delivered", "MessageSid=SM#&MessageStatus=undelivered&ErrorCode=30003", "MessageSid=SM#&MessageStatus=failed&ErrorCode=30008"]),
        ["SMS that failed"] = ("twilio", false, ReportStatus.Failed, "Error 30003",
            ["MessageSid=SM#&MessageStatus=accepted", "MessageSid=SM#&MessageStatus=queued", "MessageSid=SM#&MessageStatus=sending", "MessageSid=SM#&MessageStatus=sent", "MessageSid=SM#&MessageStatus=undelivered&ErrorCode=30003"]),
        ["WhatsApp by Twilio"] = ("twilio", false, ReportStatus.Read, null,
            ["MessageSid=SM#&To=whatsapp%3A%2B1&MessageStatus=sent", "MessageSid=SM#&To=whatsapp%3A%2B1&MessageStatus=delivered", "MessageSid=SM#&To=whatsapp%3A%2B1&MessageStatus=read", "MessageSid=SM#&To=whatsapp%3A%2B1&MessageStatus=failed&ErrorCode=63016"]),
        ["WhatsApp"] = ("whatsapp", true, ReportStatus.Read, null,
            [Meta("sent", 100), Meta("delivered", 110), Meta("read", 120), Meta("failed", 105, ""","errors":[{"code":131050,"title":"Opted out"}]"""), Meta("played", 130)]),
        ["E-mail by SendGrid"] = ("sendgrid", true, ReportStatus.Bounced, "no such user",
            [Sendgrid("processed", 100), Sendgrid("delivered", 110), Sendgrid("open", 120), Sendgrid("bounce", 105, ""","type":"blocked","reason":"full" """), Sendgrid("bounce", 115, ""","reason":"no such user" """)]),
        ["E-mail by SendGrid that somebody complained of"] = ("sendgrid", true, ReportStatus.Complained, null,
            [Sendgrid("deferred", 90), Sendgrid("delivered", 110), Sendgrid("open", 120), Sendgrid("bounce", 115, ""","reason":"no such user" """), Sendgrid("spamreport", 125)]),
        ["E-mail by Resend"] = ("resend", true, ReportStatus.Bounced, "No.",
            [Resend("sent", 10), Resend("delivered", 11), Resend("opened", 12), Resend("failed", 13, ""","failed":{"reason":"quota"}"""), Resend("bounced", 14, ""","bounce":{"type":"Permanent","message":"No."}""")]),
    };

    private TestDatabase house = null!;

    public static TheoryData<string, bool> Ways => [.. Channels.Keys.SelectMany(c => new[] { (c, false), (c, true) })];

    public async ValueTask InitializeAsync() => house = await TestDatabase.NewAsync();

    public ValueTask DisposeAsync() => house.DisposeAsync();

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task In_every_order_there_is_the_end_is_the_same(string channel, bool atOnce)
    {
        var (provider, hasClock, end, trouble, told) = Channels[channel];
        var orders = Orders(told.Length).ToList();
        Assert.Equal(Enumerable.Range(1, told.Length).Aggregate((a, b) => a * b), orders.Distinct(StringComparer.Ordinal).Count());
        var (seal, handlers) = (new InboxSeal(house.Box), new InboxHandlers([new MessageStatusHandler(house.Clock)]));
        await using var intake = new InboxIntake(house.Lane, seal, handlers, house.Clock);
        var pump = new InboxPump(house.Database, house.Lane, seal, handlers, house.Clock, NullLogger<InboxPump>.Instance);

        // One of each message, then the next of each: so that all orders are gone through in a few runs.
        for (var step = 0; step < told.Length; step++)
        {
            Assert.Equal(orders.Count, await intake.StoreAsync(provider, [.. orders.SelectMany((order, message) => Read(provider, told[order[step] - '0'], message, $"{message}:{step}"))], Ct));
            if (!atOnce || step == told.Length - 1)
                await pump.RunAsync(Ct);
            house.Clock.Forward(TimeSpan.FromSeconds(7));
        }

        await using var db = house.Open();
        var reports = await db.DeliveryReports.ToListAsync(Ct);
        Assert.Equal(orders.Count, reports.Count);
        var times = Assert.Single(reports.Select(r => hasClock ? (r.At, r.DeliveredAt, r.ReadAt) : default).Distinct());
        Assert.Equal(hasClock, times.DeliveredAt is not null);
        Assert.All(reports, r => Assert.Equal((end, trouble ?? r.Trouble), (r.Status, r.Trouble)));
        Assert.Single(reports.Select(r => r.Trouble).Distinct());
        Assert.All(await db.Inbox.Select(r => r.State).ToListAsync(Ct), s => Assert.Equal(InboxState.Handled, s));
        var closed = await db.MailSuppressions.Select(s => new { s.Address, s.Reason, s.IsComplaint }).ToListAsync(Ct);
        Assert.Equal(end is ReportStatus.Bounced or ReportStatus.Complained ? orders.Count : 0, closed.Select(s => s.Address).Distinct().Count());
        Assert.True(closed.Select(s => (s.Reason, s.IsComplaint)).Distinct().Count() <= 1);
    }

    private static IReadOnlyList<InboxArrival> Read(string provider, string told, int message, string id)
    {
        var body = Encoding.UTF8.GetBytes(told.Replace("#", $"{message}", StringComparison.Ordinal).Replace("§", id, StringComparison.Ordinal));
        var request = new WebhookRequest("", name => name is "svix-id" ? id : name is "Content-Type" && provider is "twilio" ? "application/x-www-form-urlencoded" : null, body);
        return WebhookVector.Sources.Single(s => s.Name == provider).Read(request);
    }

    /// <summary>Every way to put that many things in a row, each as the digits of its places.</summary>
    private static IEnumerable<string> Orders(int count) => count == 0 ? [""] : Orders(count - 1).SelectMany(order => Enumerable.Range(0, count).Select(at => order.Insert(at, $"{count - 1}")));

    private static string Meta(string status, int at, string more = "") =>
        $$$"""{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[{"field":"messages","value":{"statuses":[{"id":"wamid.#","status":"{{{status}}}","timestamp":"{{{at}}}"{{{more}}}}]} }]}]}""";

    private static string Sendgrid(string happened, int at, string more = "") =>
        $$"""[{"sg_event_id":"§","event":"{{happened}}","sg_message_id":"m#.filter1","email":"a#@example.com","timestamp":{{at}}{{more}}}]""";

    private static string Resend(string happened, int minute, string more = "") =>
        $$$"""{"type":"email.{{{happened}}}","created_at":"2026-01-01T10:{{{minute}}}:00Z","data":{"email_id":"e#","to":["a#@example.com"]{{{more}}}} }""";
}
