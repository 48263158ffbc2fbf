namespace Portal.Core.Foundation;

/// <summary>
/// Lets one writer of this host at a time reach a database that has only one: they wait their turn here, in order and without
/// blocking a thread, instead of being turned away by the file's lock.
/// </summary>
public sealed class WriteGate
{
    private readonly SemaphoreSlim? turns;

    internal WriteGate() => turns = new(1, 1);

    private WriteGate(SemaphoreSlim? none) => turns = none;

    /// <summary>For databases with many writers, and for those who hold the turn already.</summary>
    public static WriteGate Open { get; } = new(none: null);

    internal async ValueTask<Turn> EnterAsync(CancellationToken ct)
    {
        if (turns is not null)
            await turns.WaitAsync(ct);
        return new(turns);
    }

    internal readonly struct Turn(SemaphoreSlim? turns) : IDisposable
    {
        public void Dispose() => turns?.Release();
    }
}
