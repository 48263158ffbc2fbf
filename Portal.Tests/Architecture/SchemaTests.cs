using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
namespace Portal.Tests.Architecture;

public class SchemaTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Every_change_of_the_model_has_a_migration(bool isSqlite)
    {
        IProvider provider = isSqlite ? new SqliteProvider("Data Source=:memory:") : new SqlServerProvider("Server=.;Database=Portal");
        await using var db = new Database(provider, TimeProvider.System).Open(Actor.System("test"), Can.KeepHouse);
        Assert.False(db.Database.HasPendingModelChanges());
        Assert.NotEmpty(db.Database.GetMigrations());
    }

    [Fact]
    public async Task A_migration_that_was_killed_does_not_lock_out_the_next_start()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "portal.db");
        await using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={file};Pooling=False"))
        {
            await connection.OpenAsync(Ct);
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE __EFMigrationsLock (Id INTEGER PRIMARY KEY, Timestamp TEXT NOT NULL); INSERT INTO __EFMigrationsLock VALUES (1, datetime('now', '-5 minutes'))";
            await command.ExecuteNonQueryAsync(Ct);
        }

        var provider = new SqliteProvider($"Data Source={file};Pooling=False");
        await using var db = new Database(provider, TimeProvider.System).Open(Actor.System("test"), Can.KeepHouse);
        await provider.PrepareAsync(db, Ct);
        await db.Database.MigrateAsync(Ct).WaitAsync(TimeSpan.FromSeconds(20), Ct);

        Assert.Empty(await db.Clients.ToListAsync(Ct));
    }

    [Fact]
    public async Task An_empty_database_becomes_one_that_works_and_is_durable()
    {
        using var folder = new TempFolder();
        var provider = new SqliteProvider($"Data Source={Path.Combine(folder.Path, "new", "portal.db")};Pooling=False");
        var database = new Database(provider, TimeProvider.System);
        await using var db = database.Open(Actor.System("test"), Can.KeepHouse);
        await provider.PrepareAsync(db, Ct);
        await db.Database.MigrateAsync(Ct);

        Assert.Empty(await db.Database.GetPendingMigrationsAsync(Ct));
        Assert.Equal("wal", await AskAsync(db, "SELECT journal_mode AS Value FROM pragma_journal_mode"));
        Assert.Equal("2", await AskAsync(db, "SELECT synchronous AS Value FROM pragma_synchronous"));
        Assert.Equal("1", await AskAsync(db, "SELECT foreign_keys AS Value FROM pragma_foreign_keys"));
        foreach (var table in db.Model.GetEntityTypes().Select(t => t.GetTableName()!).Distinct())
            Assert.Equal("0", await AskAsync(db, $"SELECT count(*) AS Value FROM \"{table}\""));
    }

    [Fact]
    public async Task Migrating_again_changes_nothing()
    {
        await using var house = await TestDatabase.NewAsync();
        await house.ClientAsync("Acme");
        await using var db = house.Open();
        await db.Database.MigrateAsync(Ct);
        Assert.Equal(1, await db.Clients.CountAsync(Ct));
    }

    [Fact]
    public async Task A_mail_that_waited_before_its_text_lay_apart_is_still_sent_with_it()
    {
        using var folder = new TempFolder();
        var provider = new SqliteProvider($"Data Source={Path.Combine(folder.Path, "portal.db")};Pooling=False");
        await using var db = new Database(provider, TimeProvider.System).Open(Actor.System("test"), Can.KeepHouse);
        await provider.PrepareAsync(db, Ct);
        await db.GetService<IMigrator>().MigrateAsync("Guards", Ct);
        await db.Database.ExecuteSqlRawAsync("""
            INSERT INTO Deliveries (Key, Channel, Recipient, RecipientSearch, Title, Body, CreatedAt, Status, Tries, NextTryAt, IsSecret)
            VALUES ('k', 'email', 'a@b.c', 'a@b.c', 'Your Code', 'It is 123456.', '2026-11-21 10:00:00', 'Waiting', 0, '2026-11-21 10:00:00', 1)
            """, Ct);

        await db.Database.MigrateAsync(Ct);

        var waiting = await db.Deliveries.SingleAsync(Ct);
        Assert.Equal(("It is 123456.", null, "your code"), (waiting.Body, waiting.Html, waiting.TitleSearch));
    }

    private static Task<string> AskAsync(PortalDb db, string sql) => db.Database.SqlQueryRaw<string>(sql).SingleAsync(Ct);
}
