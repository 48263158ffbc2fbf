using System.Diagnostics;

namespace Portal.Tests.Foundation;

public sealed class KillTests
{
    /// <summary>The short version of `Portal.Benchmarks soak`: ten kills of a real process in the middle of its work.</summary>
    [Fact]
    public async Task A_kill_during_the_relay_loses_no_event_and_dispatches_none_twice()
    {
        var benchmarks = AppContext.BaseDirectory.Replace("Portal.Tests", "Portal.Benchmarks", StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(benchmarks, "Portal.Benchmarks.dll"), "soak", "--kills", "10"]) { RedirectStandardOutput = true };
        using var soak = Process.Start(start)!;

        var said = await soak.StandardOutput.ReadToEndAsync(Ct);
        await soak.WaitForExitAsync(Ct);

        Assert.True(soak.ExitCode == 0, said);
        Assert.Contains("10 kills", said);
    }
}
