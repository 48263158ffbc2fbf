using Microsoft.EntityFrameworkCore.Storage;

namespace Portal.Core.Foundation;

/// <summary>The lane's own connection and context, held for as long as it works: making a context for each unit would cost as much as the unit.</summary>
internal sealed class LaneSession : IAsyncDisposable
{
    private readonly Database database;
    private readonly PortalDb db;

    private LaneSession(Database database, PortalDb db) => (this.database, this.db) = (database, db);

    public static async Task<LaneSession> OpenAsync(Database database)
    {
        var provider = database.Provider;
        var db = provider.Create(provider.Options, database.LaneScope(Actor.System("lane"), Can.KeepHouse));
        db.Database.AutoSavepointsEnabled = false;
        await db.Database.OpenConnectionAsync();
        if (provider.LaneSettings.Length > 0)
            await db.Database.ExecuteSqlRawAsync(provider.LaneSettings);
        return new(database, db);
    }

    public Task<IDbContextTransaction> BeginAsync() => db.Database.BeginTransactionAsync();

    /// <summary>The context with this unit's actor and verb, and nothing of the unit before.</summary>
    public PortalDb For(LaneUnit unit)
    {
        db.BeginAgain(database.LaneScope(unit.Actor, unit.Can));
        return db;
    }

    public ValueTask DisposeAsync() => db.DisposeAsync();
}
