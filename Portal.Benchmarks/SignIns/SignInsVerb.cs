using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Odd;
using Portal.Benchmarks.Swarm;

namespace Portal.Benchmarks.SignIns;

/// <summary>R16: many sign-ins at once, each of which costs a core for a while, do not make the others wait.</summary>
internal static class SignInsVerb
{
    private static readonly Goal Others = Goal.AtMost("R16", "p99 of other pages during the sign-ins ÷ before", 3, "×");

    public static async Task RunAsync(Options options, Report report)
    {
        var (perSecond, pagesPerSecond, seconds) = (options.Number("rate", 100), options.Number("pages", 40), options.Number("seconds", 20));
        using var data = new TempFolder();
        await using var host = await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, OddVerb.Settings(hasLimits: false));
        using var many = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = host.Url };
        var admin = await Visit.BeginAsync(many, Visit.People["admin"]);
        var time = TimeSpan.FromSeconds(seconds);

        // Twice: what the first reading compiles is not what the sign-ins cost.
        await ReadAsync(many, admin, pagesPerSecond, time / 2);
        var before = await ReadAsync(many, admin, pagesPerSecond, time);
        var signIns = SignAsync(many, perSecond, time);
        var during = await ReadAsync(many, admin, pagesPerSecond, time);
        var answered = await signIns;

        report.Line($"other pages, {pagesPerSecond} a second: before {before}, during {during}");
        report.Line($"sign-ins, {perSecond} a second for {seconds} s: {string.Join(", ", answered.CountBy(a => a.Status).OrderBy(c => c.Key).Select(c => $"{c.Key} {c.Value}×"))}; of those let in {Of(answered, 200)}, of those sent away {Of(answered, 429)}");
        var ratio = during.P99 / before.P99;
        report.Judge(Others, new(ratio, ratio, ratio));
        var broken = answered.Count(a => a.Status is not (200 or 429));
        report.Judge(Goal.AtMost("R16", "sign-ins that were neither let in nor told to come back", 0, ""), new(broken, broken, broken));
    }

    private static string Of(IReadOnlyList<(int Status, double Millis)> answered, int status) =>
        answered.Where(a => a.Status == status).Select(a => a.Millis).ToArray() is { Length: > 0 } millis ? new Latencies(millis).ToString() : "none";

    private static async Task<Latencies> ReadAsync(HttpClient client, Visit visit, int perSecond, TimeSpan time)
    {
        string[] paths = ["/sign-in", "/dashboard/admin/clients", "/api/auth/me", "/api/admin/clients", "/dashboard/admin/team"];
        var read = await Pace.KeepAsync(perSecond, time, async number =>
        {
            var path = paths[number % paths.Length];
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            if (path.StartsWith("/api", StringComparison.Ordinal))
                request.Headers.Add("Authorization", $"Bearer {visit.AccessToken}");
            else if (path != "/sign-in")
                request.Headers.Add("Cookie", visit.Cookies);
            using var answer = await client.SendAsync(request);
            return answer.IsSuccessStatusCode ? 200 : throw new BenchmarkException($"{path} answered {(int)answer.StatusCode}.");
        });
        return new([.. read.Select(r => r.Millis)]);
    }

    private static Task<IReadOnlyList<(int Status, double Millis)>> SignAsync(HttpClient client, int perSecond, TimeSpan time)
    {
        string[] people = [.. Visit.People.Values];
        return Pace.KeepAsync(perSecond, time, async number =>
        {
            using var login = new HttpRequestMessage(HttpMethod.Post, "/api/auth/login")
            {
                Content = JsonContent.Create(new { email = people[number % people.Length], password = Visit.Password }),
                Headers = { { "X-Forwarded-For", Visit.NewAddress() } },
            };
            using var answer = await client.SendAsync(login);
            return (int)answer.StatusCode;
        });
    }
}
