using System.Globalization;

namespace Portal.Benchmarks.Frame;

/// <summary>A line of PROMISES.md: what the median must reach, or stay under.</summary>
internal sealed record Goal(string Promise, string What, double Limit, string Unit, bool IsCeiling)
{
    public static Goal AtMost(string promise, string what, double limit, string unit) => new(promise, what, limit, unit, IsCeiling: true);

    public static Goal AtLeast(string promise, string what, double limit, string unit) => new(promise, what, limit, unit, IsCeiling: false);

    public bool IsMetBy(Spread measured) => IsCeiling ? measured.Median <= Limit : measured.Median >= Limit;

    public string Describe(Spread measured) => string.Create(CultureInfo.InvariantCulture,
        $"{(IsMetBy(measured) ? "pass" : "MISS")}  {Promise} {What}: {measured.Median:#,0.##}{Unit} (min {measured.Min:#,0.##}, max {measured.Max:#,0.##}), goal {(IsCeiling ? "≤" : "≥")} {Limit:#,0.##}{Unit}");
}
