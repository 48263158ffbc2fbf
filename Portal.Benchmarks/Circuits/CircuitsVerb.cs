using Portal.Benchmarks.Frame;

namespace Portal.Benchmarks.Circuits;

/// <summary>B1, B2 and B3: what an open page costs and how quickly it answers.</summary>
internal static class CircuitsVerb
{
    private const int ForMemory = 500;

    private static readonly Goal Memory = Goal.AtMost("B1", "heap per open circuit", 300, " KiB");
    private static readonly Goal Interactions = Goal.AtLeast("B2", $"interactions per second, {PageCost.Clickers} people clicking", 2_000, "/s");

    public static async Task RunAsync(Options options, Report report)
    {
        var site = Site.Measured(options);
        var rounds = options.Number("rounds", 5);
        var circuits = options.Number("circuits", 5_000);
        using var data = new TempFolder();
        await CompareAsync(site, rounds, Math.Min(ForMemory, circuits), data, report);
        await ManyOpen.MeasureAsync(site, rounds, circuits, data, report);
    }

    private static async Task CompareAsync(Site site, int rounds, int circuits, TempFolder data, Report report)
    {
        var costs = await Rounds.AlternateAsync(rounds,
            () => PageCost.MeasureAsync(site, circuits, data), () => PageCost.MeasureAsync(Site.Floor, circuits, data));
        var ours = costs.Select(round => round.Ours).ToArray();
        report.Line($"{circuits} circuits, median of {rounds} rounds");
        Show(site.Name, ours, report);
        Show("floor", [.. costs.Select(round => round.Floor)], report);
        ShowRatio("heap", Rounds.Of(costs, cost => cost.HeapKibibytes).Ratio, report);
        ShowRatio("interactions", Rounds.Of(costs, cost => cost.InteractionsPerSecond).Ratio, report);
        report.Judge(Memory, Spread.Of([.. ours.Select(cost => cost.HeapKibibytes)]));
        report.Judge(Interactions, Spread.Of([.. ours.Select(cost => cost.InteractionsPerSecond)]));
    }

    private static void Show(string name, PageCost[] costs, Report report)
    {
        double Of(Func<PageCost, double> figure) => Median.Of(costs.Select(figure));
        report.Line($"  {name}: heap {Of(c => c.HeapKibibytes):0.0} KiB and RSS {Of(c => c.RssKibibytes):0.0} KiB per circuit; opened {Of(c => c.OpenedPerSecond):0}/s, p50 {Of(c => c.Opening.Median):0.0} ms, p99 {Of(c => c.Opening.P99):0.0} ms; {Of(c => c.InteractionsPerSecond):0} interactions/s, p50 {Of(c => c.Clicks.Median):0.0} ms, p99 {Of(c => c.Clicks.P99):0.0} ms");
    }

    // For comparison only: the promises about circuits are absolute.
    private static void ShowRatio(string what, Spread ratio, Report report) =>
        report.Line($"  {what} ÷ floor: {ratio.Median:0.00}× (min {ratio.Min:0.00}, max {ratio.Max:0.00})");
}
