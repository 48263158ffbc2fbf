using System.IO.Compression;
using System.Text.RegularExpressions;
using Portal.Core.Domains.People;

namespace Portal.Tests.Operations;

public sealed class BackupTests : IDisposable
{
    private static readonly Actor Self = Actor.System("test");
    private readonly TempFolder data = new();
    private readonly TempFolder elsewhere = new();
    private readonly TempFolder archives = new();

    private string Archive => Path.Combine(archives.Path, "portal.zip");

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        data.Dispose();
        elsewhere.Dispose();
        archives.Dispose();
    }

    [Fact]
    public async Task A_backup_under_load_restores_to_whole_events_and_an_unbroken_chain()
    {
        int before;
        await using (var server = Server(data, jobsRun: true))
        {
            using var stop = new CancellationTokenSource();
            var saved = 0;
            var writing = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => WriteAsync(server, () => Interlocked.Increment(ref saved), stop.Token)));
            while (Volatile.Read(ref saved) < 300)
                await Task.Delay(20, Ct);
            before = Volatile.Read(ref saved);
            await File.WriteAllTextAsync(Path.Combine(Directory.CreateDirectory(Path.Combine(data.Path, "files", "ab")).FullName, "abcdef0123456789"), "a file", Ct);

            var (exitCode, said) = await HostProcess.RunAsync(data.Path, "backup", Archive);

            Assert.True(exitCode == 0, said);
            Assert.Contains("1 files", said, StringComparison.Ordinal);
            Assert.True(Volatile.Read(ref saved) > before, "The host stood still while it was backed up.");
            await stop.CancelAsync();
            await writing;
        }

        var restored = await HostProcess.RunAsync(elsewhere.Path, "restore", Archive);
        Assert.True(restored.ExitCode == 0, restored.Said);
        Assert.Contains("Restored the database", restored.Said, StringComparison.Ordinal);
        Assert.Equal("a file", await File.ReadAllTextAsync(Path.Combine(elsewhere.Path, "files", "ab", "abcdef0123456789"), Ct));
        await WholeAsync(before);
    }

    [Fact]
    public async Task The_master_key_is_never_in_it()
    {
        await MadeAsync();
        using var zip = await ZipFile.OpenReadAsync(Archive, Ct);
        Assert.Equal(["manifest.json", "portal.db"], zip.Entries.Select(e => e.FullName).Order());
        await zip.ExtractToDirectoryAsync(elsewhere.Path, Ct);
        foreach (var file in elsewhere.Files())
            Assert.Equal(-1, (await File.ReadAllBytesAsync(file, Ct)).AsSpan().IndexOf(Convert.FromBase64String(HostProcess.MasterKey)));
    }

    [Fact]
    public async Task A_restore_waits_for_no_host_it_refuses()
    {
        await using var server = Server(data);
        _ = server.Services;
        Assert.Equal(0, (await HostProcess.RunAsync(data.Path, "backup", Archive)).ExitCode);

        var (exitCode, said) = await HostProcess.RunAsync(data.Path, "restore", Archive);

        Assert.Equal(1, exitCode);
        Assert.Contains("A portal runs on this data", said, StringComparison.Ordinal);
        Assert.Empty(Directory.GetDirectories(data.Path, "*restor*"));
    }

    [Fact]
    public async Task What_was_there_before_is_kept_aside()
    {
        await MadeAsync();
        await using (var server = Server(data))
        {
            await using var db = server.Open();
            db.Record(new SignedOut(4711, 1));
            await db.SaveChangesAsync(Ct);
        }

        var restored = await Restore().RunAsync(Archive, Ct);

        Assert.NotNull(restored.Before);
        Assert.True(File.Exists(Path.Combine(restored.Before, "portal.db")));
        await using var again = Server(data);
        await using var now = again.Open();
        Assert.False(await now.Events.AnyAsync(e => e.ActorId == 0 && e.Data.Contains("4711"), Ct));
    }

    [Theory]
    [InlineData("cut", "archive_is_damaged")]
    [InlineData("flipped", "archive_is_damaged")]
    [InlineData("changed", "archive_is_damaged")]
    [InlineData("extra", "archive_is_damaged")]
    [InlineData("outside", "archive_is_damaged")]
    [InlineData("no manifest", "archive_is_damaged")]
    [InlineData("newer format", "archive_is_newer")]
    [InlineData("newer schema", "archive_is_newer")]
    [InlineData("unknown older schema", "archive_is_strange")]
    [InlineData("no parts", "archive_is_damaged")]
    [InlineData("an empty part", "archive_is_damaged")]
    [InlineData("another known schema", "archive_is_damaged")]
    [InlineData("another database", "archive_is_damaged")]
    [InlineData("no database", "archive_is_damaged")]
    public async Task An_archive_that_is_not_right_changes_nothing(string how, string code)
    {
        await MadeAsync();
        var database = await File.ReadAllBytesAsync(Path.Combine(data.Path, "portal.db"), Ct);
        await SpoilAsync(how);

        var refusal = await Assert.ThrowsAsync<RuleBroken>(() => Restore().RunAsync(Archive, Ct));

        Assert.Equal(code, refusal.Code);
        Assert.Equal(database, await File.ReadAllBytesAsync(Path.Combine(data.Path, "portal.db"), Ct));
        Assert.Empty(Directory.GetDirectories(data.Path, "*restor*"));
    }

    [Fact]
    public async Task A_backup_overwrites_nothing_and_a_folder_gets_a_file_of_its_own()
    {
        await MadeAsync();
        Assert.Equal("exists_already", (await Assert.ThrowsAsync<RuleBroken>(() => Backup().RunAsync(Archive, Ct))).Code);
        var (file, manifest) = await Backup().RunAsync(archives.Path, Ct);
        Assert.Matches(@"portal-\d{8}-\d{6}\.zip$", file);
        Assert.Equal("portal.db", Assert.Single(manifest.Parts).Name);
        Assert.Equal(2, archives.Files().Count());
    }

    [Fact]
    public async Task Files_that_go_while_they_are_packed_are_left_out_and_counted()
    {
        await MadeAsync();
        File.Delete(Archive);
        await using (var server = Server(data))
        await using (var db = server.Open())
        {
            foreach (var key in new[] { "abcdef0123456789", "abcdef9876543210" })
                db.Add(new StoredFile { Name = "a.png", ContentType = "image/png", Size = 1, Sha256 = [], StoreKey = key, CreatedAt = TimeProvider.System.Now() });
            await db.SaveChangesAsync(Ct);
        }

        // The one is listed and gone when it is opened, the other was gone before.
        File.CreateSymbolicLink(Path.Combine(Directory.CreateDirectory(Path.Combine(data.Path, "files", "ab")).FullName, "abcdef0123456789"), "/nowhere");
        var (exitCode, said) = await HostProcess.RunAsync(data.Path, "backup", Archive);

        Assert.True(exitCode == 0, said);
        Assert.Contains("and 0 files; 2 files that the database names were gone already", said, StringComparison.Ordinal);
        Assert.Equal(2, (await Restore().RunAsync(Archive, Ct)).Manifest.Missing);
    }

    [Fact]
    public async Task Backups_to_one_name_at_once_leave_each_other_alone()
    {
        await MadeAsync();
        File.Delete(Archive);

        var ends = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            try
            {
                await Backup().RunAsync(Archive, Ct);
                return "made";
            }
            catch (RuleBroken refusal)
            {
                return refusal.Code;
            }
        })));

        Assert.Equal(["exists_already", "exists_already", "exists_already", "made"], ends.Order());
        Assert.Equal([Archive], archives.Files());
        Assert.Equal("portal.db", Assert.Single((await Restore().RunAsync(Archive, Ct)).Manifest.Parts).Name);
    }

    [Fact]
    public void A_database_that_cannot_be_copied_says_so_as_one_that_cannot_be_written_does() =>
        Assert.IsType<StoreUnavailable>(DbErrors.Translate(new Microsoft.Data.Sqlite.SqliteException("disk I/O error", 1802, 1802)));

    [Fact]
    public async Task On_SQL_Server_both_say_what_to_use_instead()
    {
        var provider = new SqlServerProvider("Server=nowhere;Database=Portal");
        Assert.Contains("BACKUP DATABASE", (await Assert.ThrowsAsync<RuleBroken>(() => new Backup(provider, new(), TimeProvider.System).RunAsync(Archive, Ct))).Message, StringComparison.Ordinal);
        Assert.Contains("RESTORE DATABASE", (await Assert.ThrowsAsync<RuleBroken>(() => new Restore(provider, new(), TimeProvider.System).RunAsync(Archive, Ct))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("backup <folder or file>", "backup")]
    [InlineData("backup <folder or file>", "backup", "")]
    [InlineData("backup <folder or file>", "backup", "--help")]
    [InlineData("restore <file>", "restore", "a.zip", "b.zip")]
    [InlineData("MetricsToken", "backup", "a.zip", "--Portal:MetricsToken=short")]
    [InlineData("Database:Provider is 'Foo'", "backup", "a.zip", "--Database:Provider=Foo")]
    public async Task A_command_that_cannot_be_done_says_why_in_a_few_words(string why, params string[] command)
    {
        var (exitCode, said) = await HostProcess.RunAsync(data.Path, command);
        Assert.Equal(1, exitCode);
        Assert.Contains(why, said, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", said, StringComparison.Ordinal);
        Assert.Empty(data.Files());
    }

    [Fact]
    public async Task The_timer_that_the_operators_page_shows_backs_up()
    {
        await MadeAsync();
        var page = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "operations.md"), Ct);
        var timer = Regex.Match(page, @"/etc/cron\.d/portal.*\n((?:    \w+=.*\n)*)    0 \* \* \* \*  portal  \S*dotnet \S*Portal\.dll backup /var/backups\n");
        Assert.True(timer.Success, "The page shows no timer.");
        var start = new System.Diagnostics.ProcessStartInfo("dotnet", [HostProcess.Program, "backup", archives.Path]) { WorkingDirectory = "/", RedirectStandardError = true };
        start.Environment.Clear();
        foreach (var name in new[] { "PATH", "DOTNET_ROOT" }.Where(n => Environment.GetEnvironmentVariable(n) is not null))
            start.Environment[name] = Environment.GetEnvironmentVariable(name);
        foreach (var line in timer.Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            start.Environment[line.Split('=')[0]] = line.Split('=')[1].Replace("/var/lib/portal", data.Path, StringComparison.Ordinal);

        using var run = System.Diagnostics.Process.Start(start)!;
        var said = await run.StandardError.ReadToEndAsync(Ct);
        await run.WaitForExitAsync(Ct);

        Assert.True(run.ExitCode == 0, said);
        Assert.Equal(2, archives.Files().Count());
    }

    [Fact]
    public async Task A_backup_that_is_stopped_leaves_nothing_behind()
    {
        await MadeAsync();
        File.Delete(Archive);
        await using (var big = File.Create(Path.Combine(Directory.CreateDirectory(Path.Combine(data.Path, "files", "ab")).FullName, "abcdef0123456789")))
            big.SetLength(16L << 30); // holes: it takes no room, and long to pack

        var (exitCode, said) = await HostProcess.RunAsync(data.Path, UntilItPacksAsync, "backup", Archive);

        Assert.Equal(1, exitCode);
        Assert.Contains("nothing was left behind", said, StringComparison.Ordinal);
        Assert.Empty(archives.Files());

        async Task UntilItPacksAsync()
        {
            while (!archives.Files().Any(f => f.EndsWith(".part", StringComparison.Ordinal) && new FileInfo(f).Length > 1 << 20))
                await Task.Delay(20, Ct);
        }
    }

    private static PortalServer Server(TempFolder folder, bool jobsRun = false) =>
        new() { DataPath = folder.Path, JobsRun = jobsRun, Settings = { ["Portal:MasterKey"] = HostProcess.MasterKey } };

    /// <summary>An event and a delivery in one unit: half of it would show.</summary>
    private static async Task WriteAsync(PortalServer server, Action saved, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await server.Get<Lane>().RunAsync(Self, Can.KeepHouse, async db =>
            {
                db.Record(new SignedOut(1, 1));
                await db.SaveChangesAsync(Ct);
                var now = TimeProvider.System.Now();
                db.Add(new Delivery { Key = $"pair-{Guid.CreateVersion7()}", Channel = "none", Recipient = "pair", Title = "", Body = "", EventId = db.Events.Local.Single().Id, CreatedAt = now }.From(now.AddDays(1)));
            }, Ct);
            saved();
        }
    }

    private async Task WholeAsync(int atLeast)
    {
        await using var server = Server(elsewhere, jobsRun: true);
        _ = server.Services;
        await using var db = server.Open();
        var pairs = await db.Deliveries.Where(d => d.Recipient == "pair").Select(d => d.EventId!.Value).ToListAsync(Ct);
        var events = await db.Events.Where(e => e.Type == "signed_out").Select(e => e.Id).ToListAsync(Ct);
        Assert.Equal(events.Order(), pairs.Order());
        Assert.True(pairs.Count >= atLeast, $"{pairs.Count} of {atLeast}");
        await server.Get<Sealer>().RunAsync(Ct);
        var chain = await server.Get<Sealer>().VerifyAsync(Ct);
        Assert.Null(chain.Trouble);
        Assert.True(chain.Sealed >= atLeast);
        Assert.Equal("ok", server.Get<Database>().Read("PRAGMA integrity_check", row => row.GetString(0)).Single());
    }

    private SqliteProvider Provider() => new($"Data Source={Path.Combine(data.Path, "portal.db")};Pooling=False");

    private Backup Backup() => new(Provider(), new() { DataPath = data.Path }, TimeProvider.System);

    private Restore Restore() => new(Provider(), new() { DataPath = data.Path }, TimeProvider.System);

    private async Task MadeAsync()
    {
        await using (var server = Server(data))
            _ = server.Services;
        await Backup().RunAsync(Archive, Ct);
    }

    private async Task SpoilAsync(string how)
    {
        if (how is "cut" or "flipped")
        {
            var bytes = await File.ReadAllBytesAsync(Archive, Ct);

            // More than a bit: packed, one of them may stand for another place where the same is written.
            foreach (ref var spoiled in bytes.AsSpan(bytes.Length / 3, 64))
                spoiled ^= 0x10;
            await File.WriteAllBytesAsync(Archive, how == "cut" ? bytes[..(bytes.Length / 2)] : bytes, Ct);
            return;
        }

        await using var zip = await ZipFile.OpenAsync(Archive, ZipArchiveMode.Update, Ct);
        var manifest = zip.GetEntry("manifest.json")!;
        using var reader = new StreamReader(await manifest.OpenAsync(Ct));
        var text = await reader.ReadToEndAsync(Ct);
        reader.Dispose();
        (string? Manifest, string? Added) change = how switch
        {
            "changed" => (text.Replace("\"sha256\": \"", "\"sha256\": \"0", StringComparison.Ordinal), null),
            "extra" => (text, "master.key"),
            "outside" => (text.Replace("portal.db\"", "portal.db\"}, {\"name\": \"files/../../x\", \"size\": 0, \"sha256\": \"\"", StringComparison.Ordinal), "files/../../x"),
            "newer format" => (text.Replace("\"format\": 1", "\"format\": 2", StringComparison.Ordinal), null),
            "newer schema" => (Regex.Replace(text, @"(?<=""schema"": ""\d+)_\w+", "_NotYet"), null),
            "unknown older schema" => (Regex.Replace(text, @"(?<=""schema"": "")\d+", "20010101000000"), null),
            "another known schema" => (Regex.Replace(text, @"(?<=""schema"": "")\w+", DatabaseStart.Migrations(Provider()).Min(StringComparer.Ordinal)!), null),
            "no parts" => (Regex.Replace(text, @"(?s)(?<=""parts"": )\[.*\]", "null"), null),
            "an empty part" => (Regex.Replace(text, @"(?s)(?<=""parts"": )\[.*\]", "[null]"), null),
            "another database" or "no database" => (await WithDatabaseAsync(zip, text, how), null),
            _ => (null, null),
        };
        manifest.Delete();
        if (change.Manifest is not null)
            await PutAsync(zip, "manifest.json", change.Manifest);
        if (change.Added is not null)
            await PutAsync(zip, change.Added, "x");
    }

    /// <summary>A database that is none of ours, or no database, listed as it is.</summary>
    private async Task<string> WithDatabaseAsync(ZipArchive zip, string manifest, string how)
    {
        var file = Path.Combine(elsewhere.Path, "strange.db");
        if (how == "no database")
            await File.WriteAllTextAsync(file, new string('x', 5000), Ct);
        else
            await new SqliteProvider($"Data Source={file};Pooling=False").ExecuteAsync("CREATE TABLE Strange (Id INTEGER)");
        zip.GetEntry("portal.db")!.Delete();
        await zip.CreateEntryFromFileAsync(file, "portal.db", Ct);
        var hash = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(await File.ReadAllBytesAsync(file, Ct)));
        return Regex.Replace(Regex.Replace(manifest, @"(?<=""sha256"": "")\w+", hash), @"(?<=""size"": )\d+", $"{new FileInfo(file).Length}");
    }

    private static async Task PutAsync(ZipArchive zip, string name, string text)
    {
        await using var writer = new StreamWriter(await zip.CreateEntry(name).OpenAsync(Ct));
        await writer.WriteAsync(text);
    }
}
