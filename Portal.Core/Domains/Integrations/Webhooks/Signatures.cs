using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Core.Domains.Integrations;

/// <summary>What the signatures of several providers have in common. Comparing takes as long whatever differs.</summary>
internal static class Signatures
{
    public const int Sha256Hex = 64;

    /// <summary>In lower case, as they write it: in another spelling it is not theirs.</summary>
    public static bool IsHex(string given, ReadOnlySpan<byte> hash)
    {
        Span<byte> ours = stackalloc byte[hash.Length * 2];
        Encoding.ASCII.GetBytes(Convert.ToHexStringLower(hash), ours);
        return IsSame(given, ours);
    }

    public static bool IsBase64(string given, ReadOnlySpan<byte> hash)
    {
        Span<byte> ours = stackalloc byte[Base64.GetMaxEncodedToUtf8Length(hash.Length)];
        Base64.EncodeToUtf8(hash, ours, out _, out var written);
        return IsSame(given, ours[..written]);
    }

    /// <summary>HMAC-SHA256 over what stands before the body and the body.</summary>
    public static void Hash(ReadOnlySpan<byte> key, ReadOnlySpan<byte> before, ReadOnlySpan<byte> body, Span<byte> hash)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, key);
        hmac.AppendData(before);
        hmac.AppendData(body);
        hmac.GetHashAndReset(hash);
    }

    /// <summary>Seconds since 1970, in digits and nothing else.</summary>
    public static long? Seconds(string? text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) ? seconds : null;

    public static bool IsLately(long seconds, DateTime now, TimeSpan back, TimeSpan ahead)
    {
        var passed = (now - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond - seconds;
        return passed <= back.TotalSeconds && -passed <= ahead.TotalSeconds;
    }

    private static bool IsSame(string given, ReadOnlySpan<byte> ours)
    {
        if (given.Length != ours.Length)
            return false;
        Span<byte> theirs = stackalloc byte[given.Length * 3];
        return CryptographicOperations.FixedTimeEquals(theirs[..Encoding.UTF8.GetBytes(given, theirs)], ours);
    }
}
