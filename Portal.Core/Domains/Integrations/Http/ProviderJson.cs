using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;

namespace Portal.Core.Domains.Integrations;

/// <summary>What most providers have in common: JSON, and a bearer's word or a name with a password.</summary>
internal static class ProviderJson
{
    public static ProviderContent Content<T>(T value, JsonTypeInfo<T> type) => ProviderContent.Json(JsonSerializer.SerializeToUtf8Bytes(value, type));

    /// <summary>An answer that is good and cannot be read is none: what was asked for may have happened.</summary>
    public static T Read<T>(this ProviderReply reply, ProviderAccount account, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            if (JsonSerializer.Deserialize(reply.Body, type) is { } read)
                return read;
        }
        catch (JsonException e)
        {
            throw Unreadable(account, e);
        }

        throw Unreadable(account, null);
    }

    /// <summary>What a refusal says, as a tree; null where it is not an object.</summary>
    public static JsonObject? Tree(this ProviderReply reply) => reply.Body.Length == 0 ? null : JsonNode.Parse(reply.Body) as JsonObject;

    /// <summary>A text or a number under these names, whatever else the other side put there.</summary>
    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            node = node is JsonObject inside ? inside[name] : null;
        return node is JsonValue value && value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number ? value.ToString() : null;
    }

    public static AuthenticationHeaderValue Bearer(string? token) => new("Bearer", token);

    public static AuthenticationHeaderValue Basic(string? name, string? password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{name}:{password}")));

    private static ProviderUnavailable Unreadable(ProviderAccount account, JsonException? cause) =>
        new(account.Provider, $"{ProviderNames.Of(account.Provider)} answered what cannot be read.", cause) { MayHaveArrived = true };
}
