using System.Security.Cryptography;

namespace Portal.Core.Foundation;

/// <summary>The one secret that configuration holds. It wraps the keys in the database; an earlier one may stand beside it while they are wrapped anew.</summary>
public sealed class MasterKey
{
    private const int Size = 32;
    private readonly byte[] current;
    private readonly byte[]? earlier;

    public MasterKey(string current, string? earlier = null) =>
        (this.current, this.earlier) = (Read(current), string.IsNullOrEmpty(earlier) ? null : Read(earlier));

    public static string New() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(Size));

    /// <summary>For development only: a key of this installation's own, made on first use.</summary>
    public static string ReadOrMake(string file)
    {
        if (!File.Exists(file))
        {
            OwnersOnly.Folder(Path.GetDirectoryName(file)!);
            try
            {
                using var writer = new StreamWriter(OwnersOnly.File(file));
                writer.Write(New());
            }
            catch (IOException) when (File.Exists(file))
            {
                // A second host started in the same moment: its key is the key.
            }
        }

        return File.ReadAllText(file).Trim();
    }

    public byte[] Wrap(byte[] key) => Sealing.Seal(current, key, "wrap"u8);

    /// <returns>The key, and whether the earlier master key was needed.</returns>
    public (byte[] Key, bool Outdated) Unwrap(byte[] wrapped)
    {
        if (Sealing.TryOpen(current, wrapped, "wrap"u8) is { } key)
            return (key, false);
        return earlier is not null && Sealing.TryOpen(earlier, wrapped, "wrap"u8) is { } old
            ? (old, true)
            : throw new InvalidOperationException("Portal:MasterKey is not the key this database was made with. To change it, give the old one as Portal:EarlierMasterKey.");
    }

    private static byte[] Read(string text)
    {
        var key = new byte[Size];
        return Convert.TryFromBase64String(text, key, out var read) && read == Size
            ? key
            : throw new InvalidOperationException($"Portal:MasterKey is {Size} random bytes in base64: openssl rand -base64 {Size}");
    }
}
