using Microsoft.EntityFrameworkCore.Storage;

namespace Portal.Core.Foundation;

/// <summary>The lane's own connection, held for as long as it works.</summary>
internal sealed class LaneSession : IAsyncDisposable
{
    private readonly PortalDb db;

    private LaneSession(PortalDb db, DbContextOptions options) => (this.db, Options) = (db, options);

    /// <summary>For the contexts of the units, on this connection.</summary>
    public DbContextOptions Options { get; }

    public static async Task<LaneSession> OpenAsync(Database database)
    {
        var db = database.Open(Actor.System("lane"), Can.KeepHouse);
        await db.Database.OpenConnectionAsync();
        return new(db, database.Provider.OptionsOn(db.Database.GetDbConnection()));
    }

    public Task<IDbContextTransaction> BeginAsync() => db.Database.BeginTransactionAsync();

    public ValueTask DisposeAsync() => db.DisposeAsync();
}
