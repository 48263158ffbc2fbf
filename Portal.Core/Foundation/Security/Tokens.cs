using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>Random words that open doors. The holder has the word; the database has its hash.</summary>
public static class Tokens
{
    /// <summary>256 random bits, so a plain hash is enough: nobody guesses it.</summary>
    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    public static byte[] Hash(string token) => SHA256.HashData(Encoding.UTF8.GetBytes(token));
}
