using System.Diagnostics;
using System.Text.Json;
using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Odd;
using Portal.Benchmarks.Seed;
using Portal.Benchmarks.Swarm;
using Portal.Core.Foundation;
using Portal.Core.Reactions.Reports;

namespace Portal.Benchmarks.Lists;

/// <summary>Q1: every list in every order and with every filter, every page and the search, one at a time, over a big agency. Q2: far pages against the first.</summary>
internal static class ListsVerb
{
    private const int FurthestAfter = 1_000;
    private static readonly string[] Deep = ["/api/audit?page_size=100", "/api/audit?page_size=100&sort=actor", "/api/audit?page_size=100&type=signed_in", "/api/account/sign-ins?page_size=100", "/api/deliveries?page_size=100", "/api/admin/clients?page_size=100&sort=name"];

    public static async Task RunAsync(Options options, Report report)
    {
        using var data = new TempFolder();
        if (options.Text("data") is { } seeded)
            Copy(seeded, data.Path);
        else
            await SeedVerb.FillAsync(data.Path, options.Number("clients", SeedVerb.Clients), options.Number("events", SeedVerb.Events), report);
        await using var host = await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, OddVerb.Settings(hasLimits: false));
        var visits = new Dictionary<string, Visit>();
        foreach (var who in new[] { "admin", "marketing_agent", "owner" })
            visits[who] = await Visit.BeginAsync(host.Client, Visit.People[who]);

        var times = options.Number("times", 100);
        var asked = new List<(Question What, Latencies Took)>();
        foreach (var question in await ListDoor.QuestionsAsync(host.Client, visits))
            asked.Add((question, await TimeAsync(times, () => AskAsync(host.Client, visits[question.Who], question))));
        Judge("lists", [.. asked.Where(a => !a.What.IsPage)], report);
        Judge("pages", [.. asked.Where(a => a.What.IsPage)], report);
        Judge("search", await SearchAsync(data.Path, times), report);
        foreach (var path in Deep)
            await JudgeDeepAsync(host.Client, visits["admin"], path, options.Number("rounds", 9), report);
    }

    private static void Judge(string what, IReadOnlyList<(Question What, Latencies Took)> asked, Report report)
    {
        report.Line($"{what}: {asked.Count} questions; the slowest:");
        foreach (var (question, took) in asked.OrderByDescending(a => a.Took.P99).Take(12))
            report.Line($"  {took}  {question.Who} {question.Path}");
        var (p99s, medians) = (asked.Select(a => a.Took.P99).ToList(), asked.Select(a => a.Took.Median).ToList());
        report.Judge(Goal.AtMost("Q1", $"{what}, p99 of the slowest of {asked.Count}", 50, " ms"), new(p99s.Max(), p99s.Min(), p99s.Max()));
        report.Judge(Goal.AtMost("Q1", $"{what}, median", 10, " ms"), Spread.Of(medians));
    }

    private static async Task<IReadOnlyList<(Question, Latencies)>> SearchAsync(string folder, int times)
    {
        await using var house = await House.OpenAsync(folder);
        var (palette, admin) = (house.Get<PaletteQueries>(), new Actor(1, "Admin", Role.Admin, []));
        var asked = new List<(Question, Latencies)>();
        foreach (var text in new[] { "a", "ma", "acme", "zambezi c", "nobody is called this" })
            asked.Add((new("admin", $"search for {text}"), await TimeAsync(times, () => palette.FindAsync(admin, text))));
        return asked;
    }

    private static async Task JudgeDeepAsync(HttpClient client, Visit visit, string path, int rounds, Report report)
    {
        var (far, pages) = (path, 1);
        for (var next = await NextAsync(client, visit, path); next is not null && pages < FurthestAfter; next = await NextAsync(client, visit, far))
            (far, pages) = ($"{path}&cursor={next}", pages + 1);
        var measured = await Rounds.AlternateAsync(rounds, () => MedianAsync(far), () => MedianAsync(path));
        report.Judge(Goal.AtMost("Q2", $"page {pages} ÷ page 1 of {path}", 1.5, "×"), measured.Ratio);

        async Task<double> MedianAsync(string page) => (await TimeAsync(20, () => AskAsync(client, visit, new("admin", page)))).Median;
    }

    private static async Task<string?> NextAsync(HttpClient client, Visit visit, string path) =>
        JsonDocument.Parse(await AskAsync(client, visit, new("admin", path))).RootElement.GetProperty("next").GetString();

    private static async Task<string> AskAsync(HttpClient client, Visit visit, Question question)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, question.Path);
        request.Headers.Add(question.IsPage ? "Cookie" : "Authorization", question.IsPage ? visit.Cookies : $"Bearer {visit.AccessToken}");
        using var answer = await client.SendAsync(request);
        var said = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? said : throw new BenchmarkException($"{question.Who} {question.Path} answered {(int)answer.StatusCode}: {said}");
    }

    // What the first few compile and load once is not what a question costs.
    private static async Task<Latencies> TimeAsync(int times, Func<Task> ask)
    {
        var took = new List<double>();
        for (var i = -5; i < times; i++)
        {
            var began = Stopwatch.GetTimestamp();
            await ask();
            if (i >= 0)
                took.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
        }

        return new(took);
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.GetFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
    }
}
