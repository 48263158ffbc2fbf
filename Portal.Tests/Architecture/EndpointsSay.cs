using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;

namespace Portal.Tests.Architecture;

/// <summary>Every endpoint for programs says what it does, who may, and how it answers.</summary>
public class EndpointsSay(PortalServer server) : IClassFixture<PortalServer>
{
    [Fact]
    public void Each_has_a_summary_a_permission_and_its_answers()
    {
        var endpoints = Endpoints().ToList();
        Assert.NotEmpty(endpoints);
        foreach (var (name, endpoint) in endpoints)
        {
            Assert.True(endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>() is { Summary.Length: > 0 }, $"{name} has no summary.");
            Assert.True(endpoint.Metadata.GetMetadata<Portal.Api.Endpoints.Needs>() is not null, $"{name} does not say who may.");
            var statuses = endpoint.Metadata.GetOrderedMetadata<IProducesResponseTypeMetadata>().Select(m => m.StatusCode).ToList();
            Assert.True(statuses.Any(s => s is >= 200 and < 300), $"{name} documents no success.");
            Assert.True(statuses.Any(s => s is >= 400 and < 500), $"{name} documents no refusal.");
        }
    }

    [Fact]
    public void Each_permission_is_a_verb_of_the_portal()
    {
        var verbs = typeof(Can).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => ((Can)f.GetValue(null)!).Name).ToList();
        Assert.Equal(verbs.Count, verbs.Distinct().Count());
        Assert.All(Endpoints(), e => Assert.Contains(e.Endpoint.Metadata.GetMetadata<Portal.Api.Endpoints.Needs>()!.Permission, verbs.Append("none")));
    }

    [Fact]
    public void Only_what_needs_no_permission_is_open_to_strangers() => Assert.All(Endpoints(), e => Assert.Equal(
        e.Endpoint.Metadata.GetMetadata<Portal.Api.Endpoints.Needs>()!.Permission == "none",
        e.Endpoint.Metadata.GetMetadata<Microsoft.AspNetCore.Authorization.IAllowAnonymous>() is not null));

    [Fact]
    public async Task The_document_lists_exactly_these()
    {
        using var client = server.CreateClient();
        var document = await client.JsonAsync("/openapi.json");
        Assert.StartsWith("3.", document.Text("openapi"), StringComparison.Ordinal);
        var listed = document.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(operation => $"{operation.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}"));
        Assert.Equal(Endpoints().Select(e => e.Name).Order(), listed.Order());
    }

    [Fact]
    public async Task The_document_says_of_each_what_the_endpoint_says()
    {
        using var client = server.CreateClient();
        var operations = (await client.JsonAsync("/openapi.json")).GetProperty("paths").EnumerateObject().SelectMany(p => p.Value.EnumerateObject()).ToList();
        foreach (var operation in operations.Select(o => o.Value))
        {
            Assert.NotEmpty(operation.Text("summary"));
            Assert.Equal(operation.Text("x-permission") != "none", operation.TryGetProperty("security", out _));
            foreach (var refusal in operation.GetProperty("responses").EnumerateObject().Where(r => r.Name[0] == '4'))
                Assert.True(refusal.Value.GetProperty("content").TryGetProperty("application/problem+json", out _), $"{operation.Text("summary")}: {refusal.Name}");
        }
    }

    [Fact]
    public async Task No_row_of_a_table_is_shown_as_it_is()
    {
        using var client = server.CreateClient();
        var shown = (await client.JsonAsync("/openapi.json")).GetProperty("components").GetProperty("schemas").EnumerateObject().Select(s => s.Name).ToList();
        await using var db = server.Open();
        var rows = db.Model.GetEntityTypes().Where(t => !t.IsOwned()).Select(t => t.ClrType.Name).ToList();
        Assert.True(shown.Count > 50 && rows.Contains(nameof(Client)));
        Assert.Empty(shown.Intersect(rows));
    }

    [Fact]
    public async Task Every_reference_in_the_document_leads_somewhere()
    {
        using var client = server.CreateClient();
        var document = await client.JsonAsync("/openapi.json");
        var references = References(document).Distinct().ToList();
        Assert.NotEmpty(references);
        foreach (var reference in references)
        {
            var place = document;
            foreach (var step in reference.TrimStart('#', '/').Split('/'))
                Assert.True(place.TryGetProperty(step, out place), reference);
        }
    }

    [Fact]
    public async Task Whoever_reads_the_documentation_finds_it()
    {
        using var client = server.CreateClient();
        Assert.Contains("swagger", await client.GetStringAsync(new Uri("/docs/index.html", UriKind.Relative), Ct), StringComparison.OrdinalIgnoreCase);
    }

    private static IEnumerable<string> References(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Object => json.EnumerateObject().SelectMany(p => p is { Name: "$ref", Value.ValueKind: JsonValueKind.String } ? [p.Value.GetString()!] : References(p.Value)),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(References),
        _ => [],
    };

    private IEnumerable<(string Name, RouteEndpoint Endpoint)> Endpoints() =>
        from endpoint in server.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.Trim('/')
        where path.StartsWith("/api", StringComparison.Ordinal) || path.StartsWith("/.well-known", StringComparison.Ordinal)
        from method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? []
        select ($"{method} {System.Text.RegularExpressions.Regex.Replace(path, @"\{(\w+):[^}]*\}", "{$1}")}", endpoint);
}
