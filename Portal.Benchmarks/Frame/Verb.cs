namespace Portal.Benchmarks.Frame;

/// <summary>What can be asked for on the command line.</summary>
internal sealed record Verb(string Name, string Summary, Func<Options, Report, Task> RunAsync);
