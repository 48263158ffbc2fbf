using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Portal.Benchmarks.Odd;

namespace Portal.Benchmarks.Hosts;

/// <summary>Programs that write numbered rows and people who read pages, through the proxy. What is not answered is not asked again: then it may have been done once, or not at all.</summary>
internal sealed class HostsLoad(HttpClient client, Visit admin, long agent)
{
    private const int Writers = 3;
    private static readonly string[] Pages = ["/dashboard/admin", "/dashboard/admin/clients", "/dashboard/admin/audit", "/dashboard/admin/team"];
    private int number;

    /// <summary>Acknowledged: the client's number, and its id.</summary>
    public ConcurrentDictionary<int, long> Opened { get; } = new();

    /// <summary>Acknowledged: ids of clients that got their agent, who hears of it by mail.</summary>
    public ConcurrentBag<long> Assigned { get; } = [];

    /// <summary>Every answer, and those who got none: when it came, and what was asked.</summary>
    public ConcurrentBag<(long At, int Status, string What)> Answers { get; } = [];

    public int Asked => number;

    public static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"Write {number:D6}");

    public Task RunAsync(CancellationToken stop) => Task.WhenAll([.. Enumerable.Range(0, Writers).Select(_ => WriteAsync(stop)), ReadAsync(stop)]);

    private async Task WriteAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            var mine = Interlocked.Increment(ref number);
            if (await AskAsync(HttpMethod.Post, "/api/admin/clients", new { name = Name(mine) }) is { } opened)
            {
                var id = opened.GetProperty("id").GetInt64();
                Opened[mine] = id;
                if (await AskAsync(HttpMethod.Post, FormattableString.Invariant($"/api/admin/clients/{id}/agents"), new { agent, even_if_full = true }) is not null)
                    Assigned.Add(id);
            }

            await Task.Delay(60, CancellationToken.None);
        }
    }

    private async Task ReadAsync(CancellationToken stop)
    {
        for (var page = 0; !stop.IsCancellationRequested; page++)
        {
            await AskAsync(HttpMethod.Get, Pages[page % Pages.Length], null);
            await Task.Delay(50, CancellationToken.None);
        }
    }

    /// <returns>What was answered, when it was a yes.</returns>
    private async Task<JsonElement?> AskAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (body is not null)
            request.Headers.Add("Authorization", $"Bearer {admin.AccessToken}");
        else
            request.Headers.Add("Cookie", admin.Cookies);
        try
        {
            using var answer = await client.SendAsync(request);
            var said = await answer.Content.ReadAsByteArrayAsync();
            Answers.Add((Stopwatch.GetTimestamp(), (int)answer.StatusCode, $"{method} {path}"));
            return !answer.IsSuccessStatusCode ? null : body is not null && said.Length > 0 ? JsonSerializer.Deserialize<JsonElement>(said) : default(JsonElement);
        }
        catch (Exception problem) when (problem is HttpRequestException or IOException or OperationCanceledException)
        {
            Answers.Add((Stopwatch.GetTimestamp(), 0, $"{method} {path}"));
            return null;
        }
    }
}
