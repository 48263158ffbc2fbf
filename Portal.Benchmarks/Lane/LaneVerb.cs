using System.Diagnostics;
using Portal.Benchmarks.Frame;
using Portal.Core.Domains.People;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Lane;

/// <summary>Group commit against one commit per unit of work: the same unit, the same callers, the same file.</summary>
internal static class LaneVerb
{
    private const int Units = 4_000;
    private const int UnitsAlone = 1_000;
    private static readonly Actor Self = Actor.System("bench");

    public static async Task RunAsync(Options options, Report report)
    {
        var (rounds, callers) = (options.Number("rounds", 5), options.Number("callers", 256));
        using var folder = new TempFolder();
        await using var ground = await Ground.OpenAsync(Path.Combine(folder.Path, "lane.db"));
        await InLaneAsync(ground, callers, UnitsAlone);
        await OneByOneAsync(ground, callers, UnitsAlone);

        var crowd = await Rounds.AlternateAsync(rounds, () => InLaneAsync(ground, callers, Units), () => OneByOneAsync(ground, callers, UnitsAlone));
        var single = await Rounds.AlternateAsync(rounds, () => InLaneAsync(ground, 1, UnitsAlone), () => OneByOneAsync(ground, 1, UnitsAlone));
        report.Line($"units of work per second, {callers} callers: lane {Median.Of(crowd.Ours):0}, one commit each {Median.Of(crowd.Floors):0}");
        report.Line($"units of work per second, 1 caller: lane {Median.Of(single.Ours):0}, one commit each {Median.Of(single.Floors):0}");
        report.Judge(Goal.AtLeast("lane", $"group commit ÷ one commit per unit, {callers} callers", 2, "×"), crowd.Ratio);
        report.Judge(Goal.AtLeast("lane", "the same for a lone caller, who must not wait for company", 0.7, "×"), single.Ratio);
    }

    private static Task<double> InLaneAsync(Ground ground, int callers, int units) =>
        PerSecondAsync(callers, units, () => ground.Lane.RunAsync(Self, Can.KeepHouse, Work));

    private static Task<double> OneByOneAsync(Ground ground, int callers, int units) => PerSecondAsync(callers, units, async () =>
    {
        await using var db = ground.Open();
        await Work(db);
        await db.SaveChangesAsync();
    });

    // What an ordinary unit does: one row and what happened, in one save.
    private static Task Work(PortalDb db)
    {
        db.Add(new RateWindow { Key = Guid.CreateVersion7().ToString(), EndsAt = TimeProvider.System.Now(), Count = 1 });
        db.Record(new SignedOut(1, 1));
        return Task.CompletedTask;
    }

    private static async Task<double> PerSecondAsync(int callers, int units, Func<Task> unit)
    {
        var (left, began) = (units, Stopwatch.GetTimestamp());
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            while (Interlocked.Decrement(ref left) >= 0)
                await unit();
        })));
        return units / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }
}
