using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;

namespace Portal.Benchmarks.Frame;

/// <summary>How fast this machine is right now, so that two runs can be told apart.</summary>
internal sealed record Probes(double FsyncsPerSecond, double MillionStepsPerSecond)
{
    private const int Steps = 200_000_000;

    public static Probes Take() => new(CountFsyncs(), Steps / 1e6 / TimeSteps().TotalSeconds);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"probe {FsyncsPerSecond:#,0} fsyncs/s in {Path.GetTempPath()}, CPU {MillionStepsPerSecond:#,0} M steps/s");

    private static double CountFsyncs()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        using var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 0, FileOptions.DeleteOnClose);
        var page = new byte[4096];
        var count = 0;
        var clock = Stopwatch.StartNew();
        for (; clock.Elapsed < TimeSpan.FromSeconds(0.5); count++)
        {
            file.Write(page);
            file.Flush(flushToDisk: true);
        }

        return count / clock.Elapsed.TotalSeconds;
    }

    // Optimised at once: the loop would otherwise measure when the JIT gets round to it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static TimeSpan TimeSteps()
    {
        var clock = Stopwatch.StartNew();
        var state = 88172645463325252UL;
        for (var step = 0; step < Steps; step++)
        {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
        }

        // The result is used, so that the loop is not optimised away.
        return state == 0 ? TimeSpan.Zero : clock.Elapsed;
    }
}
