using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;

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
        var (method, pattern) = (route.Split(' ')[0], route.Split(' ')[1]);
        var path = await walk.FillAsync(pattern);
        foreach (var visitor in IsolationWalk.Visitors)
        {
            var may = IsolationTable.Doors[route].May.HasFlag(visitor);
            if (may && method != "GET")
                continue; // what would be done is other tests' business
            using var answer = await walk.TryAsync(visitor, method, path, IsolationTable.Doors[route].Body);
            var isRefused = IsolationWalk.Refuses(answer, visitor, path);
            Assert.True(may != isRefused, $"{visitor} at {method} {path}: {(int)answer.StatusCode} {answer.Headers.Location}");
            if (may && !path.StartsWith("/error", StringComparison.Ordinal) && !path.StartsWith("/problem", StringComparison.Ordinal))
                Assert.True((int)answer.StatusCode < 500, $"{visitor} at {path}: {(int)answer.StatusCode}");
        }
    }
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

    private readonly PortalServer server = new() { Settings = { ["Bench:Enabled"] = "true" } };
    private readonly Dictionary<Visitor, HttpClient> programs = [];
    private readonly Dictionary<Visitor, HttpClient> browsers = [];

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

    public static bool Refuses(HttpResponseMessage answer, Visitor visitor, string path) => IsApi(path)
        ? answer.StatusCode == (visitor is Visitor.Anonymous ? HttpStatusCode.Unauthorized : HttpStatusCode.Forbidden) || answer.StatusCode is HttpStatusCode.NotFound
        : answer.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.NotFound
            || (visitor is Visitor.Anonymous && answer.StatusCode is HttpStatusCode.Redirect or HttpStatusCode.Unauthorized && answer.Headers.Location?.ToString().Contains("/sign-in", StringComparison.Ordinal) is true);

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

    public async Task<HttpResponseMessage> TryAsync(Visitor visitor, string method, string path, object? body)
    {
        if (!IsApi(path) && method == "POST")
            return visitor is Visitor.Anonymous ? await browsers[visitor].PostAsync(new Uri(path, UriKind.Relative), null, Ct) : await browsers[visitor].PressAsync(path, Home);
        using var request = new HttpRequestMessage(new(method), path);
        if (method != "GET" && IsApi(path))
            request.Content = body is string csv ? new StringContent(csv, null, "text/csv") : JsonContent.Create(body ?? new { });
        return await (IsApi(path) ? programs : browsers)[visitor].SendAsync(request, Ct);
    }

    private static bool IsApi(string path) => path.StartsWith("/api/", StringComparison.Ordinal);

    [GeneratedRegex(@"^/(_|docs|openapi|\.well-known|gc$)|\{\*")]
    private static partial Regex Machinery();

    // A constraint may have brackets of its own: {format:regex(^(csv|xlsx)$)}.
    [GeneratedRegex(@"\{\*{0,2}(\w+)[^}]*\}")]
    private static partial Regex Place();
}
