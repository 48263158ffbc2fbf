using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;

namespace Portal.Core.Foundation;

/// <summary>
/// One archive of all that cannot be made again: the database as it is at one moment, and the files. Safe while hosts write. The master
/// key is never in it: with both, whoever finds the archive could read what the portal keeps sealed.
/// </summary>
public sealed class Backup(IProvider provider, PortalOptions options, TimeProvider time)
{
    /// <param name="target">A folder, which gets a file named for the moment; or the file.</param>
    /// <returns>The archive and what is in it.</returns>
    public async Task<(string File, BackupManifest Manifest)> RunAsync(string target, CancellationToken ct = default)
    {
        if (provider is not SqliteProvider sqlite)
            throw new RuleBroken("not_sqlite", "This backs up SQLite only. On SQL Server, use BACKUP DATABASE, and copy the folder files/ beside it.");
        if (!sqlite.Exists())
            throw new RuleBroken("no_database", $"There is no database at {sqlite.File}.");
        var now = time.Now();
        var archive = Directory.Exists(target) ? Path.Combine(target, $"portal-{now:yyyyMMdd-HHmmss}.zip") : Path.GetFullPath(target);
        if (File.Exists(archive))
            throw new RuleBroken("exists_already", $"{archive} is there already; a backup overwrites nothing.");
        var (aside, snapshot) = ($"{archive}.part", $"{archive}.db-part");
        try
        {
            // The database first: a file is stored before its row is, so all that the rows name is there when the files are read after.
            sqlite.SnapshotTo(snapshot);
            var manifest = await PackAsync(aside, snapshot, now, ct);
            File.Move(aside, archive);
            return (archive, manifest);
        }
        finally
        {
            File.Delete(aside);
            File.Delete(snapshot);
        }
    }

    private async Task<BackupManifest> PackAsync(string aside, string snapshot, DateTime now, CancellationToken ct)
    {
        await using var file = new FileStream(aside, FileMode.CreateNew);
        var parts = new List<BackupPart>();
        var manifest = new BackupManifest(BackupManifest.Newest, SqliteProvider.SchemaOf(snapshot), now, parts);
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            parts.Add(await AddAsync(zip, BackupManifest.Database, snapshot, ct));
            var root = Path.GetFullPath(options.DataPath);
            foreach (var path in Stored(Path.Combine(root, "files")))
                parts.Add(await AddAsync(zip, Path.GetRelativePath(root, path).Replace('\\', '/'), path, ct));
            await using var entry = await zip.CreateEntry(BackupManifest.Name).OpenAsync(ct);
            await JsonSerializer.SerializeAsync(entry, manifest, BackupManifest.Json, ct);
        }

        await file.FlushAsync(ct);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
        return manifest;
    }

    // What is still being written has a longer name and belongs to no row yet.
    private static IEnumerable<string> Stored(string files) => Directory.Exists(files)
        ? Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories).Where(f => BackupManifest.IsPart($"files/{Path.GetFileName(Path.GetDirectoryName(f))}/{Path.GetFileName(f)}")).Order(StringComparer.Ordinal)
        : [];

    private static async Task<BackupPart> AddAsync(ZipArchive zip, string name, string path, CancellationToken ct)
    {
        await using var source = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
        using var hash = SHA256.Create();
        await using var hashing = new CryptoStream(entry, hash, CryptoStreamMode.Write);
        await source.CopyToAsync(hashing, ct);
        await hashing.FlushFinalBlockAsync(ct);
        return new(name, source.Position, Convert.ToHexStringLower(hash.Hash!));
    }
}

/// <summary>What an archive says of itself. Everything in it is listed here, and nothing else may be in it.</summary>
public sealed partial record BackupManifest(int Format, string Schema, DateTime MadeAt, IReadOnlyList<BackupPart> Parts)
{
    public const int Newest = 1;
    public const string Name = "manifest.json";
    public const string Database = "portal.db";

    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    /// <summary>A name that leads nowhere but into the data folder.</summary>
    public static bool IsPart(string name) => name == Database || StoredFile().IsMatch(name);

    [System.Text.RegularExpressions.GeneratedRegex("^files/[0-9a-f]{2}/[0-9a-f]{8,64}$")]
    private static partial System.Text.RegularExpressions.Regex StoredFile();
}

public sealed record BackupPart(string Name, long Size, string Sha256);
