using Microsoft.EntityFrameworkCore.Design;

namespace Portal.Core.Foundation;

// For `dotnet ef`, which opens no connection while it adds a migration.
internal sealed class SqliteDesign : IDesignTimeDbContextFactory<SqlitePortalDb>
{
    public SqlitePortalDb CreateDbContext(string[] args) =>
        (SqlitePortalDb)new Database(new SqliteProvider("Data Source=design.db"), TimeProvider.System).Open(Actor.System("design"), Can.KeepHouse);
}

internal sealed class SqlServerDesign : IDesignTimeDbContextFactory<SqlServerPortalDb>
{
    public SqlServerPortalDb CreateDbContext(string[] args) =>
        (SqlServerPortalDb)new Database(new SqlServerProvider("Server=.;Database=Portal"), TimeProvider.System).Open(Actor.System("design"), Can.KeepHouse);
}
