using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Seed;
using Portal.Benchmarks.Webhooks;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Soak;

/// <summary>
/// Kills the portal itself while providers tell it of messages: signed webhooks over HTTP, with what really becomes of them, which is a report on each
/// message and an address that gets no more mail.
/// </summary>
internal static class InboxHostPhase
{
    private const string AsFarAlready = "Message was as far already.";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(int kills, Random chance, Report report)
    {
        using var data = new TempFolder();
        using var signer = await WebhookSigner.ForAsync(data.Path);
        var (teller, waited) = (new MessageTeller(signer), 0L);
        for (var kill = 0; kill < kills; kill++)
        {
            using var stop = new CancellationTokenSource();
            Task telling;
            await using (var host = await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, signer.Settings))
            {
                telling = teller.TellAsync(host.Url, stop.Token);
                await Task.Delay(chance.Next(100, 2_500));
            }

            await stop.CancelAsync();
            await telling;
            waited += Waiting(data);
        }

        await using (await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, signer.Settings))
            await HandledAsync(data);
        report.Line($"{kills} kills of the portal, {teller.Told.Count} webhooks of messages acknowledged before a kill, {waited} waited to be handled when it came");
        await CheckAsync(data, [.. teller.Told], waited, report);
    }

    private static long Waiting(TempFolder data) => InboxCount.Of(data, "State = 'Waiting'");

    private static async Task HandledAsync(TempFolder data)
    {
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < Patience; await Task.Delay(100))
        {
            if (Waiting(data) == 0)
                return;
        }
    }

    private static async Task CheckAsync(TempFolder data, HashSet<string> told, long waited, Report report)
    {
        await using var house = await House.OpenAsync(data.Path);
        await using var db = house.Open();
        var rows = await db.Inbox.AsNoTracking().Where(r => !r.EventId.Contains("demo")).Select(r => new { r.Provider, r.EventId, r.Type, r.State, r.Note }).ToListAsync();
        var reports = (await db.DeliveryReports.AsNoTracking().Select(r => new { r.Channel, r.Receipt, r.Status }).ToListAsync()).ToDictionary(r => (r.Channel, r.Receipt), r => r.Status);
        var closed = (await db.MailSuppressions.AsNoTracking().Select(s => s.Address).ToListAsync()).ToHashSet();
        report.Judge(Goal.AtLeast("R3", "webhooks of messages acknowledged, so that the kills hit work", 10, ""), new(told.Count, told.Count, told.Count));
        report.Judge(Goal.AtLeast("R3", "webhooks that waited at a kill, so that it came between storing and handling", 1, ""), new(waited, waited, waited));
        Zero(report, "acknowledged webhooks of messages that are lost", told.Except(rows.Select(r => r.EventId)).Count());
        Zero(report, "webhooks of messages that were never handled", rows.Count(r => r.State is not InboxState.Handled));

        // Of each message one thing is told. Who finds it done already has done it before, and not marked it in the same commit.
        Zero(report, "webhooks of messages that were handled twice", rows.Count(r => r.Note == AsFarAlready));
        Zero(report, "messages that are not as far as was told", rows.Count(r => reports.GetValueOrDefault(MessageOf(r.Provider, r.EventId), ReportStatus.Queued) != (r.Type is "bounce" ? ReportStatus.Bounced : ReportStatus.Delivered)));
        Zero(report, "reports of nothing that was told", reports.Keys.Count(k => Number(k.Receipt) > MessageTeller.First) - rows.Count);
        Zero(report, "addresses that a mail came back from and that are open", rows.Count(r => r.Type is "bounce" && !closed.Contains(WebhookDraft.Address(Number(r.EventId)))));
    }

    private static int Number(string id) => int.TryParse(string.Concat(id.Split(':')[0].Where(char.IsAsciiDigit)), out var number) && number < 2 * MessageTeller.First ? number : 0;

    private static (string Channel, string Receipt) MessageOf(string provider, string eventId) => provider switch
    {
        "sendgrid" => ("email", $"m{Number(eventId)}"),
        "resend" => ("email", $"e{Number(eventId)}"),
        "twilio" => ("sms", eventId.Split(':')[0]),
        _ => ("whatsapp", eventId.Split(':')[0]),
    };

    private static void Zero(Report report, string what, int count) => report.Judge(Goal.AtMost("R3", what, 0, ""), new(count, count, count));
}
