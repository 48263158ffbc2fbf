using System.Diagnostics;

namespace Portal.Tests.Foundation;

public sealed class KillTests
{
    /// <summary>The short version of `Portal.Benchmarks soak`: ten kills of a real process in the middle of its work.</summary>
    [Fact]
    public async Task A_kill_during_the_relay_loses_no_event_and_dispatches_none_twice() => Assert.Contains("10 kills", await RunAsync("soak"));

    /// <summary>The same between the answer to a provider and what is done about it: the short version of `Portal.Benchmarks inbox`. Two of the kills are the portal's own.</summary>
    [Fact]
    public async Task A_kill_between_storing_and_handling_loses_no_webhook_and_handles_none_twice()
    {
        var said = await RunAsync("inbox");
        Assert.Contains("10 kills", said);
        Assert.Contains("2 kills of the portal", said);
    }

    private static async Task<string> RunAsync(string verb)
    {
        var benchmarks = AppContext.BaseDirectory.Replace("Portal.Tests", "Portal.Benchmarks", StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(benchmarks, "Portal.Benchmarks.dll"), verb, "--kills", "10"]) { RedirectStandardOutput = true };
        using var soak = Process.Start(start)!;

        var said = await soak.StandardOutput.ReadToEndAsync(Ct);
        await soak.WaitForExitAsync(Ct);

        Assert.True(soak.ExitCode == 0, said);
        return said;
    }
}
