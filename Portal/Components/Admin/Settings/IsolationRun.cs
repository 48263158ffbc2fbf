using System.Text.Json;
using System.Text.Json.Serialization;
using Portal.Components.Ui;
using Portal.Core.Foundation;

namespace Portal.Components.Admin.Settings;

/// <summary>Who was let in where when this version was tested. The tests write it, and fail when they find anything else than what is kept here.</summary>
public sealed record IsolationRun(DateOnly RanOn, IReadOnlyList<IsolationRun.Door> Doors)
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.SnakeCaseLower) },
    };

    private static readonly Lazy<IsolationRun> Read = new(() =>
    {
        using var file = typeof(IsolationRun).Assembly.GetManifestResourceStream("isolation.json")!;
        return JsonSerializer.Deserialize<IsolationRun>(file, Json)!;
    });

    /// <summary>What happened to someone at a door.</summary>
    public enum Verdict
    {
        LetIn,

        /// <summary>They may, and were not tried here: what is done by those who may is tried by the tests of what is done.</summary>
        May,
        SentToSignIn,
        AskedWho,
        Refused,
        NotThere,
    }

    public static IsolationRun Kept => Read.Value;

    [JsonIgnore]
    public int Tries => Doors.Sum(door => door.Tried.Values.Count(verdict => verdict is not Verdict.May));

    public Paged<Door> Page(ListQuery list)
    {
        Input.Check(list);
        var found = Doors.Where(door => door.Fits(list.Q, list["kind"]))
            .OrderByDescending(door => door.Path.StartsWith("/dashboard", StringComparison.Ordinal)).ThenBy(door => door.Path, StringComparer.Ordinal).ToList();
        var page = found.Skip((list.Number - 1) * list.Size).Take(list.Size).ToList();
        return new(page, list.Size, found.Count, list.Number * list.Size < found.Count ? "more" : null, null);
    }

    /// <param name="Method">GET for looking, the others for doing.</param>
    /// <param name="Path">The route, with names for what stands in its place.</param>
    /// <param name="Tried">By the kind of visitor.</param>
    public sealed record Door(string Method, string Path, IReadOnlyDictionary<string, Verdict> Tried)
    {
        [JsonIgnore]
        public bool IsForPrograms => Path.StartsWith("/api/", StringComparison.Ordinal);

        internal bool Fits(string? words, string? kind) =>
            (words is null || Path.Contains(words, StringComparison.OrdinalIgnoreCase)) && (kind is null || kind == (IsForPrograms ? "programs" : "people"));
    }
}
