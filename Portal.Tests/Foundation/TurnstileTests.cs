using System.Diagnostics;

namespace Portal.Tests.Foundation;

/// <summary>Hosts of one file write in turn.</summary>
public sealed class TurnstileTests
{
    [Fact]
    public async Task Who_is_next_passes_before_the_one_that_has_just_written()
    {
        using var folder = new TempFolder();
        var (one, two) = (new Turnstile(Path.Combine(folder.Path, "portal.db")), new Turnstile(Path.Combine(folder.Path, "portal.db")));
        var turn = await one.PassAsync(Ct);
        var waiting = two.PassAsync(Ct).AsTask();
        await Task.Delay(100, Ct);
        Assert.False(waiting.IsCompleted);

        turn!.Dispose();
        var again = one.PassAsync(Ct).AsTask();
        using var second = await waiting;
        Assert.NotNull(second);
        Assert.False(again.IsCompleted);
        second.Dispose();
        using var third = await again;
        Assert.NotNull(third);
    }

    [Fact]
    public async Task A_disk_that_takes_no_file_keeps_nobody_waiting()
    {
        using var folder = new TempFolder();
        var began = Stopwatch.GetTimestamp();

        Assert.Null(await new Turnstile(Path.Combine(folder.Path, "gone", "portal.db")).PassAsync(Ct));

        Assert.True(Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(1));
    }
}
