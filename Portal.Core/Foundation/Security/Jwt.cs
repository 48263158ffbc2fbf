using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portal.Core.Foundation;

/// <summary>Signed tokens, ES256 and nothing else (RFC 7515, 7519, 8725): what does not fit exactly is refused.</summary>
public static class Jwt
{
    private const string Algorithm = "ES256";
    private const int LongestToken = 8192;
    private const int SignatureSize = 64;

    public static string Sign(JsonObject claims, string kid, ECDsa key)
    {
        var header = new JsonObject { ["alg"] = Algorithm, ["typ"] = "JWT", ["kid"] = kid };
        var signing = $"{Encode(header)}.{Encode(claims)}";
        return $"{signing}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signing), HashAlgorithmName.SHA256))}";
    }

    /// <summary>The key's name of a token that has the right form; null for any other.</summary>
    public static string? KidOf(string token) => Split(token) is { } parts ? Text(parts.Header, "kid") : null;

    /// <returns>The claims of a token that this key signed; null for any other.</returns>
    public static JsonElement? Verify(string token, ECDsa key)
    {
        if (Split(token) is not { } parts)
            return null;
        var signed = Encoding.ASCII.GetBytes(token[..token.LastIndexOf('.')]);
        return key.VerifyData(signed, parts.Signature, HashAlgorithmName.SHA256) ? Json(parts.Claims) : null;
    }

    /// <summary>Whether the claims hold now, for this issuer and audience.</summary>
    public static bool Holds(JsonElement claims, string issuer, string audience, DateTime now)
    {
        var seconds = new DateTimeOffset(now).ToUnixTimeSeconds();
        return Text(claims, "iss") == issuer && Text(claims, "aud") == audience
            && Number(claims, "exp") is { } until && seconds < until
            && Number(claims, "nbf") is { } from && seconds >= from;
    }

    public static string? Text(JsonElement claims, string name)
    {
        try
        {
            return claims.TryGetProperty(name, out var claim) && claim.ValueKind is JsonValueKind.String ? claim.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are no UTF-8, or half a surrogate pair: no text.
            return null;
        }
    }

    public static long? Number(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var claim) && claim.ValueKind is JsonValueKind.Number && claim.TryGetInt64(out var number) ? number : null;

    private static (JsonElement Header, byte[] Claims, byte[] Signature)? Split(string token)
    {
        if (token.Length > LongestToken || token.Split('.') is not [var head, var body, var tail]
            || Strict(head) is not { } header || Strict(body) is not { } claims || Strict(tail) is not { Length: SignatureSize } signature
            || Json(header) is not { } fields)
        {
            return null;
        }

        // crit names extensions that must be understood; we understand none.
        return Text(fields, "alg") == Algorithm && (Text(fields, "typ") ?? "JWT") == "JWT" && !fields.TryGetProperty("crit", out _)
            ? (fields, claims, signature)
            : null;
    }

    // One token has one spelling: no padding, no spaces, no stray bits at the end.
    private static byte[]? Strict(string text) =>
        text.Length > 0 && Base64Url.IsValid(text) && Base64Url.DecodeFromChars(text) is var bytes && Base64Url.EncodeToString(bytes) == text ? bytes : null;

    private static JsonElement? Json(byte[] utf8)
    {
        try
        {
            var options = new JsonDocumentOptions { AllowDuplicateProperties = false };
            return JsonDocument.Parse(utf8, options).RootElement is { ValueKind: JsonValueKind.Object } fields ? fields : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }

    private static string Encode(JsonObject part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
}
