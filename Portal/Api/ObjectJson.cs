using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Portal.Api;

/// <summary>Reads an object whose fields we do not know. The framework's own reader takes a name that stands twice for our mistake instead of the caller's.</summary>
public sealed class ObjectJson : JsonConverter<JsonObject>
{
    public override JsonObject Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            var read = JsonNode.Parse(ref reader) as JsonObject ?? throw new JsonException("Send an object.");
            Look(read);
            return read;
        }
        catch (ArgumentException e)
        {
            throw new JsonException("A name stands in it twice.", e);
        }
    }

    public override void Write(Utf8JsonWriter writer, JsonObject value, JsonSerializerOptions options) => value.WriteTo(writer, options);

    /// <summary>What is in a node is read, and refused, only when somebody looks.</summary>
    private static void Look(JsonNode? node)
    {
        foreach (var inner in node switch { JsonObject fields => fields.Select(f => f.Value), JsonArray items => items, _ => [] })
            Look(inner);
    }
}
