namespace Portal.Core.Foundation;

/// <summary>Where bytes lie, by keys that the portal makes.</summary>
public interface IFileStore
{
    Task SaveAsync(string key, Stream content, CancellationToken ct);

    /// <returns>Null when there is nothing under this key.</returns>
    Stream? Open(string key);

    void Delete(string key);
}

/// <summary>Files under the data folder, two letters of the key a folder.</summary>
public sealed class DiskStore(PortalOptions options) : IFileStore
{
    private readonly string root = Path.GetFullPath(Path.Combine(options.DataPath, "files"));

    public async Task SaveAsync(string key, Stream content, CancellationToken ct)
    {
        var path = PathOf(key);
        OwnersOnly.Folder(root);
        OwnersOnly.Folder(Path.GetDirectoryName(path)!);
        var aside = $"{path}.{Guid.CreateVersion7():N}";
        try
        {
            await using (var file = OwnersOnly.File(aside))
            {
                await content.CopyToAsync(file, ct);
                await file.FlushAsync(ct);
                RandomAccess.FlushToDisk(file.SafeFileHandle);
            }

            File.Move(aside, path, overwrite: true);
        }
        finally
        {
            File.Delete(aside);
        }
    }

    public Stream? Open(string key)
    {
        var path = PathOf(key);
        return File.Exists(path) ? new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete) : null;
    }

    public void Delete(string key) => File.Delete(PathOf(key));

    private string PathOf(string key) => key.Length >= 8 && key.All(char.IsAsciiHexDigitLower)
        ? Path.Combine(root, key[..2], key)
        : throw new ArgumentException("A key of the store is made by the portal: small hexadecimal figures.", nameof(key));
}
