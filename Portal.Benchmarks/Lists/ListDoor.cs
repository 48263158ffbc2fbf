using System.Text.Json;
using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Odd;

namespace Portal.Benchmarks.Lists;

/// <summary>One question to a list, a home or another page, and who asks it.</summary>
internal sealed record Question(string Who, string Path)
{
    public bool IsPage => !Path.StartsWith("/api/", StringComparison.Ordinal);
}

/// <summary>All lists and pages there are, from what the host says of itself: plain, in every order, and with every filter.</summary>
internal static class ListDoor
{
    private static readonly string[] Place = ["page", "page_size", "cursor", "sort", "zone", "format"];

    // The big agency's first people, client and event. By name, or by path and name.
    private static readonly Dictionary<string, string> Values = new()
    {
        ["q"] = "ma",
        ["type"] = "signed_in",
        ["actor"] = "1",
        ["agent"] = "6",
        ["subject_kind"] = "user",
        ["subject_id"] = "1&subject_kind=user",
        ["from"] = Day(60),
        ["to"] = Day(30),
        ["status"] = "active",
        ["/api/deliveries status"] = "sent",
        ["service"] = "website",
        ["department"] = "website",
        ["without_agent"] = "true",
        ["active"] = "true",
        ["workload"] = "over",
        ["client"] = "1",
    };

    public static async Task<IReadOnlyList<Question>> QuestionsAsync(HttpClient client, IReadOnlyDictionary<string, Visit> visits)
    {
        var questions = new List<Question>();
        foreach (var door in (await OddDoor.AllAsync(client)).Where(d => d.Method == "GET" && !d.IsHeavy))
        {
            foreach (var who in visits.Keys.Where(door.May.Contains))
            {
                if (door.Path.StartsWith("/dashboard/", StringComparison.Ordinal))
                    questions.Add(new(who, door.Fill(name => name is "format" ? "csv" : Id(door.Path))));
                else if (door.Query.Contains("page_size"))
                    questions.AddRange(await OfAsync(client, visits[who], who, door));
            }
        }

        return questions;
    }

    private static async Task<IEnumerable<Question>> OfAsync(HttpClient client, Visit visit, string who, OddDoor door)
    {
        // A client's own people say which client by being theirs.
        var plain = who != "owner" && door.Path.StartsWith("/api/team", StringComparison.Ordinal) ? $"{door.Path}?client=1&" : $"{door.Path}?";
        var orders = (await OrdersAsync(client, visit, plain)).SelectMany(name => new[] { $"sort={name}", $"sort=-{name}" });
        var filters = door.Query.Except(Place).Where(name => !plain.Contains($"{name}=", StringComparison.Ordinal))
            .Select(name => Values.TryGetValue($"{door.Path} {name}", out var value) || Values.TryGetValue(name, out value) ? $"{name}={value}" : throw new BenchmarkException($"{door.Path} has a filter {name}: say in ListDoor what to ask for."));
        return orders.Concat(filters).Prepend("").Select(query => new Question(who, plain + query));
    }

    /// <summary>Whoever asks for an order that is none is told all there are.</summary>
    private static async Task<string[]> OrdersAsync(HttpClient client, Visit visit, string plain)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{plain}sort=none") { Headers = { { "Authorization", $"Bearer {visit.AccessToken}" } } };
        using var answer = await client.SendAsync(request);
        var refusal = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return refusal.TryGetProperty("errors", out var errors) && errors.TryGetProperty("sort", out var said)
            ? said[0].GetString()!["Sort by ".Length..].Split(", with")[0].Split(", ")
            : throw new BenchmarkException($"{plain} does not say which orders it has: {refusal}");
    }

    private static string Id(string path) => path.Contains("/team/", StringComparison.Ordinal) ? "6" : "1";

    private static string Day(int ago) => TimeProvider.System.GetUtcNow().AddDays(-ago).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
