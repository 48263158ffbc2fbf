using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Portal.Tests.Domains.Integrations;

/// <summary>
/// Holds a value against a schema of an API description: types, enums, what is required, limits, patterns, combinations. A field that the
/// schema does not name is a fault even where the description leaves that open: ours are never meant to be anything else.
/// </summary>
internal sealed class SchemaCheck(JsonObject description)
{
    /// <returns>What is wrong, with its place; nothing when all is as described.</returns>
    public IEnumerable<string> Faults(JsonNode? value, JsonObject schema, string place = "") => Look(value, Resolve(schema), place, isClosed: true);

    public JsonObject Resolve(JsonObject schema)
    {
        while (schema["$ref"] is { } reference)
        {
            JsonNode place = description;
            foreach (var step in reference.GetValue<string>()[2..].Split('/'))
                place = place[step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal)] ?? throw new InvalidOperationException($"{reference} leads nowhere.");
            schema = place.AsObject();
        }

        return schema;
    }

    public static IEnumerable<string> Types(JsonObject schema) => schema["type"] switch
    {
        null => [],
        JsonArray several => several.Select(t => t!.GetValue<string>()),
        var one => [one.GetValue<string>()],
    };

    private IEnumerable<string> Look(JsonNode? value, JsonObject schema, string place, bool isClosed) =>
        OfType(value, schema, place)
            .Concat(OfChoice(value, schema, place))
            .Concat(value switch
            {
                JsonObject inside => OfObject(inside, schema, place, isClosed),
                JsonArray list => OfList(list, schema, place),
                JsonValue single => OfValue(single, schema, place),
                _ => [],
            })
            .Concat(Combined(value, schema, place));

    private static IEnumerable<string> OfType(JsonNode? value, JsonObject schema, string place)
    {
        var types = Types(schema).ToList();
        var mayBeNull = schema["nullable"]?.GetValue<bool>() is true || types.Contains("null");
        if (value is null)
            return types.Count == 0 || mayBeNull ? [] : [$"{place} is null"];
        return types.Count == 0 || types.Any(t => Is(value, t)) ? [] : [$"{place} is not {string.Join(" or ", types)}"];
    }

    private static bool Is(JsonNode value, string type) => (type, value.GetValueKind()) switch
    {
        ("object", JsonValueKind.Object) or ("array", JsonValueKind.Array) or ("string", JsonValueKind.String) or ("number", JsonValueKind.Number) or ("boolean", JsonValueKind.True or JsonValueKind.False) => true,
        ("integer", JsonValueKind.Number) => decimal.TryParse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && decimal.Truncate(number) == number,
        _ => false,
    };

    private static IEnumerable<string> OfChoice(JsonNode? value, JsonObject schema, string place)
    {
        if (schema["enum"] is JsonArray choices && !choices.Any(c => JsonNode.DeepEquals(c, value)))
            yield return $"{place} is none of {choices.ToJsonString()}";
        if (schema.TryGetPropertyValue("const", out var only) && !JsonNode.DeepEquals(only, value))
            yield return $"{place} is not {only?.ToJsonString()}";
    }

    private IEnumerable<string> OfObject(JsonObject value, JsonObject schema, string place, bool isClosed)
    {
        var properties = schema["properties"] as JsonObject;
        foreach (var name in (schema["required"] as JsonArray ?? []).Select(n => n!.GetValue<string>()).Where(n => !value.ContainsKey(n)))
            yield return $"{place}.{name} is missing";
        var known = isClosed ? Known(schema) : null;
        foreach (var (name, inside) in value)
        {
            if (properties?[name] is JsonObject described)
            {
                foreach (var fault in Look(inside, Resolve(described), $"{place}.{name}", isClosed: true))
                    yield return fault;
            }
            else if (schema["additionalProperties"] is JsonObject others)
            {
                foreach (var fault in Look(inside, Resolve(others), $"{place}.{name}", isClosed: true))
                    yield return fault;
            }
            else if (known is not null && !known.Contains(name))
            {
                yield return $"{place}.{name} is not described";
            }
        }
    }

    /// <summary>All names that the schema and its combinations have; null where it is open on purpose, or says nothing.</summary>
    private HashSet<string>? Known(JsonObject schema)
    {
        var names = new HashSet<string>();
        foreach (var part in Parts(schema))
        {
            if (part["additionalProperties"] is JsonObject || (part["additionalProperties"] is JsonValue says && says.GetValue<bool>()))
                return null;
            names.UnionWith((part["properties"] as JsonObject ?? []).Select(p => p.Key));
        }

        return names.Count == 0 ? null : names;
    }

    private IEnumerable<JsonObject> Parts(JsonObject schema) =>
        new[] { "allOf", "anyOf", "oneOf" }.SelectMany(k => schema[k] as JsonArray ?? []).SelectMany(p => Parts(Resolve(p!.AsObject()))).Prepend(schema);

    private IEnumerable<string> OfList(JsonArray value, JsonObject schema, string place)
    {
        if (schema["minItems"]?.GetValue<int>() is { } least && value.Count < least)
            yield return $"{place} has too few";
        if (schema["maxItems"]?.GetValue<int>() is { } most && value.Count > most)
            yield return $"{place} has too many";
        if (schema["items"] is not JsonObject items)
            yield break;
        foreach (var fault in value.SelectMany((item, i) => Look(item, Resolve(items), $"{place}[{i}]", isClosed: true)))
            yield return fault;
    }

    private static IEnumerable<string> OfValue(JsonValue value, JsonObject schema, string place)
    {
        if (value.GetValueKind() is JsonValueKind.String)
        {
            var text = value.GetValue<string>();
            if (schema["minLength"]?.GetValue<int>() is { } least && text.Length < least)
                yield return $"{place} is too short";
            if (schema["maxLength"]?.GetValue<int>() is { } most && text.Length > most)
                yield return $"{place} is too long";
            if (schema["pattern"]?.GetValue<string>() is { } pattern && !Regex.IsMatch(text, pattern, RegexOptions.ECMAScript, TimeSpan.FromSeconds(1)))
                yield return $"{place} does not fit {pattern}";
            if (schema["format"]?.GetValue<string>() is { } format && !Fits(text, format))
                yield return $"{place} is no {format}";
        }
        else if (value.GetValueKind() is JsonValueKind.Number)
        {
            var number = decimal.Parse(value.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);
            if (Number(schema["minimum"]) is { } least && number < least)
                yield return $"{place} is less than {least}";
            if (Number(schema["maximum"]) is { } most && number > most)
                yield return $"{place} is more than {most}";
        }
    }

    private static decimal? Number(JsonNode? node) => node is null ? null : decimal.Parse(node.ToJsonString(), NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool Fits(string text, string format) => format switch
    {
        "date-time" => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out _),
        "date" => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _),
        "email" => text.Contains('@', StringComparison.Ordinal),
        "uri" => Uri.TryCreate(text, UriKind.Absolute, out _),
        "ipv4" => System.Net.IPAddress.TryParse(text, out var four) && four.AddressFamily is System.Net.Sockets.AddressFamily.InterNetwork,
        "ipv6" => System.Net.IPAddress.TryParse(text, out var six) && six.AddressFamily is System.Net.Sockets.AddressFamily.InterNetworkV6,
        _ => true,
    };

    private IEnumerable<string> Combined(JsonNode? value, JsonObject schema, string place)
    {
        foreach (var part in schema["allOf"] as JsonArray ?? [])
        {
            foreach (var fault in Look(value, Resolve(part!.AsObject()), place, isClosed: false))
                yield return fault;
        }

        foreach (var kind in new[] { "anyOf", "oneOf" })
        {
            // Where several branches take the same, the descriptions are wrong more often than we: that one fits is what is asked.
            if (schema[kind] is JsonArray { Count: > 0 } branches && Best(value, branches, place, schema["properties"] is null && schema["allOf"] is null) is { Count: > 0 } faults)
                yield return $"{place} fits no branch: {string.Join("; ", faults)}";
        }

        if (schema["not"] is JsonObject never && !Look(value, Resolve(never), place, isClosed: false).Any())
            yield return $"{place} is what it must not be";
    }

    /// <param name="value">What is looked at.</param>
    /// <param name="branches">Of which one has to fit.</param>
    /// <param name="place">Where it stands.</param>
    /// <param name="isClosed">Whether a branch has all the names; otherwise the schema around it has some.</param>
    private List<string> Best(JsonNode? value, JsonArray branches, string place, bool isClosed) =>
        branches.Select(b => Look(value, Resolve(b!.AsObject()), place, isClosed).ToList()).MinBy(f => f.Count)!;
}
