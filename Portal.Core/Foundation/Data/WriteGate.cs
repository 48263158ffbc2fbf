namespace Portal.Core.Foundation;

/// <summary>
/// Lets one writer at a time reach a database that has only one: those of this host wait their turn here, in order and without
/// blocking a thread, instead of being turned away by the file's lock; those of other hosts wait at the turnstile.
/// </summary>
public sealed class WriteGate
{
    private readonly SemaphoreSlim? turns;
    private readonly Turnstile? hosts;

    /// <param name="database">The file that other hosts may write as well; "" where there can be none.</param>
    internal WriteGate(string database)
    {
        turns = new(1, 1);
        hosts = database.Length > 0 ? new(database) : null;
    }

    private WriteGate()
    {
    }

    /// <summary>For databases with many writers, and for those who hold the turn already.</summary>
    public static WriteGate Open { get; } = new();

    internal async ValueTask<Turn> EnterAsync(CancellationToken ct)
    {
        if (turns is null)
            return default;
        await turns.WaitAsync(ct);
        try
        {
            return new(turns, hosts is null ? null : await hosts.PassAsync(ct));
        }
        catch
        {
            turns.Release();
            throw;
        }
    }

    internal readonly struct Turn(SemaphoreSlim? turns, IDisposable? passed) : IDisposable
    {
        public void Dispose()
        {
            passed?.Dispose();
            turns?.Release();
        }
    }
}
