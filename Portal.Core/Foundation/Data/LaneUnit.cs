namespace Portal.Core.Foundation;

/// <summary>One caller's unit of work on its way through the lane.</summary>
internal abstract class LaneUnit(Actor actor, Can can)
{
    private static readonly AsyncLocal<bool> Running = new();

    // So that what the unit records carries its caller's trace id.
    private readonly ExecutionContext? caller = ExecutionContext.Capture();
    private Exception? refusal;

    /// <summary>Whether the code that asks runs in the lane.</summary>
    public static bool IsRunning => Running.Value;

    public Actor Actor { get; } = actor;

    public Can Can { get; } = can;

    public Task RunAsync(PortalDb db)
    {
        refusal = null;
        if (caller is null)
            return MarkedAsync(db);
        Task? running = null;
        ExecutionContext.Run(caller, _ => running = MarkedAsync(db), null);
        return running!;
    }

    /// <summary>Keeps the refusal until the batch is committed: only then is it known what it was refused against.</summary>
    public void Refuse(Exception error) => refusal = error;

    public void Complete()
    {
        if (refusal is null)
            Succeed();
        else
            Fail(refusal);
    }

    public abstract void Fail(Exception error);

    protected abstract Task DoAsync(PortalDb db);

    protected abstract void Succeed();

    private async Task MarkedAsync(PortalDb db)
    {
        Running.Value = true;
        await DoAsync(db);
    }
}

internal sealed class LaneUnit<T>(Actor actor, Can can, Func<PortalDb, Task<T>> work, CancellationToken ct) : LaneUnit(actor, can)
{
    private readonly TaskCompletionSource<T> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T result = default!;

    public Task<T> Result => answer.Task;

    public override void Fail(Exception error) => answer.TrySetException(DbErrors.Translate(error) ?? error);

    protected override async Task DoAsync(PortalDb db)
    {
        ct.ThrowIfCancellationRequested();
        result = await work(db);
        await db.SaveChangesAsync(ct);
    }

    protected override void Succeed() => answer.TrySetResult(result);
}
