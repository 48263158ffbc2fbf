using System.Security.Cryptography;

namespace Portal.Core.Foundation;

/// <summary>AES-256-GCM: nonce, tag and ciphertext in one piece, bound to what it is for.</summary>
internal static class Sealing
{
    private const int Nonce = 12;
    private const int Tag = 16;

    public static byte[] Seal(byte[] key, ReadOnlySpan<byte> plain, ReadOnlySpan<byte> purpose)
    {
        var made = new byte[Nonce + Tag + plain.Length];
        RandomNumberGenerator.Fill(made.AsSpan(0, Nonce));
        using var aes = new AesGcm(key, Tag);
        aes.Encrypt(made.AsSpan(0, Nonce), plain, made.AsSpan(Nonce + Tag), made.AsSpan(Nonce, Tag), purpose);
        return made;
    }

    /// <returns>Null when the key or the purpose is another, or a bit was changed.</returns>
    public static byte[]? TryOpen(byte[] key, ReadOnlySpan<byte> made, ReadOnlySpan<byte> purpose)
    {
        if (made.Length < Nonce + Tag)
            return null;
        var plain = new byte[made.Length - Nonce - Tag];
        using var aes = new AesGcm(key, Tag);
        try
        {
            aes.Decrypt(made[..Nonce], made[(Nonce + Tag)..], made.Slice(Nonce, Tag), plain, purpose);
            return plain;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }
}
