namespace Portal.Benchmarks.Swarm;

/// <summary>How long each of many things took, in milliseconds.</summary>
internal sealed record Latencies(IReadOnlyCollection<double> Millis)
{
    public double Median => Frame.Median.Of(Millis);

    public double P99 => Frame.Median.Percentile(Millis, 0.99);

    public override string ToString() => FormattableString.Invariant($"p50 {Median:0.00} ms, p99 {P99:0.00} ms");
}
