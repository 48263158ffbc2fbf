using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using Portal.Benchmarks.Frame;

namespace Portal.Benchmarks.Soak;

/// <summary>The child as its parent sees it: a pipe of acknowledged events, and a kill that gives no warning.</summary>
internal sealed class RelayProcess : IDisposable
{
    private readonly Process process;
    private readonly ConcurrentBag<long> acknowledged = [];
    private readonly TaskCompletionSource ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task reading;

    private RelayProcess(Process process)
    {
        this.process = process;
        reading = ReadAsync();
    }

    public static RelayProcess Start(string file, string verb = RelayChild.Verb) => new(Process.Start(
        new ProcessStartInfo("dotnet", [typeof(RelayProcess).Assembly.Location, verb, file]) { RedirectStandardOutput = true })!);

    public Task ReadyAsync() => ready.Task.WaitAsync(TimeSpan.FromSeconds(60));

    public async Task<IReadOnlyCollection<long>> KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
        await reading;
        return acknowledged;
    }

    public void Dispose() => process.Dispose();

    private async Task ReadAsync()
    {
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line == "ready")
                ready.TrySetResult();

            // The last line may be cut off by the kill; then nobody was told.
            if (line.EndsWith('.') && long.TryParse(line.AsSpan(0, line.Length - 1), CultureInfo.InvariantCulture, out var id))
                acknowledged.Add(id);
        }

        ready.TrySetException(new BenchmarkException("The child ended before it was ready."));
    }
}
