using System.Data.Common;

namespace Portal.Core.Foundation;

/// <summary>
/// Reads small tables without EF Core. Building its model and its first query take longer than all else at start, and a host whose
/// database is in order needs neither before it answers.
/// </summary>
internal static class PlainReader
{
    public static IReadOnlyList<T> Read<T>(this Database database, string sql, Func<DbDataReader, T> row)
    {
        using var connection = database.Provider.Connect();
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
            rows.Add(row(reader));
        return rows;
    }
}
