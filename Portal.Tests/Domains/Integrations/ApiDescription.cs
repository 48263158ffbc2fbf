using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Portal.Tests.Domains.Integrations;

/// <summary>A request as it came.</summary>
/// <param name="Method">In capitals.</param>
/// <param name="Path">As it was sent, escaped.</param>
/// <param name="Query">Unescaped, in its order.</param>
/// <param name="Headers">By their names.</param>
/// <param name="ContentType">Without its parameters.</param>
/// <param name="Body">As text.</param>
internal sealed record Asked(string Method, string Path, IReadOnlyList<KeyValuePair<string, string>> Query, IReadOnlyDictionary<string, string> Headers, string ContentType, string Body)
{
    public JsonNode? Json => Body.Length == 0 ? null : JsonNode.Parse(Body);

    public string this[string header] => Headers.GetValueOrDefault(header, "");
}

/// <summary>An official API description, trimmed to what we call: Descriptions/README.md says how.</summary>
internal sealed class ApiDescription
{
    private static readonly string[] OurOwnHeaders = ["Authorization", "Content-Type", "Accept", "User-Agent"];
    private readonly List<Operation> operations;
    private readonly SchemaCheck check;

    private ApiDescription(JsonObject document)
    {
        check = new(document);
        operations = [.. document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => new Operation(o.Key.ToUpperInvariant(), p.Key, o.Value!.AsObject()))).OrderBy(o => o.Path.Count(c => c == '{'))];
    }

    public IEnumerable<string> Names => operations.Select(o => o.Name);

    public static string Folder => Path.Combine(Repository.Root, "Portal.Tests", "Domains", "Integrations");

    public static ApiDescription Load(string name) => new(JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, "Descriptions", $"{name}.json")))!.AsObject());

    public Operation? Find(Asked asked) => operations.Find(o => o.Method == asked.Method && o.Pattern.IsMatch(asked.Path));

    public IEnumerable<string> Faults(Asked asked)
    {
        if (Find(asked) is not { } operation)
            return [$"{asked.Method} {asked.Path} is not described"];
        return OfParameters(asked, operation).Concat(OfBody(asked, operation)).Concat(OfAuthorization(asked));
    }

    /// <summary>The body as the description sees it: a form becomes what it stands for.</summary>
    public JsonNode? Body(Asked asked, Operation operation) => asked.ContentType switch
    {
        "application/x-www-form-urlencoded" => Form(asked.Body, operation.Schema(asked.ContentType) is { } schema ? check.Resolve(schema) : []),
        "application/json" => asked.Json,
        _ => null,
    };

    public IEnumerable<string> FaultsOfBody(JsonNode? body, Operation operation, string type) => operation.Schema(type) is { } schema ? check.Faults(body, schema) : [];

    private static IEnumerable<string> OfAuthorization(Asked asked) =>
        asked["Authorization"].Length > 0 || asked["X-Goog-Api-Key"].Length > 0 ? [] : ["nobody is named: no Authorization"];

    private IEnumerable<string> OfParameters(Asked asked, Operation operation)
    {
        var match = operation.Pattern.Match(asked.Path);
        foreach (var parameter in operation.Parameters.Where(p => !OurOwnHeaders.Contains(Name(p), StringComparer.OrdinalIgnoreCase)))
        {
            var name = Name(parameter);
            var values = parameter["in"]!.GetValue<string>() switch
            {
                "path" => [Uri.UnescapeDataString(match.Groups[Operation.Group(name)].Value)],
                "query" => asked.Query.Where(q => q.Key == name).Select(q => q.Value).ToList(),
                _ => asked.Headers.TryGetValue(name, out var header) ? new List<string> { header } : [],
            };
            if (values.Count == 0 && parameter["required"]?.GetValue<bool>() is true)
                yield return $"{name} is missing";
            var schema = check.Resolve(parameter["schema"]!.AsObject());
            foreach (var fault in values.SelectMany(v => check.Faults(Read(v, SchemaCheck.Types(schema).Contains("array") ? check.Resolve(schema["items"]!.AsObject()) : schema), SchemaCheck.Types(schema).Contains("array") ? schema["items"]!.AsObject() : schema, name)))
                yield return fault;
        }

        var known = operation.Parameters.Where(p => p["in"]!.GetValue<string>() is "query").Select(Name).ToHashSet();
        foreach (var (name, _) in asked.Query.Where(q => !known.Contains(q.Key.Split('[')[0]) && !operation.AlsoTakes.Contains(q.Key)))
            yield return $"?{name} is not described";
    }

    private IEnumerable<string> OfBody(Asked asked, Operation operation)
    {
        if (asked.Body.Length == 0)
            return operation.NeedsBody ? ["the body is missing"] : [];
        if (operation.Types.Count == 0)
            return ["a body is not described"];
        if (!operation.Types.Contains(asked.ContentType))
            return [$"{asked.ContentType} is none of {string.Join(", ", operation.Types)}"];
        return asked.ContentType is "multipart/form-data" ? [] : FaultsOfBody(Body(asked, operation), operation, asked.ContentType);
    }

    private static string Name(JsonObject parameter) => parameter["name"]!.GetValue<string>();

    public static IEnumerable<KeyValuePair<string, string>> FormOf(string body) =>
        body.Split('&', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)).Select(p => KeyValuePair.Create(Word(p[0]), p.Length > 1 ? Word(p[1]) : ""));

    private static string Word(string text) => Uri.UnescapeDataString(text.Replace('+', ' '));

    private JsonNode Form(string body, JsonObject schema)
    {
        var root = new JsonObject();
        foreach (var (key, value) in FormOf(body))
        {
            var at = root;
            var steps = Regex.Matches(key, @"[^\[\]]+").Select(m => m.Value).ToList();
            foreach (var step in steps.SkipLast(1))
                at = (at[step] ??= new JsonObject()).AsObject();
            at[steps[^1]] = at[steps[^1]] is { } before ? new JsonArray([.. (before as JsonArray ?? [before.DeepClone()]).Select(b => b!.DeepClone()), value]) : value;
        }

        return Typed(root, schema);
    }

    /// <summary>Texts become what the schema wants, where they can be read as that.</summary>
    private JsonNode Typed(JsonNode node, JsonObject schema)
    {
        schema = check.Resolve(schema);
        var branches = (schema["anyOf"] as JsonArray ?? schema["oneOf"] as JsonArray ?? []).Select(b => check.Resolve(b!.AsObject())).ToList();
        if (branches.Count > 0)
            return branches.Select(b => Typed(node.DeepClone(), b)).FirstOrDefault(t => branches.Exists(b => !check.Faults(t, b).Any())) ?? node;
        return node switch
        {
            JsonObject list when SchemaCheck.Types(schema).Contains("array") => new JsonArray([.. list.Select(i => Typed(i.Value!.DeepClone(), schema["items"]!.AsObject()))]),
            JsonObject inside => new JsonObject(inside.Select(p => KeyValuePair.Create(p.Key, (JsonNode?)Typed(p.Value!.DeepClone(), Of(schema, p.Key))))),
            JsonValue value => SchemaCheck.Types(schema).Contains("array") ? new JsonArray(Read(value.ToString(), schema["items"]!.AsObject())) : Read(value.ToString(), schema),
            _ => node,
        };
    }

    private static JsonObject Of(JsonObject schema, string name) => schema["properties"]?[name] as JsonObject ?? schema["additionalProperties"] as JsonObject ?? [];

    private JsonNode Read(string text, JsonObject schema)
    {
        var types = SchemaCheck.Types(check.Resolve(schema)).ToList();
        if (types.Contains("string") || types.Count == 0)
            return JsonValue.Create(text);
        try
        {
            return JsonNode.Parse(text) is JsonValue { } value ? value : JsonValue.Create(text);
        }
        catch (JsonException)
        {
            return JsonValue.Create(text);
        }
    }

    internal sealed class Operation(string method, string path, JsonObject about)
    {
        public string Method => method;

        public string Path => path;

        public string Name => $"{method} {path}";

        public Regex Pattern { get; } = new($"^{Regex.Replace(Regex.Escape(path), @"\\\{([^}]+)\}", m => $"(?<{Group(m.Groups[1].Value)}>[^/]+?)")}$");

        public IReadOnlyList<JsonObject> Parameters { get; } = [.. (about["parameters"] as JsonArray ?? []).Select(p => p!.AsObject())];

        public bool NeedsBody => about["requestBody"]?["required"]?.GetValue<bool>() is true;

        public IReadOnlyList<string> Types { get; } = [.. (about["requestBody"]?["content"]?.AsObject() ?? []).Select(c => c.Key)];

        /// <summary>What the documentation has and the description does not.</summary>
        public IReadOnlyList<string> AlsoTakes => path.EndsWith("/message_templates", StringComparison.Ordinal) ? ["limit", "after"] : [];

        public int Status => int.Parse(about["responses"]!.AsObject().First().Key, System.Globalization.CultureInfo.InvariantCulture);

        public JsonNode? Example => about["responses"]!.AsObject().First().Value?["content"]?["application/json"]?["example"];

        /// <summary>A name as a group of a pattern may have it.</summary>
        public static string Group(string name) => "g" + Regex.Replace(name, @"\W", "_");

        public JsonObject? Schema(string type) => about["requestBody"]?["content"]?[type]?["schema"]?.AsObject();
    }
}
