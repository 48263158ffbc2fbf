using Microsoft.Data.Sqlite;

namespace Portal.Tests.Support;

/// <summary>A row that cannot be changed, for a reason nobody thought of.</summary>
internal static class Stuck
{
    public static Task StickAsync(this PortalServer server, string table, long id) => RunAsync(server,
        $"CREATE TRIGGER Stuck{table} BEFORE UPDATE ON {table} WHEN OLD.Id = {id} BEGIN SELECT RAISE(ABORT, 'It is stuck.'); END");

    public static Task UnstickAsync(this PortalServer server, string table) => RunAsync(server, $"DROP TRIGGER Stuck{table}");

    private static async Task RunAsync(PortalServer server, string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={Path.Combine(server.DataPath, "portal.db")};Pooling=False");
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }
}
