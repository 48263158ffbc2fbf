using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.WebUtilities;

namespace Portal.Simulators;

/// <summary>Reads what is sent to a simulator, whatever its shape: what is not there, or of another kind, is null.</summary>
internal static class Wire
{
    /// <returns>Null for what cannot be read.</returns>
    public static JsonObject? Read(string? contentType, ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
            return [];
        if (contentType?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) is true)
            return Form(Encoding.UTF8.GetString(body.Span));
        if (contentType?.StartsWith("multipart/form-data", StringComparison.OrdinalIgnoreCase) is true)
            return [];
        try
        {
            return JsonNode.Parse(body.Span) as JsonObject;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>A form becomes what it stands for: items[0][price]=x is an object in a list.</summary>
    public static JsonObject Form(string form)
    {
        var root = new JsonObject();
        foreach (var (name, values) in QueryHelpers.ParseQuery(form))
        {
            var steps = name.Split('[', 12).Select(s => s.TrimEnd(']')).ToArray();
            var at = root;
            foreach (var step in steps[..^1])
                at = at[step] as JsonObject ?? Put(at, step);
            at[steps[^1]] = values.Count > 0 ? values[0] : null;
        }

        return root;

        static JsonObject Put(JsonObject at, string step)
        {
            var inside = new JsonObject();
            at[step] = inside;
            return inside;
        }
    }

    public static JsonNode? At(this JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
            node = node is JsonObject inside ? inside[name] : null;
        return node;
    }

    public static string? Text(this JsonNode? node, params ReadOnlySpan<string> path) =>
        node.At(path) is JsonValue value && value.GetValueKind() is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False && value.ToString() is { Length: > 0 } text ? text : null;

    public static long? Number(this JsonNode? node, params ReadOnlySpan<string> path) =>
        long.TryParse(node.Text(path), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    public static bool Flag(this JsonNode? node, params ReadOnlySpan<string> path) => "true".Equals(node.Text(path), StringComparison.OrdinalIgnoreCase);

    public static JsonObject Inside(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) as JsonObject is { } found ? found.DeepClone().AsObject() : [];

    /// <summary>A list, or the numbered fields a form writes one with.</summary>
    public static IReadOnlyList<JsonNode> Items(this JsonNode? node, params ReadOnlySpan<string> path) => node.At(path) switch
    {
        JsonArray list => [.. list.OfType<JsonNode>()],
        JsonObject numbered => [.. numbered.Where(p => int.TryParse(p.Key, CultureInfo.InvariantCulture, out _)).OrderBy(p => int.Parse(p.Key, CultureInfo.InvariantCulture)).Select(p => p.Value).OfType<JsonNode>()],
        _ => [],
    };

    public static JsonArray Array(IEnumerable<JsonNode?> items) => new([.. items]);

    public static string Invariant(FormattableString text) => FormattableString.Invariant(text);
}
