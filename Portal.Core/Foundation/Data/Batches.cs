namespace Portal.Core.Foundation;

/// <summary>Deletes much in small units of the lane, so that nobody else waits for it. What is left at the end is the next run's.</summary>
public static class Batches
{
    public const int Size = 500;
    private const int Most = 200;

    /// <param name="delete">Deletes up to <see cref="Size"/> rows and says how many.</param>
    /// <returns>How many rows went.</returns>
    public static async Task<int> DeleteAsync(Func<Task<int>> delete, CancellationToken ct)
    {
        var deleted = 0;
        for (var batch = 0; batch < Most; batch++)
        {
            ct.ThrowIfCancellationRequested();
            var gone = await delete();
            deleted += gone;
            if (gone < Size)
                break;
        }

        return deleted;
    }
}
