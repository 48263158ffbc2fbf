using Microsoft.EntityFrameworkCore.Metadata;

namespace Portal.Tests.Architecture;

/// <summary>The model for SQL Server, walked for what a server would refuse.</summary>
public class SqlServerModel
{
    private const int LargestIndex = 1700;
    private const int LargestClustered = 900;

    private static readonly List<IEntityType> Types = Open();

    [Fact]
    public void No_table_is_reached_by_two_cascades()
    {
        foreach (var root in Types)
        {
            var reached = new List<IEntityType>();
            Follow(root, reached, []);
            Assert.Equal(reached.Count, reached.Distinct().Count());
            Assert.DoesNotContain(root, reached);
        }
    }

    [Fact]
    public void No_index_is_wider_than_the_server_takes() => Assert.Empty(
        from type in Types
        from index in type.GetIndexes()
        let size = index.Properties.Sum(Bytes)
        where size > LargestIndex
        select $"{index.GetDatabaseName()} has {size} bytes");

    [Fact]
    public void No_key_is_wider_than_the_server_takes() => Assert.Empty(
        from type in Types
        from key in type.GetKeys()
        let size = key.Properties.Sum(Bytes)
        where size > LargestClustered
        select $"{key.GetName()} has {size} bytes");

    [Fact]
    public void Nothing_that_is_looked_up_by_has_no_limit() => Assert.Empty(
        from type in Types
        from property in type.GetKeys().SelectMany(k => k.Properties).Concat(type.GetIndexes().SelectMany(i => i.Properties)).Concat(type.GetForeignKeys().SelectMany(f => f.Properties)).Distinct()
        where property.GetColumnType().EndsWith("(max)", StringComparison.Ordinal)
        select $"{type.GetTableName()}.{property.Name} is {property.GetColumnType()}");

    [Fact]
    public void Decimals_say_how_exact_they_are() => Assert.Empty(
        from type in Types
        from property in type.GetProperties()
        where property.GetColumnType().StartsWith("decimal", StringComparison.Ordinal) && !property.GetColumnType().Contains(',', StringComparison.Ordinal)
        select $"{type.GetTableName()}.{property.Name}");

    [Fact]
    public void Names_are_short_enough()
    {
        Assert.All(Types, t => Assert.True(t.GetTableName()!.Length <= 128));
        Assert.All(Types.SelectMany(t => t.GetIndexes()), i => Assert.True(i.GetDatabaseName()!.Length <= 128));
        Assert.All(Types.SelectMany(t => t.GetForeignKeys()), f => Assert.True(f.GetConstraintName()!.Length <= 128));
    }

    [Fact]
    public void The_sizes_are_counted_as_the_server_counts()
    {
        var deliveries = Types.Single(t => t.ClrType == typeof(Delivery));
        Assert.Equal(400, Bytes(deliveries.FindProperty(nameof(Delivery.Key))!)); // nvarchar(200)
        Assert.Equal(8, Bytes(deliveries.FindProperty(nameof(Delivery.Id))!));
    }

    private static void Follow(IEntityType from, List<IEntityType> reached, HashSet<IForeignKey> walked)
    {
        foreach (var key in from.GetReferencingForeignKeys().Where(k => k.DeleteBehavior is DeleteBehavior.Cascade or DeleteBehavior.SetNull && walked.Add(k)))
        {
            reached.Add(key.DeclaringEntityType);
            Follow(key.DeclaringEntityType, reached, walked);
        }
    }

    private static int Bytes(IProperty property) => property.GetColumnType() switch
    {
        "bigint" or "float" or "datetime2" => 8,
        "int" or "date" => 4,
        "smallint" => 2,
        "bit" or "tinyint" => 1,
        "uniqueidentifier" => 16,
        var type when type.StartsWith("nvarchar", StringComparison.Ordinal) => 2 * Length(type),
        var type when type.StartsWith("varbinary", StringComparison.Ordinal) => Length(type),
        var type when type.StartsWith("decimal", StringComparison.Ordinal) => 17,
        var other => throw new NotSupportedException($"Say here how many bytes {other} takes."),
    };

    private static int Length(string type) => int.TryParse(type.Split('(', ')')[1], out var length) ? length : int.MaxValue / 16;

    private static List<IEntityType> Open()
    {
        using var db = new Database(new SqlServerProvider("Server=nowhere"), TimeProvider.System).Open(Actor.System("test"), Can.KeepHouse);
        return [.. db.Model.GetEntityTypes().Where(t => !t.IsOwned())];
    }
}
