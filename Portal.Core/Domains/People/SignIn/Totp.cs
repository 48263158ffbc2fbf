using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;

namespace Portal.Core.Domains.People;

/// <summary>Codes of authenticator apps (RFC 6238: SHA-1, six figures, thirty seconds), and their secrets as the apps take them (RFC 4648, base 32).</summary>
public static class Totp
{
    public const string Purpose = "totp";
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    private const int Digits = 6;

    // Clocks of phones are half a minute off, and people type slowly.
    private const int StepsOff = 1;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(30);

    /// <summary>160 random bits, as long as the hash.</summary>
    public static string NewSecret() => new(RandomNumberGenerator.GetItems<char>(Letters, 32));

    /// <returns>The time step whose code this is, if it is a later one than was taken before.</returns>
    public static long? Match(string secret, string code, long lastStep, DateTime now)
    {
        var typed = new string([.. code.Where(char.IsAsciiDigit)]);
        var current = Now(now);
        for (var step = Math.Max(current - StepsOff, lastStep + 1); step <= current + StepsOff; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Tokens.Hash(CodeAt(secret, step)), Tokens.Hash(typed)))
                return step;
        }

        return null;
    }

    public static string Code(string secret, DateTime now) => CodeAt(secret, Now(now));

    /// <summary>What an app reads from the picture.</summary>
    public static string Uri(string secret, string issuer, string email) =>
        $"otpauth://totp/{System.Uri.EscapeDataString(issuer)}:{System.Uri.EscapeDataString(email)}?secret={secret}&issuer={System.Uri.EscapeDataString(issuer)}";

    private static long Now(DateTime now) => (now - DateTime.UnixEpoch).Ticks / Step.Ticks;

    private static string CodeAt(string secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
#pragma warning disable CA5350 // The one that authenticator apps speak; HMAC with SHA-1 is sound.
        var hash = HMACSHA1.HashData(Bytes(secret), counter);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash.AsSpan(hash[^1] & 0xF)) & int.MaxValue;
        return (number % 1_000_000).ToString("D" + Digits, CultureInfo.InvariantCulture);
    }

    private static byte[] Bytes(string base32)
    {
        var (bytes, bits, held) = (new List<byte>(), 0, 0);
        foreach (var letter in base32)
        {
            (bits, held) = ((bits << 5) | Letters.IndexOf(letter, StringComparison.Ordinal), held + 5);
            if (held >= 8)
                bytes.Add((byte)(bits >> (held -= 8)));
        }

        return [.. bytes];
    }
}
