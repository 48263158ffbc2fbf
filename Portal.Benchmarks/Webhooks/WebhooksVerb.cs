using Portal.Benchmarks.Frame;

namespace Portal.Benchmarks.Webhooks;

/// <summary>Webhooks over HTTP: verified, deduplicated and durable, against an endpoint that only checks the signature and one that does the same with EF. Then one event many times, and many spoilt ones: <c>--only</c> runs one of the three.</summary>
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
        using var data = new TempFolder();
        (string Name, Func<Task> RunAsync)[] phases =
        [
            ("load", () => LoadAsync(options, data, report)),
            ("replays", () => ReplayPhase.RunAsync(options.Number("replays", 10_000), data, report)),
            ("spoilt", () => SpoiltPhase.RunAsync(options.Number("spoilt", 100_000), options.Number("seed", 1), data, report)),
        ];
        var only = options.Text("only");
        if (only is not null && !phases.Any(p => p.Name == only))
            throw new BenchmarkException($"--only {only}: {string.Join(", ", phases.Select(p => p.Name))}.");
        foreach (var phase in phases.Where(p => only is null || p.Name == only))
            await phase.RunAsync();
    }

    private static async Task LoadAsync(Options options, TempFolder data, Report report)
    {
        var (rounds, connections, requests) = (options.Number("rounds", 5), options.Number("connections", 128), options.Number("requests", 20_000));
        using var floorData = new TempFolder();
        await using var portal = await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, Settings);
        await using var floor = await HostProcess.StartAsync(WebhookFloor.Site, "/", floorData);

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
}
