using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Portal.Components.Admin.Settings;

namespace Portal.Tests.Architecture;

/// <summary>
/// Everyone tries every door: 401, 403 or 404 for programs, the way to sign in, 403 or 404 for people. The doors come from the
/// running host, so that a new one without a line in the table is found.
/// </summary>
public sealed class Isolation(IsolationWalk walk) : IClassFixture<IsolationWalk>
{
    public static TheoryData<string> Routes => [.. IsolationTable.Doors.Keys];

    [Fact]
    public void Every_door_has_a_line_in_the_table_and_every_line_a_door()
    {
        var doors = walk.Doors().ToHashSet();
        Assert.Empty(doors.Except(IsolationTable.Doors.Keys));
        Assert.Empty(IsolationTable.Doors.Keys.Except(doors));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task A_door_opens_for_those_who_may_and_for_nobody_else(string route)
    {
        foreach (var (visitor, verdict) in await walk.TriedAsync(route))
            Assert.True(IsolationTable.Doors[route].May.HasFlag(visitor) == (verdict is IsolationRun.Verdict.LetIn or IsolationRun.Verdict.May), $"{visitor} at {route}: {verdict}");
    }

    // What an admin reads under Settings. To keep a new run: PORTAL_KEEP_RUN=1.
    [Fact]
    public async Task The_run_that_is_kept_is_this_one()
    {
        var doors = new List<IsolationRun.Door>();
        foreach (var route in IsolationTable.Doors.Keys)
            doors.Add(new(route.Split(' ')[0], route.Split(' ')[1], (await walk.TriedAsync(route)).ToDictionary(t => Input.Name($"{t.Key}"), t => t.Value)));
        var kept = Path.Combine(Repository.Root, "Portal", "Components", "Admin", "Settings", "isolation.json");
        if (Environment.GetEnvironmentVariable("PORTAL_KEEP_RUN") is "1")
            await File.WriteAllTextAsync(kept, JsonSerializer.Serialize(new IsolationRun(DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), doors), IsolationRun.Json) + "\n", Ct);

        var before = JsonSerializer.Deserialize<IsolationRun>(await File.ReadAllTextAsync(kept, Ct), IsolationRun.Json)!;
        Assert.Equal(Lines(doors), Lines(before.Doors));
    }

    // Someone else's things answer like things that do not exist, or what is there could be found out.
    [Theory]
    [MemberData(nameof(Routes))]
    public async Task What_is_not_there_answers_like_what_is_someone_elses(string route)
    {
        var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
        foreach (var place in IsolationWalk.Ids(pattern))
        {
            var (theirs, missing) = (await walk.FillAsync(pattern), await walk.FillAsync(pattern.Replace(place, "987654321", StringComparison.Ordinal)));
            foreach (var visitor in IsolationWalk.Visitors.Where(v => !IsolationTable.Doors[route].May.HasFlag(v)))
                Assert.Equal((visitor, await walk.AnswerAsync(visitor, method, theirs, IsolationTable.Doors[route].Body)), (visitor, await walk.AnswerAsync(visitor, method, missing, IsolationTable.Doors[route].Body)));
        }
    }

    private static IEnumerable<string> Lines(IEnumerable<IsolationRun.Door> doors) =>
        doors.Select(d => $"{d.Method} {d.Path}: {string.Join(", ", d.Tried.OrderBy(t => t.Key, StringComparer.Ordinal).Select(t => $"{t.Key} {t.Value}"))}").Order(StringComparer.Ordinal);
}

/// <summary>The host, with everyone signed in.</summary>
public sealed partial class IsolationWalk : IAsyncLifetime
{
    private const string Home = "/forbidden"; // a page with a form that everyone may see

    private static readonly Dictionary<Visitor, string> People = new()
    {
        [Visitor.Stranger] = PortalServer.GlobexOwner,
        [Visitor.OtherAgent] = "priya@portal.local",
        [Visitor.WebsiteAgent] = "website@portal.local",
        [Visitor.MarketingAgent] = PortalServer.MarketingAgent,
        [Visitor.Viewer] = PortalServer.AcmeViewer,
        [Visitor.Owner] = PortalServer.AcmeOwner,
        [Visitor.Admin] = PortalServer.Admin,
    };

    private readonly PortalServer server = new() { HasSimulators = true, Settings = { ["Bench:Enabled"] = "true" } };
    private readonly Dictionary<Visitor, HttpClient> programs = [];
    private readonly Dictionary<Visitor, HttpClient> browsers = [];
    private readonly ConcurrentDictionary<string, Lazy<Task<IReadOnlyDictionary<Visitor, IsolationRun.Verdict>>>> tried = new();

    public static IEnumerable<Visitor> Visitors => People.Keys.Prepend(Visitor.Anonymous);

    public async ValueTask InitializeAsync()
    {
        programs[Visitor.Anonymous] = browsers[Visitor.Anonymous] = server.CreateClient(new() { AllowAutoRedirect = false });
        foreach (var (visitor, email) in People)
            (programs[visitor], browsers[visitor]) = (await server.SignedInAsync(email), await server.BrowserAsync(email));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in programs.Values.Concat(browsers.Values))
            client.Dispose();
        await server.DisposeAsync();
    }

    /// <summary>What happens to everyone at a door; tried once.</summary>
    public Task<IReadOnlyDictionary<Visitor, IsolationRun.Verdict>> TriedAsync(string route) => tried.GetOrAdd(route, key => new(() => TryAllAsync(key))).Value;

    /// <summary>All routes of the running host but its files, its circuits and what describes the API.</summary>
    public IEnumerable<string> Doors() => (
        from endpoint in server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        where endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null && !Machinery().IsMatch(path)
        let isPage = endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Components.Endpoints.ComponentTypeMetadata>() is not null
        from method in isPage ? ["GET"] : endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        select $"{method} {path}").Distinct();

    public async Task<string> FillAsync(string pattern)
    {
        await using var db = server.Get<Database>().Open(Actor.System("test"), Can.KeepHouse);
        var path = pattern;
        foreach (Match place in Place().Matches(pattern))
        {
            var sample = IsolationTable.Samples.Where(s => pattern.StartsWith(s.Begins, StringComparison.Ordinal) && s.Place == place.Groups[1].Value).MaxBy(s => s.Begins.Length);
            Assert.True(sample.Value is not null, $"There is no sample for {place.Value} of {pattern}.");
            path = path.Replace(place.Value, await sample.Value(db), StringComparison.Ordinal);
        }

        return path;
    }

    public static IEnumerable<string> Ids(string pattern) => Id().Matches(pattern).Select(m => m.Value);

    /// <summary>All that an answer gives away: its status and, to programs, its code and words.</summary>
    public async Task<string> AnswerAsync(Visitor visitor, string method, string path, object? body)
    {
        using var answer = await KnockAsync(visitor, method, path, body);
        var said = IsApi(path) && answer.Content.Headers.ContentType?.MediaType is "application/problem+json" ? await answer.Content.ReadFromJsonAsync<JsonElement>(Ct) : default;
        return said.ValueKind is JsonValueKind.Object ? $"{answer.StatusCode}, {said.GetProperty("code")}: {said.GetProperty("title")}" : $"{answer.StatusCode}";
    }

    public async Task<IsolationRun.Verdict> TryAsync(Visitor visitor, string method, string path, object? body)
    {
        using var answer = await KnockAsync(visitor, method, path, body);
        if ((int)answer.StatusCode >= 500 && !path.StartsWith("/error", StringComparison.Ordinal) && !path.StartsWith("/problem", StringComparison.Ordinal))
            Assert.Fail($"{visitor} at {method} {path}: {(int)answer.StatusCode}");
        return answer.StatusCode switch
        {
            HttpStatusCode.Unauthorized => IsolationRun.Verdict.AskedWho,
            HttpStatusCode.Forbidden => IsolationRun.Verdict.Refused,
            HttpStatusCode.NotFound => IsolationRun.Verdict.NotThere,
            HttpStatusCode.Redirect when visitor is Visitor.Anonymous && !IsApi(path) && answer.Headers.Location!.ToString().Contains("/sign-in", StringComparison.Ordinal) => IsolationRun.Verdict.SentToSignIn,
            _ => IsolationRun.Verdict.LetIn,
        };
    }

    private async Task<IReadOnlyDictionary<Visitor, IsolationRun.Verdict>> TryAllAsync(string route)
    {
        var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
        var path = await FillAsync(pattern);
        var (may, body) = IsolationTable.Doors[route];
        var verdicts = new Dictionary<Visitor, IsolationRun.Verdict>();
        foreach (var visitor in Visitors)
        {
            verdicts[visitor] = may.HasFlag(visitor) && method != "GET" ? IsolationRun.Verdict.May : await TryAsync(visitor, method, path, body);
        }

        return verdicts;
    }

    private async Task<HttpResponseMessage> KnockAsync(Visitor visitor, string method, string path, object? body)
    {
        if (!IsApi(path) && method == "POST")
            return visitor is Visitor.Anonymous ? await browsers[visitor].PostAsync(new Uri(path, UriKind.Relative), null, Ct) : await browsers[visitor].PressAsync(path, Home);
        using var request = new HttpRequestMessage(new(method), path);
        if (method != "GET" && IsApi(path))
            request.Content = body is string csv ? new StringContent(csv, null, "text/csv") : JsonContent.Create(body ?? new { });
        return await (IsApi(path) ? programs : browsers)[visitor].SendAsync(request, Ct);
    }

    private static bool IsApi(string path) => path.StartsWith("/api/", StringComparison.Ordinal);

    [GeneratedRegex(@"\{\w+:long\}")]
    private static partial Regex Id();

    [GeneratedRegex(@"^/(_|docs|openapi|\.well-known|gc$)|^(?!/simulators/).*\{\*")]
    private static partial Regex Machinery();

    // A constraint may have brackets of its own: {format:regex(^(csv|xlsx)$)}.
    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Place();
}
