using System.Diagnostics;

namespace Portal.Tests.Odd;

/// <summary>The short versions of `Portal.Benchmarks odd`, `webhooks`, `mixed` and `signins`, against a real process. Their doors are those that <see cref="Architecture.Isolation"/> holds to be all.</summary>
public sealed class OddRequestsTests
{
    /// <summary>All requests that were ever answered wrongly (corpus.jsonl), and new ones.</summary>
    [Theory]
    [InlineData("off", 4_600)]
    [InlineData("on", 400)]
    public async Task Nothing_that_anyone_sends_breaks_the_portal(string limits, int requests)
    {
        var said = await RunAsync("odd", "--requests", $"{requests}", "--limits", limits);
        Assert.Contains($"{requests} of seed", said);
        Assert.Contains("3 passed, 0 failed", said);
    }

    /// <summary>The short version of `Portal.Benchmarks webhooks`: bits, bytes, headers, lengths and signatures at every door of every provider, and some that are as they should be.</summary>
    [Fact]
    public async Task Of_webhooks_spoilt_in_every_way_none_breaks_the_portal_and_none_is_stored()
    {
        var said = await RunAsync("webhooks", "--only", "spoilt", "--spoilt", "3000");
        Assert.Contains("3000 webhooks of seed", said);
        Assert.Contains("pass  R9 rows that nobody has signed: 0", said);
    }

    /// <summary>The short version of ten thousand, with a restart in the middle.</summary>
    [Fact]
    public async Task One_webhook_again_and_again_over_a_restart_is_one_row_and_one_effect() =>
        Assert.Contains("pass  R1 times it was handled: 1", await RunAsync("webhooks", "--only", "replays", "--replays", "640"));

    [Fact]
    public async Task A_day_of_everything_at_once_leaves_the_memory_as_it_was() =>
        Assert.Contains("2 passed, 0 failed", await RunAsync("mixed", "--seconds", "10"));

    /// <summary>A process of its own: the gate is one for all hosts in a process, and the other tests want to come in. How long the others wait is for a quiet machine to say.</summary>
    [Fact]
    public async Task A_crowd_at_the_door_is_told_to_come_back_and_nobody_is_lost()
    {
        var said = await SayAsync("signins", "--rate", "500", "--pages", "5", "--seconds", "2");
        Assert.Contains("pass  R16 sign-ins that were neither let in nor told to come back: 0", said);
        Assert.Matches(@"200 \d+×, 429 \d+×", said);
    }

    private static async Task<string> RunAsync(params string[] verb)
    {
        var said = await SayAsync(verb);
        Assert.True(said.TrimEnd().EndsWith(" passed, 0 failed", StringComparison.Ordinal), said);
        return said;
    }

    private static async Task<string> SayAsync(params string[] verb)
    {
        var benchmarks = AppContext.BaseDirectory.Replace("Portal.Tests", "Portal.Benchmarks", StringComparison.Ordinal);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(benchmarks, "Portal.Benchmarks.dll"), .. verb]) { RedirectStandardOutput = true };
        using var process = Process.Start(start)!;
        await using var stop = Ct.Register(() => process.Kill(entireProcessTree: true));
        var said = await process.StandardOutput.ReadToEndAsync(Ct);
        await process.WaitForExitAsync(Ct);
        return said;
    }
}
