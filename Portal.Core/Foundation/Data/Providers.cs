using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace Portal.Core.Foundation;

/// <summary>A kind of database. What only one of them needs stands here.</summary>
public interface IProvider
{
    DbContextOptions Options { get; }

    /// <summary>The context that this kind's migrations belong to.</summary>
    Type ContextType { get; }

    /// <summary>Where writers take turns in the database itself, a gate that lines them up; elsewhere an open one.</summary>
    WriteGate MakeGate();

    PortalDb Create(DbContextOptions options, DbScope scope);

    /// <summary>A connection for reading outside a unit of work.</summary>
    DbConnection Connect();

    /// <summary>Whether there is a database that migrations have been at.</summary>
    bool Exists();

    /// <summary>A write that changes nothing and needs all that a write needs.</summary>
    string WriteProbe { get; }

    /// <summary>What the lane tells its connection first; "" for nothing.</summary>
    string LaneSettings { get; }

    /// <summary>Asks how many bytes the database takes.</summary>
    string SizeQuery { get; }

    /// <summary>Tells whoever would replace the database's files that a host runs on them; null where nobody would.</summary>
    IDisposable? Hold();

    /// <summary>Checks and sets what durability rests on, before the first write.</summary>
    Task PrepareAsync(PortalDb db, CancellationToken ct);
}

public sealed class SqliteProvider(string connection, Action<DbContextOptionsBuilder>? more = null) : IProvider
{
    public DbContextOptions Options { get; } = Build(o => o.UseSqlite(connection), more);

    public Type ContextType => typeof(SqlitePortalDb);

    public WriteGate MakeGate() => new(File);

    // The number means nothing to us; writing it takes the lock, a page and the log.
    public string WriteProbe => "PRAGMA user_version = 1";

    // Each unit has a savepoint, and what it needs to be undone is kept in memory, not in a file. Events of providers have numbers that fall all
    // over their index, so more of it is kept at hand as well.
    public string LaneSettings => "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -32000";

    public string SizeQuery => "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()";

    public PortalDb Create(DbContextOptions options, DbScope scope) => new SqlitePortalDb(options, scope);

    public DbConnection Connect() => new SqliteConnection(connection);

    /// <summary>Where the database lies; "" for one in memory.</summary>
    public string File { get; } = new SqliteConnectionStringBuilder(connection) is { Mode: not SqliteOpenMode.Memory, DataSource: not ":memory:" and var file } ? file : "";

    public bool Exists() => System.IO.File.Exists(new SqliteConnectionStringBuilder(connection).DataSource);

    public IDisposable? Hold()
    {
        if (File.Length == 0)
            return null;
        MakeFolder(File);
        return HostLock.Share(File);
    }

    /// <summary>The database as it is at one moment, while hosts go on writing.</summary>
    internal void SnapshotTo(string file)
    {
        using var from = new SqliteConnection(new SqliteConnectionStringBuilder(connection) { Pooling = false }.ToString());
        using var to = Alone(file);
        from.Open();
        to.Open();

        // Commands are patient by themselves; copying is not, and a host that folds its log holds the file for a moment.
        using var patience = from.CreateCommand();
        patience.CommandText = "PRAGMA busy_timeout = 30000";
        patience.ExecuteNonQuery();
        from.BackupDatabase(to);
    }

    /// <summary>The last migration that a database file has seen.</summary>
    internal static string SchemaOf(string file) => Ask(file, "SELECT MAX(MigrationId) FROM __EFMigrationsHistory").Single();

    /// <summary>The names in the store of all the files that a database file knows.</summary>
    internal static IReadOnlyList<string> FilesOf(string file) => Ask(file, "SELECT StoreKey FROM Files");

    /// <summary>Refuses a file that is not whole.</summary>
    internal static void Prove(string file)
    {
        if (Ask(file, "PRAGMA integrity_check") is not ["ok"] and var found)
            throw new RuleBroken("archive_is_damaged", $"The database in this archive is damaged: {found[0]}. Nothing was changed.");
    }

    public async Task PrepareAsync(PortalDb db, CancellationToken ct)
    {
        if (File.Length > 0 && new SqliteConnectionStringBuilder(connection).Mode is SqliteOpenMode.ReadWriteCreate && !Exists())
        {
            // SQLite gives its log the same rights. Only while nobody has it open: closing a file lets go of SQLite's locks on it.
            MakeFolder(File);
            await OwnersOnly.File(File, FileMode.OpenOrCreate).DisposeAsync();
        }

        await db.Database.OpenConnectionAsync(ct);
        await db.Database.ExecuteSqlRawAsync("PRAGMA journal_mode=WAL", ct);
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "PRAGMA synchronous";
        if (await command.ExecuteScalarAsync(ct) is not 2L)
            throw new InvalidOperationException("SQLite does not run with synchronous=FULL: acknowledged work could be lost.");
        await ForgetLockAsync(db, ct);
        await db.Database.CloseConnectionAsync();
    }

    private static void MakeFolder(string file)
    {
        if (Path.GetDirectoryName(file) is { Length: > 0 } folder)
            OwnersOnly.Folder(folder);
    }

    private static SqliteConnection Alone(string file) => new(new SqliteConnectionStringBuilder { DataSource = file, Pooling = false }.ToString());

    private static List<string> Ask(string file, string sql)
    {
        using var connection = Alone(file);
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var answers = new List<string>();
        while (reader.Read())
            answers.Add(reader.GetValue(0) as string ?? "");
        return answers;
    }

    // EF's lock is a row here: a host that was killed while it migrated leaves it, and nobody would ever start again.
    private static async Task ForgetLockAsync(PortalDb db, CancellationToken ct)
    {
        await using var command = db.Database.GetDbConnection().CreateCommand();
        command.CommandText = "SELECT COUNT(*) FROM sqlite_master WHERE name = '__EFMigrationsLock'";
        if (await command.ExecuteScalarAsync(ct) is 1L)
            await db.Database.ExecuteSqlRawAsync("DELETE FROM __EFMigrationsLock WHERE Timestamp < datetime('now', '-1 minute')", ct);
    }

    private static DbContextOptions Build(Action<DbContextOptionsBuilder<SqlitePortalDb>> use, Action<DbContextOptionsBuilder>? more)
    {
        var builder = new DbContextOptionsBuilder<SqlitePortalDb>();
        use(builder);
        builder.AddInterceptors(SqlitePragmas.Instance, Prefixes.ByRange);
        more?.Invoke(builder);
        return builder.Options;
    }
}

public sealed class SqlServerProvider(string connection, Action<DbContextOptionsBuilder>? more = null) : IProvider
{
    public DbContextOptions Options { get; } = Build(o => o.UseSqlServer(connection), more);

    public Type ContextType => typeof(SqlServerPortalDb);

    public WriteGate MakeGate() => WriteGate.Open;

    public string WriteProbe => "UPDATE TOP (1) Agency SET Name = Name";

    public string LaneSettings => "";

    public string SizeQuery => "SELECT SUM(CAST(size AS bigint)) * 8192 FROM sys.database_files";

    public PortalDb Create(DbContextOptions options, DbScope scope) => new SqlServerPortalDb(options, scope);

    public DbConnection Connect() => new Microsoft.Data.SqlClient.SqlConnection(connection);

    public bool Exists() => true;

    public IDisposable? Hold() => null;

    public Task PrepareAsync(PortalDb db, CancellationToken ct) => Task.CompletedTask;

    private static DbContextOptions Build(Action<DbContextOptionsBuilder<SqlServerPortalDb>> use, Action<DbContextOptionsBuilder>? more)
    {
        var builder = new DbContextOptionsBuilder<SqlServerPortalDb>();
        use(builder);
        builder.AddInterceptors(Prefixes.ByLike);
        more?.Invoke(builder);
        return builder.Options;
    }
}

/// <summary>Every connection is durable and patient, pooled ones too.</summary>
internal sealed class SqlitePragmas : DbConnectionInterceptor
{
    public static readonly SqlitePragmas Instance = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;";
        command.ExecuteNonQuery();
    }

    public override Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        ConnectionOpened(connection, eventData);
        return Task.CompletedTask;
    }
}
