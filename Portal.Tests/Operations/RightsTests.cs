namespace Portal.Tests.Operations;

/// <summary>Other accounts of the machine read nothing of what the portal keeps.</summary>
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class RightsTests : IDisposable
{
    private const UnixFileMode File = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Folder = File | UnixFileMode.UserExecute;
    private readonly TempFolder place = new();

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        place.Dispose();
    }

    [Theory]
    [InlineData("Development")]
    [InlineData("Production")]
    public async Task Data_archive_and_what_is_restored_are_the_accounts_own(string environment)
    {
        var (data, archive, restored) = (Path.Combine(place.Path, "data"), Path.Combine(place.Path, "portal.zip"), Path.Combine(place.Path, "restored"));
        await using (var server = new PortalServer { DataPath = data, Environment = environment, Settings = { ["Portal:MasterKey"] = environment == "Production" ? HostProcess.MasterKey : "" } })
        {
            await server.Get<IFileStore>().SaveAsync("abcdef0123456789", new MemoryStream([1]), Ct);
            await using var db = server.Open();
            Assert.True(await db.Events.AnyAsync(Ct) || environment == "Production");
            Private(data);
            await new Backup(Provider(data), new() { DataPath = data }, TimeProvider.System).RunAsync(archive, Ct);
        }

        Assert.Equal(File, System.IO.File.GetUnixFileMode(archive));
        await new Restore(Provider(restored), new() { DataPath = restored }, TimeProvider.System).RunAsync(archive, Ct);
        Private(restored);
        Assert.True(System.IO.File.Exists(Path.Combine(restored, "files", "ab", "abcdef0123456789")));
    }

    private static SqliteProvider Provider(string folder) => new($"Data Source={Path.Combine(folder, "portal.db")};Pooling=False");

    private static void Private(string folder)
    {
        Assert.Equal(Folder, System.IO.File.GetUnixFileMode(folder));
        Assert.All(Directory.GetDirectories(folder, "*", SearchOption.AllDirectories), f => Assert.Equal((f, Folder), (f, System.IO.File.GetUnixFileMode(f))));

        // The lock is empty, and whoever restores may be another account than the host's.
        Assert.All(Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Where(f => !f.EndsWith(".lock", StringComparison.Ordinal)), f => Assert.Equal((f, File), (f, System.IO.File.GetUnixFileMode(f))));
    }
}
