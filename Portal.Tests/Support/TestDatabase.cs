using Microsoft.Data.SqlClient;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace Portal.Tests.Support;

/// <summary>
/// The foundation on a new database of its own, without a host: a copy of a migrated SQLite file, or a database on the server that
/// PORTAL_TEST_SQLSERVER names.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private static readonly string? Server = Environment.GetEnvironmentVariable("PORTAL_TEST_SQLSERVER");
    private static readonly Lazy<Task<byte[]>> Migrated = new(MigrateAsync);
    private readonly TempFolder? folder;
    private readonly string connection;

    private TestDatabase(string connection, TestClock clock, TempFolder? folder, string masterKey)
    {
        (this.connection, this.folder, Clock, MasterKey) = (connection, folder, clock, masterKey);
        Database = new(Provider(connection), clock);
        Lane = new(Database, NullLogger<Lane>.Instance);
        Keys = new(Database, new MasterKey(masterKey), clock);
        Box = new(Keys);
    }

    public TestClock Clock { get; }

    public Database Database { get; }

    public Lane Lane { get; }

    public SecretKeys Keys { get; }

    public SecretBox Box { get; }

    public string MasterKey { get; }

    public MailComposer Mails => field ??= new(new() { DataPath = "x" }, Clock);

    public PortalOptions Options => new() { DataPath = folder?.Path ?? throw new InvalidOperationException("A neighbour has no folder.") };

    public static async Task<TestDatabase> NewAsync()
    {
        var folder = new TempFolder();
        string connection;
        if (string.IsNullOrEmpty(Server))
        {
            var file = Path.Combine(folder.Path, "portal.db");
            await File.WriteAllBytesAsync(file, await Migrated.Value);
            connection = $"Data Source={file}";
        }
        else
        {
            connection = new SqlConnectionStringBuilder(Server) { InitialCatalog = $"portal_{Guid.NewGuid():N}" }.ToString();
        }

        var made = new TestDatabase(connection, new(), folder, Core.Foundation.MasterKey.New());
        if (!string.IsNullOrEmpty(Server))
        {
            await using var db = made.Open();
            await db.Database.MigrateAsync(Ct);
        }

        await made.Keys.PrepareAsync(Ct);
        return made;
    }

    /// <summary>Another host on the same database.</summary>
    public TestDatabase Beside() => new(connection, Clock, null, MasterKey);

    public PortalDb Open() => Database.Open(Actor.System("test"), Can.KeepHouse);

    public async Task<T> AddAsync<T>(T row)
        where T : class
    {
        await using var db = Open();
        db.Add(row);
        await db.SaveChangesAsync(Ct);
        return row;
    }

    /// <summary>Waits until others have brought it about, some seconds at most.</summary>
    public async Task SoonAsync(Func<PortalDb, Task<bool>> holds)
    {
        for (var tries = 0; tries < 400; tries++)
        {
            await using var db = Open();
            if (await holds(db))
                return;
            await Task.Delay(25, Ct);
        }

        Assert.Fail("That did not come about.");
    }

    public async Task<long> ClientAsync(string name) => (await AddAsync(new Client { Name = name, CreatedAt = Clock.Now() })).Id;

    /// <summary>A person with these accesses, as the portal knows them when they have signed in.</summary>
    public async Task<Actor> PersonAsync(Role role, params Grant[] grants)
    {
        var name = $"{Guid.NewGuid():N}@example.com";
        var user = await AddAsync(new PortalUser
        {
            UserName = name,
            NormalizedUserName = name.ToUpperInvariant(),
            Email = name,
            NormalizedEmail = name.ToUpperInvariant(),
            FullName = name,
            Role = role,
            CreatedAt = Clock.Now(),
        });
        foreach (var grant in grants)
            await AddAsync(new Access { UserId = user.Id, ClientId = grant.ClientId, Service = grant.Service, Level = grant.Level });
        return new(user.Id, name, role, grants);
    }

    public async ValueTask DisposeAsync()
    {
        await Lane.DisposeAsync();
        if (folder is null)
            return;
        if (string.IsNullOrEmpty(Server))
        {
            SqliteConnection.ClearPool(new SqliteConnection(connection));
        }
        else
        {
            await using var db = Open();
            await db.Database.EnsureDeletedAsync(CancellationToken.None);
        }

        folder.Dispose();
    }

    private static IProvider Provider(string connection) =>
        string.IsNullOrEmpty(Server) ? new SqliteProvider(connection) : new SqlServerProvider(connection);

    private static async Task<byte[]> MigrateAsync()
    {
        using var folder = new TempFolder();
        var file = Path.Combine(folder.Path, "portal.db");
        var provider = new SqliteProvider($"Data Source={file};Pooling=False");
        await using (var db = new Database(provider, TimeProvider.System).Open(Actor.System("test"), Can.KeepHouse))
        {
            await provider.PrepareAsync(db, CancellationToken.None);
            await db.Database.MigrateAsync(CancellationToken.None);
        }

        return await File.ReadAllBytesAsync(file);
    }
}
