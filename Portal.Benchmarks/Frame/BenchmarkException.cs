namespace Portal.Benchmarks.Frame;

/// <summary>A measurement that could not be made: counted as failed, shown without a stack trace.</summary>
internal sealed class BenchmarkException(string message, Exception? cause = null) : Exception(message, cause);
