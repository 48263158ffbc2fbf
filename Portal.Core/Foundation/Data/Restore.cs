using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace Portal.Core.Foundation;

/// <summary>
/// Puts an archive in the place of the data. All of it is unpacked and proven beside the data first; what was there before is moved
/// aside and comes back if anything fails.
/// </summary>
public sealed class Restore(IProvider provider, PortalOptions options, TimeProvider time)
{
    private readonly string root = Path.GetFullPath(options.DataPath);

    public async Task<Restored> RunAsync(string archive, CancellationToken ct = default)
    {
        if (provider is not SqliteProvider sqlite)
            throw new RuleBroken("not_sqlite", "This restores SQLite only. On SQL Server, use RESTORE DATABASE, and put the folder files/ back beside it.");
        if (!File.Exists(archive))
            throw new RuleBroken("no_archive", $"There is no file {archive}.");
        OwnersOnly.Folder(root);
        OwnersOnly.Folder(Path.GetDirectoryName(sqlite.File)!);
        using var alone = await HostLock.AloneAsync(sqlite.File, ct) ?? throw new RuleBroken("host_runs", "A portal runs on this data. Stop it first: nothing was changed.");
        var stamp = $"{time.Now():yyyyMMdd-HHmmss}";
        var fresh = OwnersOnly.Folder(Path.Combine(root, $"restoring-{stamp}")).FullName;
        try
        {
            var manifest = await UnpackAsync(archive, fresh, ct);
            Prove(Path.Combine(fresh, BackupManifest.Database), manifest);
            return new(manifest, Swap(sqlite.File, fresh, Path.Combine(root, $"before-restore-{stamp}")));
        }
        finally
        {
            Directory.Delete(fresh, recursive: true);
        }
    }

    private async Task<BackupManifest> UnpackAsync(string archive, string fresh, CancellationToken ct)
    {
        try
        {
            await using var zip = await ZipFile.OpenReadAsync(archive, ct);
            var manifest = await ManifestAsync(zip, ct);
            foreach (var part in manifest.Parts)
                await UnpackAsync(zip, part, fresh, ct);
            return manifest;
        }
        catch (Exception e) when (e is InvalidDataException or JsonException or EndOfStreamException)
        {
            throw Damaged(e.Message);
        }
    }

    private async Task<BackupManifest> ManifestAsync(ZipArchive zip, CancellationToken ct)
    {
        var entry = zip.GetEntry(BackupManifest.Name) ?? throw Damaged("it has no manifest");
        await using var text = await entry.OpenAsync(ct);
        var manifest = await JsonSerializer.DeserializeAsync<BackupManifest>(text, BackupManifest.Json, ct) ?? throw Damaged("its manifest is empty");
        if (manifest.Parts.Any(p => p is null))
            throw Damaged("its manifest lists nothing in a place");
        RefuseStranger(manifest);
        var names = manifest.Parts.Select(p => p.Name).ToList();
        if (names.Distinct().Count() < names.Count || !names.Contains(BackupManifest.Database) || !names.All(BackupManifest.IsPart) || !names.Append(BackupManifest.Name).Order().SequenceEqual(zip.Entries.Select(e => e.FullName).Order()))
            throw Damaged("what is in it is not what its manifest lists");
        return manifest;
    }

    private void RefuseStranger(BackupManifest manifest)
    {
        var ours = DatabaseStart.Migrations(provider).ToList();
        if (manifest.Format <= BackupManifest.Newest && ours.Contains(manifest.Schema))
            return;
        var which = $"(format {manifest.Format}, schema {manifest.Schema})";

        // A schema begins with the moment it was made at.
        throw manifest.Format > BackupManifest.Newest || string.CompareOrdinal(Moment(manifest.Schema), Moment(ours.Max(StringComparer.Ordinal)!)) >= 0
            ? new RuleBroken("archive_is_newer", $"This archive is of a newer portal {which} than this program. Restore it with that one: nothing was changed.")
            : new RuleBroken("archive_is_strange", $"This archive is of a portal {which} that this program does not descend from. Restore it with that one: nothing was changed.");

        static string Moment(string schema) => schema[..Math.Min(schema.Length, "yyyyMMddHHmmss".Length)];
    }

    private static void Prove(string database, BackupManifest manifest)
    {
        try
        {
            SqliteProvider.Prove(database);
            if (SqliteProvider.SchemaOf(database) is var schema && schema != manifest.Schema)
                throw Damaged($"its database is of schema {schema} and its manifest says {manifest.Schema}");
        }
        catch (SqliteException e)
        {
            throw Damaged(e.Message);
        }
    }

    private static async Task UnpackAsync(ZipArchive zip, BackupPart part, string fresh, CancellationToken ct)
    {
        var path = Path.Combine(fresh, part.Name);
        for (var depth = part.Name.IndexOf('/', StringComparison.Ordinal); depth > 0; depth = part.Name.IndexOf('/', depth + 1))
            OwnersOnly.Folder(Path.Combine(fresh, part.Name[..depth]));
        await using var source = await zip.GetEntry(part.Name)!.OpenAsync(ct);
        await using var file = OwnersOnly.File(path);
        await source.CopyToAsync(file, ct);
        await file.FlushAsync(ct);
        RandomAccess.FlushToDisk(file.SafeFileHandle);
        file.Position = 0;
        if (file.Length != part.Size || Convert.ToHexStringLower(await SHA256.HashDataAsync(file, ct)) != part.Sha256)
            throw Damaged($"{part.Name} is not what was backed up");
    }

    /// <returns>Where the earlier data lies now; null if there was none.</returns>
    private string? Swap(string database, string fresh, string before)
    {
        (string From, string To)[] moves =
        [
            (database, Path.Combine(before, "portal.db")), ($"{database}-wal", Path.Combine(before, "portal.db-wal")), ($"{database}-shm", Path.Combine(before, "portal.db-shm")),
            (Path.Combine(root, "files"), Path.Combine(before, "files")),
            (Path.Combine(fresh, BackupManifest.Database), database), (Path.Combine(fresh, "files"), Path.Combine(root, "files")),
        ];
        var done = new Stack<(string From, string To)>();
        OwnersOnly.Folder(before);
        try
        {
            foreach (var move in moves.Where(m => Path.Exists(m.From)))
            {
                Directory.Move(move.From, move.To);
                done.Push(move);
            }
        }
        catch
        {
            while (done.TryPop(out var move))
                Directory.Move(move.To, move.From);
            throw;
        }

        if (Directory.EnumerateFileSystemEntries(before).Any())
            return before;
        Directory.Delete(before);
        return null;
    }

    private static RuleBroken Damaged(string how) => new("archive_is_damaged", $"This archive is damaged or not one of ours: {how.TrimEnd('.')}. Nothing was changed.");
}

public sealed record Restored(BackupManifest Manifest, string? Before);
