using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;

namespace Portal.Core.Foundation;

/// <summary>What a database says, in the portal's words. The only place that knows the providers' numbers.</summary>
public static class DbErrors
{
    private const int SqliteUnique = 2067;
    private const int SqlitePrimaryKey = 1555;

    // What copies a whole database says more exactly what it is, above these bits.
    private const int Primary = 0xFF;

    // Busy, locked, read-only, disk error, full, cannot open.
    private static readonly int[] SqliteNotWritable = [5, 6, 8, 10, 13, 14];

    // Time-out, deadlock victim, file group full, log full, database read-only, cannot open, busy, network.
    private static readonly int[] SqlServerNotWritable = [-2, 1205, 1105, 9002, 3906, 4060, 40613, 40197, 40501, -1, 2, 53, 64, 121, 233, 10053, 10054, 10060];

    /// <summary>A refusal, or <see cref="StoreUnavailable"/>, or null for what is a bug.</summary>
    public static Exception? Translate(Exception error) => error switch
    {
        StoreUnavailable known => known,
        DbUpdateConcurrencyException => new Conflict("changed", "Someone else changed this in the meantime. Load it again."),
        DbUpdateException { InnerException: { } inner } => Translate(inner),
        SqliteException { SqliteExtendedErrorCode: SqliteUnique or SqlitePrimaryKey } => Exists(),
        SqliteException e when SqliteNotWritable.Contains(e.SqliteErrorCode & Primary) => new StoreUnavailable(e),
        SqlException { Number: 2601 or 2627 } => Exists(),
        SqlException e when SqlServerNotWritable.Contains(e.Number) => new StoreUnavailable(e),
        _ => null,
    };

    private static Conflict Exists() => new("already_exists", "This exists already.");
}

/// <summary>The database does not take writes now: full, read-only, locked, away, or others were always faster. Nothing was done; try again later.</summary>
public sealed class StoreUnavailable(Exception? cause = null) : Exception("The portal cannot save right now. Please try again in a moment.", cause);
