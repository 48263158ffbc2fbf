using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Tests.Support;

/// <summary>A question as it was put to SQLite.</summary>
public sealed record Asked(string Sql, IReadOnlyList<(string Name, object? Value)> Values);

/// <summary>How SQLite goes about a question: the lines of its plan, each with the number of the one that it is a part of, and what it took to answer.</summary>
/// <param name="Steps">Of SQLite's own machine: the same on every computer, however busy.</param>
public sealed record Plan(IReadOnlyList<(int Number, int Part, string Does)> Lines, int Steps);

/// <summary>Takes down what is read through EF Core, to ask SQLite afterwards how it went about it.</summary>
public sealed class SqliteTap : DbCommandInterceptor
{
    private const int VmSteps = 4; // SQLITE_STMTSTATUS_VM_STEP

    public ConcurrentQueue<Asked> Taken { get; } = new();

    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Taken.Enqueue(new(command.CommandText, [.. command.Parameters.Cast<DbParameter>().Select(p => (p.ParameterName, p.Value))]));
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default) =>
        new(ReaderExecuting(command, eventData, result));

    public static async Task<Plan> ExplainAsync(SqliteConnection connection, Asked asked)
    {
        var lines = new List<(int, int, string)>();
        await RunAsync(connection, asked with { Sql = "EXPLAIN QUERY PLAN " + asked.Sql }, row => lines.Add((row.GetInt32(0), row.GetInt32(1), row.GetString(3))));
        return new(lines, await RunAsync(connection, asked, _ => { }));
    }

    private static async Task<int> RunAsync(SqliteConnection connection, Asked asked, Action<SqliteDataReader> read)
    {
        var count = Counter(connection);
        await using var command = connection.CreateCommand();
        command.CommandText = asked.Sql;
        command.Parameters.AddRange(asked.Values.Select(v => new SqliteParameter(v.Name, v.Value)));
        await using (var rows = await command.ExecuteReaderAsync(Ct))
        {
            while (await rows.ReadAsync(Ct))
                read(rows);
        }

        return count();
    }

    /// <summary>Says how many steps the statement took that was prepared last, from here on.</summary>
    private static Func<int> Counter(SqliteConnection connection)
    {
        // By name: the feed's SQLitePCLRaw is older than the one that Microsoft.Data.Sqlite was built for, and the compiler refuses to mix them.
        var raw = Type.GetType("SQLitePCL.raw, SQLitePCLRaw.core", throwOnError: true)!;
        var handle = typeof(SqliteConnection).GetProperty("Handle")!.GetValue(connection)!;
        handle.GetType().GetMethod("enable_sqlite3_next_stmt")!.Invoke(handle, [true]);
        return () =>
        {
            var statement = raw.GetMethod("sqlite3_next_stmt")!.Invoke(null, [handle, null]);
            return (int)raw.GetMethod("sqlite3_stmt_status")!.Invoke(null, [statement, VmSteps, 0])!;
        };
    }
}
