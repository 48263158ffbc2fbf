namespace Portal.Benchmarks.Frame;

/// <summary>What several rounds came to.</summary>
internal readonly record struct Spread(double Median, double Min, double Max)
{
    public static Spread Of(IReadOnlyCollection<double> values) => new(Frame.Median.Of(values), values.Min(), values.Max());
}
