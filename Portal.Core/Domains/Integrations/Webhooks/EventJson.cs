using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Unicode;

namespace Portal.Core.Domains.Integrations;

/// <summary>Reads what providers send without trusting its shape: what is not there, or of another kind, is null.</summary>
internal static class EventJson
{
    /// <returns>Null for what is no JSON; deep nesting is none either.</returns>
    public static JsonDocument? TryParse(ReadOnlyMemory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
            return null;
        try
        {
            return JsonDocument.Parse(body);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static JsonElement? Child(this JsonElement? of, string name) =>
        of is { ValueKind: JsonValueKind.Object } all && all.TryGetProperty(name, out var found) && found.ValueKind is not JsonValueKind.Null ? found : null;

    public static JsonElement? Child(this JsonElement of, string name) => Child((JsonElement?)of, name);

    public static IEnumerable<JsonElement> Items(this JsonElement? of) => of is { ValueKind: JsonValueKind.Array } all ? all.EnumerateArray() : [];

    /// <summary>A text, or a number as it is written.</summary>
    public static string? TextAt(this JsonElement? of, string name)
    {
        try
        {
            return of.Child(name) switch
            {
                { ValueKind: JsonValueKind.String } text => text.GetString(),
                { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
                _ => null,
            };
        }
        catch (InvalidOperationException)
        {
            return null; // half of a character
        }
    }

    public static string? TextAt(this JsonElement of, string name) => TextAt((JsonElement?)of, name);

    /// <summary>Seconds since 1970, or a time as JSON writes it; ours where it cannot be read or is still to come.</summary>
    public static DateTime Time(string? text, DateTime now)
    {
        if (Signatures.Seconds(text) is { } seconds)
            return seconds is > 0 and < 32_503_680_000 && DateTime.UnixEpoch.AddSeconds(seconds) is var at && at < now ? at : now;
        return DateTimeOffset.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AssumeUniversal, out var time) && time.UtcDateTime < now ? time.UtcDateTime : now;
    }

    public static InboxArrival Event(string? id, string? type, ReadOnlyMemory<byte> body, long? client = null) => new(Id(id, body), Type(type), body, client);

    /// <summary>Signed, and nothing we know: kept under what it says.</summary>
    public static IReadOnlyList<InboxArrival> NotRead(ReadOnlyMemory<byte> body) => [new(Hash(body), InboxRow.Unreadable, body)];

    private static string Id(string? id, ReadOnlyMemory<byte> body) => id is { Length: > 0 and <= InboxRow.LongestEventId } && id.All(IsPlain) ? id : Hash(body);

    private static string Type(string? type) => type is { Length: > 0 and <= InboxRow.LongestType } && type.All(IsPlain) ? type : InboxRow.Unknown;

    private static string Hash(ReadOnlyMemory<byte> body) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(body.Span));

    private static bool IsPlain(char c) => c is > ' ' and <= '~';
}
