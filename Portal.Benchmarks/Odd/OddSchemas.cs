using System.Text.Json;
using System.Text.Json.Nodes;

namespace Portal.Benchmarks.Odd;

/// <summary>Well-formed values for what the OpenAPI document describes.</summary>
internal sealed class OddSchemas(JsonElement document)
{
    public JsonNode? Sample(JsonElement schema, int depth = 0)
    {
        if (schema.TryGetProperty("$ref", out var reference))
            return depth > 5 ? null : Sample(document.GetProperty("components").GetProperty("schemas").GetProperty(reference.GetString()!.Split('/')[^1]), depth + 1);
        foreach (var choice in new[] { "oneOf", "anyOf", "allOf" })
        {
            if (schema.TryGetProperty(choice, out var choices))
                return Sample(choices.EnumerateArray().Last(), depth + 1);
        }

        if (schema.TryGetProperty("enum", out var words))
            return JsonNode.Parse(words.EnumerateArray().First().GetRawText());
        return Kind(schema) switch
        {
            "object" => Properties(schema, depth),
            "array" => new JsonArray(Sample(schema.GetProperty("items"), depth + 1)),
            "integer" or "number" => 1,
            "boolean" => true,
            _ => Text(schema),
        };
    }

    private static string Kind(JsonElement schema) => !schema.TryGetProperty("type", out var type) ? schema.TryGetProperty("properties", out _) ? "object" : "string"
        : type.ValueKind is JsonValueKind.Array ? type.EnumerateArray().Select(t => t.GetString()!).Last(t => t != "null")
        : type.GetString()!;

    private static string Text(JsonElement schema) => schema.TryGetProperty("format", out var format) ? format.GetString() switch
    {
        "email" => "someone@example.com",
        "date" => "2026-02-03",
        "date-time" => "2026-02-03T04:05:06Z",
        "uri" => "https://example.com/",
        _ => "some text",
    }
    : "some text";

    private JsonObject Properties(JsonElement schema, int depth)
    {
        var made = new JsonObject();
        if (schema.TryGetProperty("properties", out var properties))
        {
            foreach (var property in properties.EnumerateObject())
                made[property.Name] = property.Name.Contains("email", StringComparison.Ordinal) ? "someone@example.com" : Sample(property.Value, depth + 1);
        }

        return made;
    }
}
