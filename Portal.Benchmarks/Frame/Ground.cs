using Microsoft.Extensions.Logging.Abstractions;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Frame;

/// <summary>The foundation on a SQLite file, without a host.</summary>
internal sealed class Ground : IAsyncDisposable
{
    private Ground(string file)
    {
        Database = new(new SqliteProvider($"Data Source={file}"), TimeProvider.System);
        Lane = new(Database, NullLogger<Core.Foundation.Lane>.Instance);
    }

    public Database Database { get; }

    public Core.Foundation.Lane Lane { get; }

    public static async Task<Ground> OpenAsync(string file)
    {
        var ground = new Ground(file);
        var keys = new SecretKeys(ground.Database, new MasterKey(MasterKey.ReadOrMake(file + ".key")), TimeProvider.System);
        var signing = new SigningKeys(ground.Database, new SecretBox(keys), TimeProvider.System);
        await new DatabaseStart(ground.Database, keys, signing, NullLogger<DatabaseStart>.Instance).RunAsync();
        return ground;
    }

    public PortalDb Open() => Database.Open(Actor.System("bench"), Can.KeepHouse);

    public ValueTask DisposeAsync() => Lane.DisposeAsync();
}
