using Microsoft.Extensions.Logging.Abstractions;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Frame;

/// <summary>The foundation on a SQLite file, without a host.</summary>
internal sealed class Ground : IAsyncDisposable
{
    private readonly SecretKeys keys;

    private Ground(string file)
    {
        Database = new(new SqliteProvider($"Data Source={file}"), TimeProvider.System);
        keys = new(Database, new MasterKey(MasterKey.ReadOrMake(file + ".key")), TimeProvider.System);
        Box = new(keys);
        Lane = new(Database, NullLogger<Core.Foundation.Lane>.Instance);
    }

    public Database Database { get; }

    public Core.Foundation.Lane Lane { get; }

    public SecretBox Box { get; }

    public static async Task<Ground> OpenAsync(string file)
    {
        var ground = new Ground(file);
        var signing = new SigningKeys(ground.Database, ground.Box, TimeProvider.System);
        await new DatabaseStart(ground.Database, ground.keys, signing, NullLogger<DatabaseStart>.Instance).RunAsync();
        return ground;
    }

    public PortalDb Open() => Database.Open(Actor.System("bench"), Can.KeepHouse);

    public ValueTask DisposeAsync() => Lane.DisposeAsync();
}
