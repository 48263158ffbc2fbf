namespace Portal.Core.Foundation;

/// <summary>
/// Says that a host runs on a SQLite file. Hosts share the lock and a restore wants it alone; the system lets go of it when a process
/// ends, however it ends, so no stale mark is left to be cleared by hand.
/// </summary>
internal static class HostLock
{
    /// <summary>Null where nothing can be written: there nothing can be restored either.</summary>
    public static IDisposable? Share(string database)
    {
        try
        {
            return new FileStream(PathOf(database), FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
        }
        catch (Exception e) when (e is UnauthorizedAccessException or IOException && !File.Exists(PathOf(database)))
        {
            return null;
        }
        catch (IOException e)
        {
            throw new InvalidOperationException("A restore is at work on this data. Start the portal when it is done.", e);
        }
    }

    /// <summary>Null while a host or another restore holds it. One that is just ending may have a second.</summary>
    public static async Task<IDisposable?> AloneAsync(string database, CancellationToken ct)
    {
        for (var tries = 0; tries < 10; tries++, await Task.Delay(100, ct))
        {
            if (Alone(database) is { } held)
                return held;
        }

        return null;
    }

    private static IDisposable? Alone(string database)
    {
        try
        {
            return new FileStream(PathOf(database), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException) when (File.Exists(PathOf(database)))
        {
            return null;
        }
    }

    private static string PathOf(string database) => $"{database}.lock";
}
