namespace Portal.Benchmarks.Frame;

/// <summary>A data folder that goes when the measurement is over.</summary>
internal sealed class TempFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("portal-bench-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
