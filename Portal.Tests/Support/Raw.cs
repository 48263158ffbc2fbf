namespace Portal.Tests.Support;

/// <summary>What no part of the portal would do to its own database.</summary>
internal static class Raw
{
    public static async Task ExecuteAsync(this IProvider provider, string sql)
    {
        await using var connection = provider.Connect();
        await connection.OpenAsync(Ct);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Ct);
    }
}
