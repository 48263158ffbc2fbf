using System.Diagnostics;
using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Odd;
using Portal.Benchmarks.Startup;
using Portal.Benchmarks.Swarm;
using Portal.Core.Foundation;
using Portal.Core.Reactions.Notifications;

namespace Portal.Benchmarks.Toasts;

/// <summary>From what happens until it stands on a person's screen, in a real browser, while many others have the portal open.</summary>
internal static class ToastsVerb
{
    private const string Person = "owner@acme.local";
    private static readonly Goal Seen = Goal.AtMost("live", "p95 from an event to its toast", 1000, " ms");

    public static async Task RunAsync(Options options, Report report)
    {
        var (circuits, rounds) = (options.Number("circuits", 200), options.Number("rounds", 60));
        using var data = new TempFolder();
        await using var host = await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, OddVerb.Settings(hasLimits: false));
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = host.Url };

        // Half of them are the person themselves, who has it open on every desk, and hear all that is raised.
        var (owner, viewer) = (await Visit.BeginAsync(client, Person), await Visit.BeginAsync(client, "viewer@acme.local"));
        using var same = await OpenAsync(host.Url, owner, circuits / 2);
        using var others = await OpenAsync(host.Url, viewer, circuits - (circuits / 2));
        report.Line($"{circuits} pages open: {same.Opening}");

        await using var chromium = await Chromium.LaunchAsync();
        await using var screen = await chromium.WatchToastsAsync(new(host.Url, "/dashboard/client"), owner.Cookies);
        var database = new Database(new SqliteProvider($"Data Source={Path.Combine(data.Path, "portal.db")};Default Timeout=5"), TimeProvider.System);
        var millis = await MeasureAsync(database, screen, owner.Ids[0], rounds);
        same.DemandAllOpen();
        others.DemandAllOpen();

        var seen = new Latencies(millis);
        var p95 = Median.Percentile(millis, 0.95);
        report.Line($"event to toast, {rounds} times: median {seen.Median:0} ms, p95 {p95:0} ms, slowest {millis.Max():0} ms");
        report.Judge(Seen, new(p95, millis.Min(), millis.Max()));
    }

    private static async Task<Crowd> OpenAsync(Uri site, Visit visit, int count)
    {
        using var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = site };
        client.DefaultRequestHeaders.Add("Cookie", visit.Cookies);
        return await Crowd.OpenAsync(client, "/dashboard/client", count);
    }

    /// <summary>Each begins when the event is being recorded, at another moment of the relay's round.</summary>
    private static async Task<List<double>> MeasureAsync(Database database, ToastScreen screen, long person, int rounds)
    {
        var (millis, chance) = (new List<double>(), new Random(17));
        for (var round = 0; round < rounds; round++)
        {
            await Task.Delay(400 + chance.Next(400));
            var type = NotificationTypes.All[round % NotificationTypes.All.Count];
            var shown = screen.NextAsync();
            var began = Stopwatch.GetTimestamp();
            await using (var db = database.Open(Actor.System("bench"), Can.KeepHouse))
            {
                db.Record(new SampleRaised(person, type.Key));
                await db.SaveChangesAsync();
            }

            await shown;
            millis.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            await screen.ClearAsync();
        }

        return millis;
    }
}
