using System.Text.Json;
using System.Text.RegularExpressions;
using Portal.Benchmarks.Frame;

namespace Portal.Benchmarks.Swarm;

/// <summary>What blazor.web.js finds in the comments of the page: markers of interactive components, and the state they were prerendered with.</summary>
internal sealed partial record PrerenderedPage(IReadOnlyList<string> Markers, string State)
{
    /// <summary>The batch of operations that makes every marked component a root of the circuit.</summary>
    public string RootOperations => $$"""{"batchId":1,"operations":[{{string.Join(',', Markers.Select(
        (marker, place) => $$"""{"type":"add","ssrComponentId":{{place + 1}},"marker":{{marker}}}"""))}}]}""";

    public static async Task<PrerenderedPage> GetAsync(HttpClient client, string path, CancellationToken ct)
    {
        var html = await client.GetStringAsync(path, ct);
        var markers = Marker().Matches(html).Select(match => match.Groups[1].Value).Where(IsServerComponent).OrderBy(Sequence).ToArray();
        return markers.Length > 0
            ? new(markers, StateComment().Match(html).Groups[1].Value)
            : throw new BenchmarkException($"{path} has no interactive server component.");
    }

    // The comment that closes a component repeats only its prerenderId.
    private static bool IsServerComponent(string marker)
    {
        using var json = JsonDocument.Parse(marker);
        return json.RootElement.TryGetProperty("type", out var type) && type.GetString() is "server" or "auto"
            && json.RootElement.TryGetProperty("descriptor", out _);
    }

    private static int Sequence(string marker)
    {
        using var json = JsonDocument.Parse(marker);
        return json.RootElement.GetProperty("sequence").GetInt32();
    }

    [GeneratedRegex(@"<!--Blazor:(\{.*?\})-->")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex StateComment();
}
