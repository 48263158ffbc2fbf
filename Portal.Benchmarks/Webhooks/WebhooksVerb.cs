using System.Globalization;
using Portal.Benchmarks.Frame;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Webhooks;

/// <summary>Webhooks over HTTP: verified, deduplicated and durable, against an endpoint that only checks the signature and one that does the same with EF. Then one event many times, and many spoilt ones.</summary>
internal static class WebhooksVerb
{
    private const string Path = "/webhooks/stripe";

    private static readonly Dictionary<string, string> Settings = new()
    {
        ["STRIPE_SECRET_KEY"] = "sk_test_x",
        ["STRIPE_WEBHOOK_SECRET"] = WebhookFloor.Secret,
    };

    public static async Task RunAsync(Options options, Report report)
    {
        var (rounds, connections, requests) = (options.Number("rounds", 5), options.Number("connections", 128), options.Number("requests", 20_000));
        using var data = new TempFolder();
        using var floorData = new TempFolder();
        await using (var portal = await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, Settings))
        await using (var floor = await HostProcess.StartAsync(WebhookFloor.Site, "/", floorData))
        {
            Task<double> OursAsync() => WebhookLoad.PerSecondAsync(portal.Url, Path, connections, requests);
            Task<double> BareAsync() => WebhookLoad.PerSecondAsync(floor.Url, "/hmac", connections, requests);
            Task<double> EfAsync() => WebhookLoad.PerSecondAsync(floor.Url, "/ef", connections, Math.Max(connections, requests / 10));
            for (var i = 0; i < 3; i++) // until the runtime has compiled for good what runs
                await OursAsync();
            await BareAsync();
            await EfAsync();
            var bare = await Rounds.AlternateAsync(rounds, OursAsync, BareAsync);
            var ef = await Rounds.AlternateAsync(Math.Min(rounds, 3), OursAsync, EfAsync);
            report.Line($"webhooks per second, {connections} connections: ours {Median.Of(bare.Ours):0}, only the HMAC {Median.Of(bare.Floors):0}, EF per request {Median.Of(ef.Floors):0}");
            report.Judge(Goal.AtLeast("W1", "webhooks taken ÷ an endpoint that only checks the HMAC", 0.5, "×"), bare.Ratio);
            report.Judge(Goal.AtLeast("W1", "webhooks taken ÷ EF per request", 25, "×"), ef.Ratio);
            report.Judge(Goal.AtLeast("W2", "webhooks taken per second ÷ WhatsApp's 3,300", 5, "×"), new(Median.Of(bare.Ours) / 3_300, bare.Ours.Min() / 3_300, bare.Ours.Max() / 3_300));
        }

        await ReplayAsync(options.Number("replays", 10_000), data, report);
        await SpoilAsync(options.Number("spoilt", 100_000), options.Number("seed", 1), data, report);
    }

    /// <summary>Half of them before a restart, half after it.</summary>
    private static async Task ReplayAsync(int replays, TempFolder data, Report report)
    {
        var request = WebhookLoad.Request(Path, "evt_replayed");
        for (var half = 0; half < 2; half++)
        {
            await using var portal = await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, Settings);
            var sockets = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => WebhookLoad.ConnectAsync(portal.Url)));
            var statuses = await Task.WhenAll(sockets.Select(s => Task.Run(() => WebhookLoad.TalkAsync(s, [.. Enumerable.Repeat(request, replays / 32)]))));
            Zero(report, "R1", "of one event replayed, answers that are not 200", statuses.SelectMany(s => s).Count(s => s != 200));
        }

        var rows = Count(data, "EventId = 'evt_replayed'");
        report.Judge(Goal.AtMost("R1", $"rows of one event, {replays / 32 * 32} times over 16 connections and a restart", 1, ""), new(rows, rows, rows));
    }

    private static async Task SpoilAsync(int spoilt, int seed, TempFolder data, Report report)
    {
        var before = Count(data, "1 = 1");
        await using (var portal = await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, Settings))
        {
            var statuses = new List<int>();
            await OnceAsync(portal, spoilt / 10, seed, statuses);
            var memory = portal.RssBytes;
            await OnceAsync(portal, spoilt - (spoilt / 10), seed + 1, statuses);
            var grown = (portal.RssBytes - memory) / 1e6;
            report.Line($"{spoilt} spoilt requests of seed {seed}: {string.Join(", ", statuses.GroupBy(s => s).OrderBy(g => g.Key).Select(g => $"{g.Key} {g.Count()}×"))}");
            Zero(report, "R9", "spoilt requests that were answered with 5xx", statuses.Count(s => s >= 500));
            Zero(report, "R9", "spoilt requests that were taken", statuses.Count(s => s < 400));
            report.Judge(Goal.AtMost("R9", "memory grown by nine tenths of them", 100, " MB"), new(grown, grown, grown));
        }

        Zero(report, "R9", "rows that spoilt requests have left", (int)(Count(data, "1 = 1") - before));
    }

    private static async Task OnceAsync(HostProcess portal, int count, int seed, List<int> statuses)
    {
        var all = await Task.WhenAll(Enumerable.Range(0, 16).Select(worker => Task.Run(async () =>
        {
            var chance = new Random((seed * 31) + worker);
            var found = new List<int>();
            for (var i = 0; i < count / 16; i++)
                found.AddRange(await WebhookLoad.TalkAsync(await WebhookLoad.ConnectAsync(portal.Url), [Spoilt(chance)]));
            return found;
        })));
        statuses.AddRange(all.SelectMany(s => s));
    }

    /// <summary>One bit of body or signature, another body, or a signature of something else; still HTTP, so that it reaches us.</summary>
    private static byte[] Spoilt(Random chance)
    {
        var request = WebhookLoad.Request(chance.Next(2) == 0 ? Path : "/services/webhooks/stripe/", "evt_spoilt");
        var body = request.AsSpan().IndexOf("\r\n\r\n"u8) + 4;
        var signature = request.AsSpan().IndexOf("v1="u8) + 3;
        switch (chance.Next(3))
        {
            case 0:
                request[chance.Next(body, request.Length)] ^= (byte)(1 << chance.Next(8));
                break;
            case 1:
                request[chance.Next(signature, signature + 64)] = (byte)"GHIJKLMNOP"[chance.Next(10)];
                break;
            default:
                chance.NextBytes(request.AsSpan(body));
                break;
        }

        return request;
    }

    private static long Count(TempFolder data, string where)
    {
        using var connection = new SqliteProvider($"Data Source={System.IO.Path.Combine(data.Path, "portal.db")};Pooling=False").Connect();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*) FROM Inbox WHERE {where}";
        return Convert.ToInt64(command.ExecuteScalar(), CultureInfo.InvariantCulture);
    }

    private static void Zero(Report report, string promise, string what, int count) => report.Judge(Goal.AtMost(promise, what, 0, ""), new(count, count, count));
}
