using System.Text.RegularExpressions;
using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Seed;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Webhooks;

/// <summary>R1: one signed event again and again from sixteen connections, half of it after a restart, while the host handles what comes.</summary>
internal static partial class ReplayPhase
{
    private const string Promise = "R1";
    private const string Token = "metrics-of-the-benchmark";
    private const int Connections = 16;
    private const int Number = 2_000_000_007; // of no other phase
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task RunAsync(int replays, TempFolder data, Report report)
    {
        using var signer = await WebhookSigner.ForAsync(data.Path);
        var settings = new Dictionary<string, string>(signer.Settings) { ["Portal__MetricsToken"] = Token };
        var request = WebhookDraft.Bounce(Number).Signed(signer, TimeProvider.System.GetUtcNow()).ToRequest().ToBytes(visit: null);
        var (sent, refused, handled) = (0, 0, 0);
        for (var half = 0; half < 2; half++)
        {
            await using var portal = await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, settings);
            var statuses = await SendAsync(portal.Url, request, half == 0 ? replays / 2 : replays - (replays / 2));
            (sent, refused) = (sent + statuses.Count, refused + statuses.Count(s => s != 200));
            await HandledAsync(data);
            handled += await TimesHandledAsync(portal);
        }

        report.Line($"one event {sent} times over {Connections} connections and a restart");
        Judge(report, "answers that are not 200", refused, 0);
        await JudgeAsync(data, handled, report);
    }

    private static async Task<List<int>> SendAsync(Uri url, byte[] request, int count)
    {
        var sockets = await Task.WhenAll(Enumerable.Range(0, Connections).Select(_ => WebhookLoad.ConnectAsync(url)));
        var statuses = await Task.WhenAll(sockets.Select((socket, i) => Task.Run(() => WebhookLoad.TalkAsync(socket, [.. Enumerable.Repeat(request, (count + i) / Connections)]))));
        return [.. statuses.SelectMany(s => s)];
    }

    private static async Task HandledAsync(TempFolder data)
    {
        for (var began = TimeProvider.System.GetTimestamp(); TimeProvider.System.GetElapsedTime(began) < Patience; await Task.Delay(100))
        {
            if (InboxCount.Of(data, $"EventId = 'sg-{Number}' AND State = 'Handled'") > 0)
                return;
        }

        throw new BenchmarkException("The event was not handled.");
    }

    /// <summary>The host counts what it has handled; of the demo nothing waits.</summary>
    private static async Task<int> TimesHandledAsync(HostProcess portal)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/metrics") { Headers = { { "Authorization", $"Bearer {Token}" } } };
        using var answer = await portal.Client.SendAsync(request);
        return Handled().Matches(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync())
            .Where(m => m.Value.Contains("sendgrid", StringComparison.Ordinal)).Sum(m => int.Parse(m.Groups[1].ValueSpan, System.Globalization.CultureInfo.InvariantCulture));
    }

    private static async Task JudgeAsync(TempFolder data, int handled, Report report)
    {
        await using var house = await House.OpenAsync(data.Path);
        await using var db = house.Open();
        var (receipt, address) = ($"m{Number}", WebhookDraft.Address(Number));
        Judge(report, "rows of one event", await db.Inbox.CountAsync(r => r.EventId == $"sg-{Number}"), 1);
        Judge(report, "times it was handled", handled, 1);
        Judge(report, "reports that it has left", await db.DeliveryReports.CountAsync(r => r.Receipt == receipt && r.Status == ReportStatus.Bounced), 1);
        Judge(report, "addresses that it has closed", await db.MailSuppressions.CountAsync(s => s.Address == address), 1);
    }

    /// <summary>Neither more nor less.</summary>
    private static void Judge(Report report, string what, int count, int goal)
    {
        if (count < goal)
            report.Fail(Promise, FormattableString.Invariant($"{what}: {count}, not {goal}"));
        else
            report.Judge(Goal.AtMost(Promise, what, goal, ""), new(count, count, count));
    }

    [GeneratedRegex(@"^portal_inbox_handled_total\{[^}]*\} (\d+)", RegexOptions.Multiline)]
    private static partial Regex Handled();
}
