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
            throw Exists(archive);

        // Names of its own: another backup to the same place takes nothing from this one, and this one deletes only what it made.
        var mark = Guid.CreateVersion7().ToString("N");
        var (aside, snapshot) = ($"{archive}.{mark}.part", $"{archive}.{mark}.db-part");
        try
        {
            // The database first: a file is stored before its row is, so none that a row names is still to come when the files are read.
            await OwnersOnly.File(snapshot).DisposeAsync();
            sqlite.SnapshotTo(snapshot);
            var manifest = await PackAsync(aside, snapshot, now, ct);
            Publish(aside, archive);
            return (archive, manifest);
        }
        finally
        {
            File.Delete(aside);
            File.Delete(snapshot);
        }
    }

    private static void Publish(string aside, string archive)
    {
        try
        {
            File.Move(aside, archive);
        }
        catch (IOException) when (File.Exists(archive))
        {
            throw Exists(archive);
        }
    }

    private static RuleBroken Exists(string archive) => new("exists_already", $"{archive} is there already; a backup overwrites nothing.");

    private async Task<BackupManifest> PackAsync(string aside, string snapshot, DateTime now, CancellationToken ct)
    {
        await using var file = OwnersOnly.File(aside);
        BackupManifest manifest;
        await using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            var parts = await PackAsync(zip, snapshot, ct);
            manifest = new(BackupManifest.Newest, SqliteProvider.SchemaOf(snapshot), now, parts, Missing(snapshot, parts));
            await using var entry = await zip.CreateEntry(BackupManifest.Name).OpenAsync(ct);
            await JsonSerializer.SerializeAsync(entry, manifest, BackupManifest.Json, ct);
        }

        await file.FlushAsync(ct);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
        return manifest;
    }

    private async Task<List<BackupPart>> PackAsync(ZipArchive zip, string snapshot, CancellationToken ct)
    {
        List<BackupPart> parts = [await AddAsync(zip, BackupManifest.Database, snapshot, ct) ?? throw new FileNotFoundException("The copy of the database is gone.", snapshot)];
        var root = Path.GetFullPath(options.DataPath);
        foreach (var path in Stored(Path.Combine(root, "files")))
        {
            if (await AddAsync(zip, Path.GetRelativePath(root, path).Replace('\\', '/'), path, ct) is { } part)
                parts.Add(part);
        }

        return parts;
    }

    // People go on deleting and replacing files: what went after the copy of the database was made is named there and cannot be packed.
    private static int Missing(string snapshot, IEnumerable<BackupPart> parts) =>
        SqliteProvider.FilesOf(snapshot).Except(parts.Select(p => Path.GetFileName(p.Name))).Count();

    // What is still being written has a longer name and belongs to no row yet.
    private static IEnumerable<string> Stored(string files) => Directory.Exists(files)
        ? Directory.EnumerateFiles(files, "*", SearchOption.AllDirectories).Where(f => BackupManifest.IsPart($"files/{Path.GetFileName(Path.GetDirectoryName(f))}/{Path.GetFileName(f)}")).Order(StringComparer.Ordinal)
        : [];

    /// <returns>Null when the file has gone since it was listed.</returns>
    private static async Task<BackupPart?> AddAsync(ZipArchive zip, string name, string path, CancellationToken ct)
    {
        await using var source = Open(path);
        if (source is null)
            return null;
        await using var entry = await zip.CreateEntry(name, CompressionLevel.Fastest).OpenAsync(ct);
        using var hash = SHA256.Create();
        await using var hashing = new CryptoStream(entry, hash, CryptoStreamMode.Write);
        await source.CopyToAsync(hashing, ct);
        await hashing.FlushFinalBlockAsync(ct);
        return new(name, source.Position, Convert.ToHexStringLower(hash.Hash!));
    }

    private static FileStream? Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }
}

/// <summary>What an archive says of itself. Everything in it is listed here, and nothing else may be in it; how many files its database names that are not is said too.</summary>
public sealed partial record BackupManifest(int Format, string Schema, DateTime MadeAt, IReadOnlyList<BackupPart> Parts, int Missing = 0)
{
    public const int Newest = 1;
    public const string Name = "manifest.json";
    public const string Database = "portal.db";

    public static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>A name that leads nowhere but into the data folder.</summary>
    public static bool IsPart(string name) => name == Database || StoredFile().IsMatch(name);

    [System.Text.RegularExpressions.GeneratedRegex("^files/[0-9a-f]{2}/[0-9a-f]{8,64}$")]
    private static partial System.Text.RegularExpressions.Regex StoredFile();
}

public sealed record BackupPart(string Name, long Size, string Sha256);
