using System.Data.Common;
using System.Reflection;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>Brings the database to this version before anyone uses it. Two hosts may start at once.</summary>
public sealed class DatabaseStart(Database database, SecretKeys secrets, SigningKeys signing, ILogger<DatabaseStart> log) : IDisposable
{
    private IDisposable? hold;

    public async Task RunAsync(CancellationToken ct = default)
    {
        hold ??= database.Provider.Hold();
        if (IsInOrder())
            return;
        await using (var db = database.Open(Actor.System("start"), Can.KeepHouse))
        {
            await database.Provider.PrepareAsync(db, ct);
            if ((await db.Database.GetPendingMigrationsAsync(ct)).Count() is > 0 and var count)
            {
                log.LogInformation("Applying {Count} migrations.", count);
                await db.Database.MigrateAsync(ct);
            }
        }

        await secrets.PrepareAsync(ct);
        await signing.RotateAsync(ct);
    }

    public void Dispose() => hold?.Dispose();

    /// <summary>The usual start: nothing to migrate, all keys there and wrapped by this master key. Whatever is not so is put right.</summary>
    private bool IsInOrder()
    {
        try
        {
            return database.Provider.Exists()
                && IsMigrated(database)
                && secrets.AreInOrder()
                && database.Read("SELECT Id FROM SigningKeys", row => row.GetInt64(0)).Count > 0;
        }
        catch (DbException e)
        {
            log.LogInformation("The database is not in order yet: {Reason}", e.Message);
            return false;
        }
    }

    internal static bool IsMigrated(Database database) =>
        database.Read("SELECT MAX(MigrationId) FROM __EFMigrationsHistory", row => row.IsDBNull(0) ? null : row.GetString(0)).Single() == Migrations(database.Provider).Max(StringComparer.Ordinal);

    /// <summary>Every migration this program knows for this kind of database.</summary>
    internal static IEnumerable<string> Migrations(IProvider provider) => typeof(DatabaseStart).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<DbContextAttribute>()?.ContextType == provider.ContextType)
        .Select(type => type.GetCustomAttribute<MigrationAttribute>()?.Id).OfType<string>();
}
