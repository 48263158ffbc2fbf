using System.Diagnostics;

namespace Portal.Core.Foundation;

/// <summary>
/// Lets the hosts of one SQLite file write in turn. The file's own lock goes to whoever happens to ask while it is free: of two that
/// write without pause, one would wait for half a minute. Here whoever is next stands in a place of its own, and nobody passes it.
/// Only order rests on this, never truth: who cannot get its turn in time goes on without, and the file's lock decides.
/// </summary>
internal sealed class Turnstile(string database)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly string next = $"{database}.next";
    private readonly string turn = $"{database}.turn";

    /// <summary>Dispose what is returned when the write is done; null is a turn out of order.</summary>
    public async ValueTask<IDisposable?> PassAsync(CancellationToken ct)
    {
        using var place = await TakeAsync(next, ct);
        return await TakeAsync(turn, ct);
    }

    /// <summary>The system lets go of a place when its process ends, however it ends.</summary>
    private static async ValueTask<IDisposable?> TakeAsync(string place, CancellationToken ct)
    {
        var began = Stopwatch.GetTimestamp();
        do
        {
            try
            {
                return OwnersOnly.File(place, FileMode.OpenOrCreate, FileShare.None);
            }
            catch (IOException e) when (IsHeld(e))
            {
                await Task.Delay(Pause, ct);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                return null; // a disk that takes nothing: the database says so better
            }
        }
        while (Stopwatch.GetElapsedTime(began) < Patience);
        return null;
    }

    // EWOULDBLOCK of Linux and of macOS, and Windows' sharing violation.
    private static bool IsHeld(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);
}
