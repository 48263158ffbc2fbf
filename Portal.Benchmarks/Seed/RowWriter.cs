using System.Data.Common;
using Microsoft.EntityFrameworkCore.Metadata;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Seed;

/// <summary>Writes many rows of one table with one prepared command, as the model maps them. A row that has no id is given the next.</summary>
internal sealed class RowWriter(PortalDb db)
{
    public async Task<int> AddAsync<T>(IEnumerable<T> rows)
        where T : class
    {
        var type = db.Model.FindEntityType(typeof(T))!;
        var columns = Columns(type, StoreObjectIdentifier.Table(type.GetTableName()!), row => row).ToList();
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = $"INSERT INTO \"{type.GetTableName()}\" ({string.Join(", ", columns.Select(c => $"\"{c.Name}\""))}) VALUES ({string.Join(", ", columns.Select((_, i) => $"@p{i}"))})";
        var values = columns.Select((_, i) => Parameter(command, i)).ToList();
        var count = 0;
        foreach (var row in rows)
        {
            for (var i = 0; i < columns.Count; i++)
                values[i].Value = columns[i].Read(row) ?? DBNull.Value;
            await command.ExecuteNonQueryAsync();
            count++;
        }

        return count;
    }

    private static DbParameter Parameter(DbCommand command, int number)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = $"@p{number}";
        command.Parameters.Add(parameter);
        return parameter;
    }

    private static IEnumerable<Column> Columns(ITypeBase type, StoreObjectIdentifier table, Func<object, object> part) =>
        type.GetProperties().Select(property => new Column(property.GetColumnName(table)!, row => Value(property, part(row))))
            .Concat(type.GetComplexProperties().SelectMany(inner => Columns(inner.ComplexType, table, row => inner.GetGetter().GetClrValue(part(row))!)));

    private static object? Value(IProperty property, object row)
    {
        var value = property.GetGetter().GetClrValue(row);
        if (value is null || (value is 0L && property.IsPrimaryKey()))
            return null;
        return property.GetTypeMapping().Converter is { } converter ? converter.ConvertToProvider(value) : value;
    }

    private sealed record Column(string Name, Func<object, object?> Read);
}
