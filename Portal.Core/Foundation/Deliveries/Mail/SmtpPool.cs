namespace Portal.Core.Foundation;

/// <summary>Talks with the mail server, a few of them kept open for the next mail for a while. What broke is not used again. How many go at once is for whoever sends.</summary>
internal sealed class SmtpPool : IAsyncDisposable
{
    /// <summary>Servers that end a talk after so many mails do it in their own way; ours is friendlier.</summary>
    private const int MostMails = 100;

    private readonly SmtpOptions options;
    private readonly TimeProvider time;
    private readonly Stack<(SmtpConnection Connection, long Since)> kept = new();
    private readonly ITimer sweep;

    public SmtpPool(SmtpOptions options, TimeProvider time)
    {
        (this.options, this.time) = (options, time);
        sweep = time.CreateTimer(_ => _ = SweepAsync(options.Idle), null, options.Idle, options.Idle);
    }

    public int Kept
    {
        get
        {
            lock (kept)
                return kept.Count;
        }
    }

    public async Task<T> UseAsync<T>(Func<SmtpConnection, Task<T>> work, CancellationToken ct)
    {
        var connection = await FindAsync(ct) ?? await OpenAsync(ct);
        try
        {
            return await work(connection);
        }
        finally
        {
            await KeepAsync(connection);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await sweep.DisposeAsync();
        await SweepAsync(TimeSpan.Zero);
    }

    /// <summary>The one used last. After a while in silence it is asked whether it is still there.</summary>
    private async Task<SmtpConnection?> FindAsync(CancellationToken ct)
    {
        while (Pop() is var (connection, since))
        {
            try
            {
                if (time.GetElapsedTime(since) < options.Idle / 6 || await connection.IsThereAsync(ct))
                    return connection;
            }
            catch
            {
                await connection.DisposeAsync();
                throw;
            }

            await connection.DisposeAsync();
        }

        return null;
    }

    private async Task<SmtpConnection> OpenAsync(CancellationToken ct)
    {
        var connection = new SmtpConnection(options);
        try
        {
            await connection.OpenAsync(ct);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private async ValueTask KeepAsync(SmtpConnection connection)
    {
        if (!connection.IsUsable || connection.Mails >= MostMails || !TryKeep(connection))
            await connection.DisposeAsync();
    }

    // Beside mails that hang there may be more talks than usual.
    private bool TryKeep(SmtpConnection connection)
    {
        lock (kept)
        {
            if (kept.Count >= options.Connections)
                return false;
            kept.Push((connection, time.GetTimestamp()));
            return true;
        }
    }

    private (SmtpConnection Connection, long Since)? Pop()
    {
        lock (kept)
            return kept.TryPop(out var found) ? found : null;
    }

    private async Task SweepAsync(TimeSpan idle)
    {
        var old = new List<SmtpConnection>();
        lock (kept)
        {
            var all = kept.Reverse().ToList();
            kept.Clear();
            foreach (var one in all)
            {
                if (time.GetElapsedTime(one.Since) >= idle)
                    old.Add(one.Connection);
                else
                    kept.Push(one);
            }
        }

        foreach (var connection in old)
            await connection.DisposeAsync();
    }
}
