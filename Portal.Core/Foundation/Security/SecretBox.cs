using System.Buffers.Text;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>Keeps secrets in the database unreadable without the master key. What is sealed for one purpose does not open for another.</summary>
public sealed class SecretBox(SecretKeys keys)
{
    private const string Version = "v1";

    public string Seal(string secret, string purpose)
    {
        var key = keys.Newest(SecretKey.Box);
        var made = Sealing.Seal(key.Value, Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(purpose));
        return $"{Version}.{key.Id}.{Base64Url.EncodeToString(made)}";
    }

    public string Open(string sealedSecret, string purpose) => TryOpen(sealedSecret, purpose)
        ?? throw new InvalidOperationException("A sealed secret does not open: it was changed, or sealed for something else.");

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
