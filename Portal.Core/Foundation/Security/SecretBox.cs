using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>Keeps secrets in the database unreadable without the master key. What is sealed for one purpose does not open for another.</summary>
public sealed class SecretBox(SecretKeys keys)
{
    private const string Version = "v1";
    private const int KeyId = sizeof(long);

    /// <summary>Which key it seals with now. What older ones have sealed still opens, until it is sealed anew.</summary>
    public long Newest => keys.Newest(SecretKey.Box).Id;

    public string Seal(string secret, string purpose)
    {
        var key = keys.Newest(SecretKey.Box);
        var made = Sealing.Seal(key.Value, Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(purpose));
        return $"{Version}.{key.Id}.{Base64Url.EncodeToString(made)}";
    }

    /// <summary>With which key something is sealed.</summary>
    public static long KeyOf(string sealedSecret) => sealedSecret.Split('.') is [Version, var id, _] && long.TryParse(id, out var number) ? number : 0;

    /// <summary>Tells two secrets apart without showing either. Keyed, so that nobody can try guesses against it; the same for as long as the database lives.</summary>
    public string Fingerprint(string secret)
    {
        var key = HKDF.Expand(HashAlgorithmName.SHA256, keys.Newest(SecretKey.Chain).Value, 32, "fingerprints"u8.ToArray());
        return Convert.ToHexStringLower(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(secret)).AsSpan(0, 8));
    }

    public string Open(string sealedSecret, string purpose) => TryOpen(sealedSecret, purpose)
        ?? throw new InvalidOperationException("A sealed secret does not open: it was changed, or sealed for something else.");

    /// <summary>The same for what is kept as bytes: a third less of it.</summary>
    public byte[] SealBytes(ReadOnlySpan<byte> secret, string purpose)
    {
        var key = keys.Newest(SecretKey.Box);
        var made = Sealing.Seal(key.Value, secret, Encoding.UTF8.GetBytes(purpose));
        var written = new byte[KeyId + made.Length];
        BinaryPrimitives.WriteInt64BigEndian(written, key.Id);
        made.CopyTo(written, KeyId);
        return written;
    }

    public byte[] OpenBytes(ReadOnlySpan<byte> sealedSecret, string purpose) =>
        sealedSecret.Length > KeyId && keys.Find(BinaryPrimitives.ReadInt64BigEndian(sealedSecret)) is { } key && Sealing.TryOpen(key.Value, sealedSecret[KeyId..], Encoding.UTF8.GetBytes(purpose)) is { } plain
            ? plain
            : throw new InvalidOperationException("A sealed secret does not open: it was changed, or sealed for something else.");

    /// <returns>Null for what was never sealed for this: somebody may have made it up.</returns>
    public string? TryOpen(string sealedSecret, string purpose)
    {
        if (sealedSecret.Split('.') is [Version, var id, var made] && long.TryParse(id, out var number) && keys.Find(number) is { } key
            && Base64Url.IsValid(made)
            && Sealing.TryOpen(key.Value, Base64Url.DecodeFromChars(made), Encoding.UTF8.GetBytes(purpose)) is { } plain)
        {
            return Encoding.UTF8.GetString(plain);
        }

        return null;
    }
}
