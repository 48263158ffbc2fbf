using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace Portal.Benchmarks.Odd;

/// <summary>
/// A route, whom it lets in, and what it says of itself: the names in its query and a body that it would read. The routes are those of
/// isolation.json, which a test holds to be all that the running host has; the rest is its OpenAPI document.
/// </summary>
internal sealed partial record OddDoor(string Method, string Path, IReadOnlyList<string> May, IReadOnlyList<string> Query, JsonNode? Body, bool TakesCsv)
{
    // What machines ask for is in no table of who may; anyone tries.
    private static readonly string[] Machinery =
        ["POST /_blazor/negotiate", "GET /_blazor", "POST /_blazor", "DELETE /_blazor", "POST /_blazor/disconnect", "GET /_blazor/initializers", "GET /docs", "GET /openapi.json", "GET /.well-known/jwks.json", "GET /portal.css"];

    private static readonly string[] OfPages = ["page", "cursor", "sort", "q", "days", "status", "agent", "tab", "type", "from", "to", "return", "email", "token", "after"];

    /// <summary>Reads all there is. Seldom, lest its time be all that the others wait for.</summary>
    public bool IsHeavy => Path.Contains("export", StringComparison.Ordinal) || Path.EndsWith("/chain", StringComparison.Ordinal);

    public static async Task<IReadOnlyList<OddDoor>> AllAsync(HttpClient client)
    {
        using var kept = JsonDocument.Parse(await File.ReadAllTextAsync(System.IO.Path.Combine(AppContext.BaseDirectory, "isolation.json")));
        using var api = JsonDocument.Parse(await client.GetStringAsync("/openapi.json"));
        var said = api.RootElement.GetProperty("paths").EnumerateObject().SelectMany(path => path.Value.EnumerateObject().Select(o => ($"{o.Name} {path.Name.TrimEnd('/')}", o.Value)))
            .ToDictionary(o => o.Item1, o => o.Value, StringComparer.OrdinalIgnoreCase);
        var schemas = new OddSchemas(api.RootElement);
        return
        [
            .. kept.RootElement.GetProperty("doors").EnumerateArray().Select(door => Of(door, said, schemas)),
            .. Machinery.Select(line => new OddDoor(line.Split(' ')[0], line.Split(' ')[1], [.. Visit.People.Keys, Visits.Anonymous], ["id", "negotiateVersion"], null, false)),
        ];
    }

    /// <summary>The path with something in its places.</summary>
    public string Fill(Func<string, string> value) => Place().Replace(Path, place => value(place.Groups[1].Value));

    private static OddDoor Of(JsonElement door, Dictionary<string, JsonElement> said, OddSchemas schemas)
    {
        var (method, path) = (door.GetProperty("method").GetString()!, door.GetProperty("path").GetString()!);
        string[] may = [.. door.GetProperty("tried").EnumerateObject().Where(t => t.Value.GetString() is "let_in" && (t.Name == Visits.Anonymous || Visit.People.ContainsKey(t.Name))).Select(t => t.Name)];
        if (!said.TryGetValue($"{method} {Place().Replace(path, "{$1}")}", out var operation))
            return new(method, path, may, OfPages, path.Contains("passkey", StringComparison.Ordinal) ? Passkey() : null, false);
        var query = operation.TryGetProperty("parameters", out var parameters)
            ? parameters.EnumerateArray().Where(p => p.GetProperty("in").GetString() is "query").Select(p => p.GetProperty("name").GetString()!).ToArray()
            : [];
        var takes = operation.TryGetProperty("requestBody", out var body) ? body.GetProperty("content") : default;
        var isJson = takes.ValueKind is JsonValueKind.Object && takes.TryGetProperty("application/json", out _);
        return new(method, path, may, query, isJson ? schemas.Sample(takes.GetProperty("application/json").GetProperty("schema")) : null, takes.ValueKind is JsonValueKind.Object && !isJson);
    }

    private static JsonNode? Passkey() => JsonNode.Parse("""
        {"credential":{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{"clientDataJSON":"e30","authenticatorData":"AAAA","signature":"AAAA","attestationObject":"o2NmbXRkbm9uZQ"},"clientExtensionResults":{}},"name":"Phone","remember":false,"password":"x"}
        """);

    // A constraint may have brackets of its own: {format:regex(^(csv|xlsx)$)}.
    [GeneratedRegex(@"\{(\w+)[^}]*\}")]
    private static partial Regex Place();
}
