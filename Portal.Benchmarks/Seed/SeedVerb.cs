using System.Diagnostics;
using Portal.Benchmarks.Frame;
using Portal.Core.Domains.Integrations;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Seed;

/// <summary>Fills a data folder with an agency that has grown for two years, so that lists can be measured, tested and looked at. The same numbers on the same day make the same rows.</summary>
internal static class SeedVerb
{
    public const int Clients = 1_000;
    public const int Events = 200_000;

    public static Task RunAsync(Options options, Report report) =>
        FillAsync(options.Text("data") ?? throw new BenchmarkException("Say where: --data FOLDER."), options.Number("clients", Clients), options.Number("events", Events), report);

    public static async Task FillAsync(string folder, int clients, int events, Report report)
    {
        var began = Stopwatch.GetTimestamp();
        await using var house = await House.OpenAsync(Path.GetFullPath(folder));
        await using (var db = house.Open())
        {
            if (await db.Users.AnyAsync())
                throw new BenchmarkException($"There is a portal in {folder} already.");
        }

        // Made as anyone is, for the hash of the password that all of them have.
        var first = await house.Get<Accounts>().NewAsync("admin@portal.local", "Admin", Role.Admin, PeopleDemo.Password);
        var agency = new BigAgency(first, TimeProvider.System.Now().Date, clients);
        var story = new BigStory(agency, events);
        story.Tell();
        await WriteAsync(house, agency, story, report);
        await house.Get<IntegrationsDemo>().SeedAsync();
        report.Line($"written in {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s");
        var last = await house.Get<Sealer>().RunAsync(CancellationToken.None);
        report.Line($"{last} events sealed; {Stopwatch.GetElapsedTime(began).TotalSeconds:0.0} s in all");
        report.Line($"Look at it: Portal__DataPath={Path.GetFullPath(folder)} dotnet run --project Portal; sign in as admin@portal.local with {PeopleDemo.Password}");
    }

    private static async Task WriteAsync(House house, BigAgency agency, BigStory story, Report report)
    {
        await using var db = house.Open();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var rows = new RowWriter(db);
        report.Line($"{await rows.AddAsync(agency.Clients)} clients, {await rows.AddAsync(agency.People)} people, {await rows.AddAsync(agency.Access)} accesses, {await rows.AddAsync(story.Invitations)} invitations");
        report.Line($"{await rows.AddAsync(story.Sessions)} sessions, {await rows.AddAsync(story.Events())} events, {await rows.AddAsync(story.Messages())} deliveries");
        await transaction.CommitAsync();
    }
}
