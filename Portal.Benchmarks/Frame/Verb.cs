namespace Portal.Benchmarks.Frame;

/// <summary>What can be asked for on the command line.</summary>
/// <param name="IsMeasured">Whether it measures anything, so that it has to be said how fast the machine was.</param>
internal sealed record Verb(string Name, string Summary, Func<Options, Report, Task> RunAsync, bool IsMeasured = true);
