using Portal.Benchmarks.Frame;
using Portal.Benchmarks.Odd;
using Portal.Benchmarks.Swarm;

namespace Portal.Benchmarks.Mixed;

/// <summary>People and programs who do what they do all day, and some that are refused.</summary>
internal sealed class MixedLoad : IDisposable
{
    private static readonly string[] Pages = ["/dashboard/admin", "/dashboard/admin/clients", "/dashboard/admin/clients/1", "/dashboard/admin/audit", "/dashboard/admin/team", "/dashboard/admin/settings"];
    private static readonly string[] Reads = ["/api/auth/me", "/api/admin/clients", "/api/admin/clients/1", "/api/admin/agents", "/api/audit?page_size=20", "/api/deliveries"];

    private readonly HostProcess host;
    private readonly HttpClient client;
    private Visit admin;
    private readonly (string Name, TimeSpan Pause, Func<int, Task> Do)[] kinds;
    private readonly int[] counts;
    private int wrong;

    private MixedLoad(HostProcess host, HttpClient client, Visit admin)
    {
        (this.host, this.client, this.admin) = (host, client, admin);
        kinds =
        [
            ("pages", TimeSpan.FromMilliseconds(40), n => SendAsync(HttpMethod.Get, Pages[n % Pages.Length], 200)),
            ("reads", TimeSpan.FromMilliseconds(20), n => SendAsync(HttpMethod.Get, Reads[n % Reads.Length], 200)),
            ("writes", TimeSpan.FromMilliseconds(50), n => SendAsync(HttpMethod.Patch, "/api/auth/me", 200, new { full_name = $"Asha Admin {n % 10}" })),
            ("circuits", TimeSpan.FromMilliseconds(150), _ => CircuitAsync()),
            ("sign-ins", TimeSpan.FromMilliseconds(500), SignInAsync),
            ("refusals", TimeSpan.FromMilliseconds(30), RefusedAsync),
        ];
        counts = new int[kinds.Length];
    }

    public int Wrong => wrong;

    public string Counts => string.Join(", ", kinds.Select((k, place) => $"{counts[place]} {k.Name}"));

    public static async Task<MixedLoad> BeginAsync(HostProcess host)
    {
        var client = new HttpClient(new SocketsHttpHandler { UseCookies = false, UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = host.Url };
        return new(host, client, await Visit.BeginAsync(client, Visit.People["admin"]));
    }

    public Task RunAsync(CancellationToken stop) => Task.WhenAll(kinds.Select((kind, place) => Task.Run(async () =>
    {
        while (!stop.IsCancellationRequested)
        {
            await kind.Do(counts[place]++);
            await Task.Delay(kind.Pause, CancellationToken.None);
        }
    })));

    public void Dispose() => client.Dispose();

    // Hangs up without a word, as a closed lid does.
    private async Task CircuitAsync()
    {
        using var circuit = await Circuit.OpenAsync(host.Client, Site.Portal.BenchPath);
        await circuit.ClickAsync();
    }

    // Tokens end after half an hour; and nobody keeps more than a thousand sessions.
    private async Task SignInAsync(int number)
    {
        var token = await Visit.ProgramAsync(client, Visit.People[number % 200 == 0 ? "admin" : "viewer"]);
        if (number % 200 == 0)
            admin = admin with { AccessToken = token };
    }

    private Task RefusedAsync(int number) => (number % 4) switch
    {
        0 => SendAsync(HttpMethod.Get, "/api/admin/clients/987654321", 404),
        1 => SendAsync(HttpMethod.Patch, "/api/auth/me", 422, new { full_name = "" }),
        2 => SendAsync(HttpMethod.Post, "/api/auth/refresh", 401, new { refresh_token = $"no-such-token-{number}" }),
        _ => SendAsync(HttpMethod.Get, "/no/such/page", 404),
    };

    private async Task SendAsync(HttpMethod method, string path, int expected, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body) };
        if (path.StartsWith("/api", StringComparison.Ordinal))
            request.Headers.Add("Authorization", $"Bearer {admin.AccessToken}");
        else
            request.Headers.Add("Cookie", admin.Cookies);
        using var answer = await client.SendAsync(request);
        if ((int)answer.StatusCode != expected)
            Interlocked.Increment(ref wrong);
    }
}
