using System.Diagnostics;
using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Odd;

namespace Portal.Benchmarks.Mixed;

/// <summary>R15: an hour's worth of everything at once, and the memory stays where it was.</summary>
internal static class MixedVerb
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongEnough = TimeSpan.FromMinutes(5);

    public static async Task RunAsync(Options options, Report report)
    {
        var time = options.Text("seconds") is null ? TimeSpan.FromMinutes(options.Number("minutes", 30)) : TimeSpan.FromSeconds(options.Number("seconds", 20));
        using var data = new TempFolder();
        await using var host = await HostProcess.StartAsync(Site.Portal, Site.Portal.FirstPath, data, OddVerb.Settings(hasLimits: false));
        using var load = await MixedLoad.BeginAsync(host);
        await LoadedAsync(host, load, WarmUp);
        var first = await host.MemoryAsync();
        var samples = await LoadedAsync(host, load, time);
        var last = await host.MemoryAsync();

        report.Line($"{time.TotalMinutes:0.#} minutes: {load.Counts}");
        report.Line($"heap {first.HeapBytes / 1e6:0.0} MB at first, {last.HeapBytes / 1e6:0.0} MB at last; RSS {first.RssBytes / 1e6:0} MB, {last.RssBytes / 1e6:0} MB");
        One(report, Goal.AtMost("R15", "answers of the wrong kind", 0, ""), load.Wrong);
        if (time >= LongEnough)
            Flat(report, samples);
        else
            One(report, Goal.AtMost("R15", "heap grown by", 20, " MB"), (last.HeapBytes - first.HeapBytes) / 1e6);
    }

    // Each is taken after a full collection: what is counted is what is held.
    private static async Task<List<HostMemory>> LoadedAsync(HostProcess host, MixedLoad load, TimeSpan time)
    {
        var (began, samples) = (Stopwatch.GetTimestamp(), new List<HostMemory>());
        using var stop = new CancellationTokenSource(time);
        var running = load.RunAsync(stop.Token);
        while (Stopwatch.GetElapsedTime(began) < time)
        {
            await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(2)));
            samples.Add(await host.MemoryAsync());
        }

        await running;
        return samples;
    }

    private static void Flat(Report report, List<HostMemory> samples)
    {
        var quarter = samples.Count / 4;
        var (second, last) = (samples[quarter..(2 * quarter)], samples[^quarter..]);
        foreach (var (what, figure) in new (string, Func<HostMemory, double>)[] { ("heap", m => m.HeapBytes / 1e6), ("RSS", m => m.RssBytes / 1e6) })
        {
            var (then, now) = (Median.Of(second.Select(figure)), Median.Of(last.Select(figure)));
            report.Line($"  {what}: median {then:0.0} MB in the second quarter, {now:0.0} MB in the last; {samples.Count} samples, {samples.Min(figure):0.0} to {samples.Max(figure):0.0} MB");
            One(report, Goal.AtMost("R15", $"{what}, last quarter ÷ second", 1.1, "×"), now / then);
        }
    }

    private static void One(Report report, Goal goal, double measured) => report.Judge(goal, new(measured, measured, measured));
}
