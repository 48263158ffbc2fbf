using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Portal.Core.Domains.Integrations;

namespace Portal.Tests.Domains.Integrations;

/// <summary>A provider on loopback that takes only what its official description allows, says why not, and answers with the description's examples.</summary>
internal sealed class DescribedServer : IAsyncDisposable
{
    private readonly ApiDescription[] descriptions;
    private readonly WebApplication app;

    private DescribedServer(string[] names)
    {
        descriptions = [.. names.Select(ApiDescription.Load)];
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.Run(AnswerAsync);
        Http = new(ProviderHttp.Handler(), (_, _, _) => Task.CompletedTask, TimeProvider.System, NullLogger<ProviderHttp>.Instance);
    }

    public ConcurrentQueue<Asked> Requests { get; } = new();

    public ConcurrentQueue<string> Faults { get; } = new();

    /// <summary>What stands in place of the description's answer.</summary>
    public Func<Asked, Answer?> Answers { get; set; } = _ => null;

    public ProviderHttp Http { get; }

    public Uri Url => new(app.Urls.First());

    public Asked Last => Requests.Last();

    public static async Task<DescribedServer> StartAsync(params string[] names)
    {
        var server = new DescribedServer(names);
        await server.app.StartAsync(Ct);
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await app.DisposeAsync();
    }

    public ProviderAccount Account(Provider provider, bool sandbox = true, string? key = "key-of-account", string? secret = "secret-of-account", string? token = "token-of-account", params (string Name, string Value)[] settings) =>
        new(provider, sandbox, Url, key, secret, token, new(new JsonObject(settings.Select(s => KeyValuePair.Create(s.Name, (JsonNode?)s.Value)))), AccountSource.Database, 1);

    /// <summary>All was as described, and nothing of what we describe was left out.</summary>
    public void AllWasAsDescribed(params string[] except)
    {
        Assert.Empty(Faults);
        Assert.Equal(descriptions.SelectMany(d => d.Names).Except(except).Order(), Requests.Select(r => Find(r).Operation?.Name).OfType<string>().Distinct().Except(except).Order());
    }

    public (ApiDescription? Description, ApiDescription.Operation? Operation) Find(Asked asked) =>
        descriptions.Select(d => ((ApiDescription?)d, d.Find(asked))).FirstOrDefault(x => x.Item2 is not null);

    /// <summary>Of each body that was sent and found good: a field too many, one too few, and one of another kind. Each has to be refused.</summary>
    public int WrongBodiesAreRefused()
    {
        var count = 0;
        foreach (var asked in Requests.Where(r => r.Body.Length > 0))
        {
            var (description, operation) = Find(asked);
            if (description?.Body(asked, operation!) is not JsonObject good)
                continue;
            foreach (var (wrong, what) in Mutants(good))
            {
                if (!IsCertain(description, operation!, asked, what))
                    continue;
                Assert.True(description.FaultsOfBody(wrong, operation!, asked.ContentType).Any(), $"{operation!.Name} takes {what}: {wrong.ToJsonString()}");
                count++;
            }
        }

        return count;
    }

    private static bool IsCertain(ApiDescription description, ApiDescription.Operation operation, Asked asked, string what) =>
        !what.StartsWith("without ", StringComparison.Ordinal) || description.FaultsOfBody(new JsonObject(), operation, asked.ContentType).Any(f => f.StartsWith($".{what[8..]} is missing", StringComparison.Ordinal));

    private static IEnumerable<(JsonObject Wrong, string What)> Mutants(JsonObject good)
    {
        var more = good.DeepClone().AsObject();
        more["emial"] = "x";
        yield return (more, "emial");
        foreach (var (name, value) in good)
        {
            var less = good.DeepClone().AsObject();
            less.Remove(name);
            yield return (less, $"without {name}");
            var other = good.DeepClone().AsObject();
            other[name] = value is JsonObject or JsonArray ? 4711 : new JsonObject { ["no"] = new JsonArray(1) };
            yield return (other, $"{name} of another kind");
        }
    }

    private async Task AnswerAsync(HttpContext http)
    {
        using var reader = new StreamReader(http.Request.Body, Encoding.UTF8);
        var raw = http.Features.Get<IHttpRequestFeature>()!.RawTarget;
        var asked = new Asked(
            http.Request.Method,
            raw.Split('?')[0],
            [.. raw.Contains('?', StringComparison.Ordinal) ? ApiDescription.FormOf(raw.Split('?', 2)[1]) : []],
            http.Request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            (http.Request.ContentType ?? "").Split(';')[0],
            await reader.ReadToEndAsync(http.RequestAborted));
        Requests.Enqueue(asked);
        var answer = Answers(asked) ?? Described(asked);
        http.Response.StatusCode = answer.Status;
        foreach (var (name, value) in answer.Headers)
            http.Response.Headers[name] = value;
        if (answer.Body is { } body)
        {
            http.Response.ContentType = "application/json";
            await http.Response.WriteAsync(body, http.RequestAborted);
        }
    }

    private Answer Described(Asked asked)
    {
        var (description, operation) = Find(asked);
        var faults = description?.Faults(asked).ToList() ?? [$"{asked.Method} {asked.Path} is not described"];
        foreach (var fault in faults)
            Faults.Enqueue($"{asked.Method} {asked.Path}: {fault}");
        return faults.Count > 0 ? new(422, Said(string.Join("; ", faults))) : new(operation!.Status, operation.Example?.ToJsonString());
    }

    /// <summary>In the shapes of all providers' refusals, so that a test that fails says why.</summary>
    private static string Said(string words)
    {
        var error = new JsonObject { ["type"] = "invalid_request_error", ["code"] = 100, ["message"] = words };
        return new JsonObject { ["message"] = words, ["name"] = "validation_error", ["code"] = 21000, ["success"] = false, ["error"] = error, ["errors"] = new JsonArray(error.DeepClone()) }.ToJsonString();
    }

    internal sealed record Answer(int Status, string? Body = null)
    {
        public IReadOnlyList<(string Name, string Value)> Headers { get; init; } = [];
    }
}
