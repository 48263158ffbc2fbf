namespace Portal.Benchmarks.Frame;

/// <summary>A web application that can be started and measured.</summary>
/// <param name="FirstPath">What a cold start must answer.</param>
/// <param name="BenchPath">The interactive page that is loaded and clicked.</param>
internal sealed record Site(string Name, string Dll, string[] Arguments, string FirstPath, string BenchPath)
{
    public static readonly Site Floor = new("floor", typeof(Site).Assembly.Location, ["floor"], "/", "/counter");

    // Built beside us in the same configuration: …/Portal.Benchmarks/bin/Release/net10.0 → …/Portal/bin/Release/net10.0.
    public static readonly Site Portal = new("portal",
        Path.Combine(AppContext.BaseDirectory.Replace($"{Path.DirectorySeparatorChar}Portal.Benchmarks{Path.DirectorySeparatorChar}",
            $"{Path.DirectorySeparatorChar}Portal{Path.DirectorySeparatorChar}", StringComparison.Ordinal), "Portal.dll"), [], "/sign-in", "/bench");

    /// <summary><c>--against floor</c> puts the floor in our place: a check of the instrument, its ratios should be 1.</summary>
    public static Site Measured(Options options) => options.Text("against") switch
    {
        null or "portal" => Portal,
        "floor" => Floor with { Name = "floor as ours" },
        { } other => throw new BenchmarkException($"--against {other}: portal or floor."),
    };
}
