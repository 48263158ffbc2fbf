using Microsoft.Extensions.Logging;

namespace Portal.Core.Foundation;

/// <summary>Brings the database to this version before anyone uses it. Two hosts may start at once.</summary>
public sealed class DatabaseStart(Database database, SecretKeys secrets, SigningKeys signing, ILogger<DatabaseStart> log)
{
    public async Task RunAsync(CancellationToken ct = default)
    {
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
}
