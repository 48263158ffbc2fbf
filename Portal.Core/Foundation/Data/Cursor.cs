using System.Buffers.Text;
using System.Text.Json;

namespace Portal.Core.Foundation;

/// <summary>Where in an ordered list one stands. Opaque outside: it may change its form.</summary>
internal sealed record Cursor(string Sort, bool Back, object Key, long Id)
{
    public static Cursor? Read(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        try
        {
            return JsonSerializer.Deserialize<Cursor>(Base64Url.DecodeFromChars(text)) is { Sort: not null, Key: not null } cursor ? cursor : throw Unreadable();
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            throw Unreadable();
        }
    }

    public static Invalid Unreadable() => new("cursor", "Use the next or previous of an earlier answer.");

    public string Write() => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(this));
}
