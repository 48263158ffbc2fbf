using System.Diagnostics;
using System.Net;
using System.Net.WebSockets;
using System.Text;

namespace Portal.Tests.Operations;

/// <summary>A real process is asked to stop in the middle of its work.</summary>
public class ShutdownTests
{
    [Fact]
    public async Task A_host_that_is_to_stop_says_so_at_once_finishes_what_it_has_begun_and_ends_well()
    {
        using var data = new TempFolder();
        await using var host = await HostProcess.StartAsync(data.Path);
        using var page = await OpenPageAsync(host.Client.BaseAddress!);
        using var slow = new SlowUpload(host.Client.BaseAddress!);
        await slow.BeginAsync();
        var began = Stopwatch.GetTimestamp();
        await host.TerminateAsync();

        Assert.Equal("stopping", await UntilStoppingAsync(host.Client));
        var answer = await slow.EndAsync(after: 0.5);
        var exitCode = await host.ExitAsync();

        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
        Assert.True(exitCode == 0, $"{exitCode}: {string.Join('\n', host.Said)}");
        Assert.InRange(Stopwatch.GetElapsedTime(began).TotalSeconds, 0.5, 10);
        NothingWentWrong(host);
    }

    [Fact]
    public async Task What_is_still_on_its_way_when_the_doors_close_is_waited_for()
    {
        using var data = new TempFolder();
        await using var host = await HostProcess.StartAsync(data.Path);
        using var slow = new SlowUpload(host.Client.BaseAddress!);
        await slow.BeginAsync();
        await host.TerminateAsync();

        var answer = await slow.EndAsync(after: new PortalOptions().DrainSeconds + 0.5);

        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
        Assert.Equal(0, await host.ExitAsync());
        NothingWentWrong(host);
    }

    [Fact]
    public async Task What_was_answered_before_the_end_is_there_after_it()
    {
        using var data = new TempFolder();
        var saved = 0;
        await using (var host = await HostProcess.StartAsync(data.Path))
        {
            var working = Task.WhenAll(Enumerable.Range(0, 4).Select(async _ =>
            {
                while (await RegisteredAsync(host.Client))
                    Interlocked.Increment(ref saved);
            }));
            while (Volatile.Read(ref saved) < 5)
                await Task.Delay(20, Ct);
            await host.TerminateAsync();
            await working;
            Assert.Equal(0, await host.ExitAsync());
        }

        await using var server = new PortalServer { DataPath = data.Path, Settings = { ["Portal:MasterKey"] = HostProcess.MasterKey } };
        Assert.True(await server.CountAsync("signed_in") >= saved);
        await using var db = server.Open();
        Assert.Empty(await db.Jobs.Where(j => j.LeasedUntil != null).Select(j => j.Name).ToListAsync(Ct));
    }

    private static void NothingWentWrong(HostProcess host) =>
        Assert.DoesNotContain(host.Said, line => line.Contains("\"Error\"", StringComparison.Ordinal) || line.Contains("\"Critical\"", StringComparison.Ordinal));

    private static async Task<bool> RegisteredAsync(HttpClient client)
    {
        try
        {
            using var answer = await client.LoginAsync(PortalServer.AcmeOwner);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static async Task<string?> UntilStoppingAsync(HttpClient client)
    {
        for (var i = 0; i < 20; i++)
        {
            using var answer = await client.GetAsync(new Uri("/health/ready", UriKind.Relative), Ct);
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable)
                return (await answer.JsonAsync()).Text("status");
            await Task.Delay(20, Ct);
        }

        return null;
    }

    /// <summary>The socket that an open page holds.</summary>
    private static async Task<ClientWebSocket> OpenPageAsync(Uri site)
    {
        var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(site) { Scheme = "ws", Path = "/_blazor" }.Uri, Ct);
        await socket.SendAsync("{\"protocol\":\"blazorpack\",\"version\":1}\u001e"u8.ToArray(), WebSocketMessageType.Text, true, Ct);
        await socket.ReceiveAsync(new byte[1024], Ct);
        return socket;
    }

    /// <summary>A request whose body is still on its way.</summary>
    private sealed class SlowUpload(Uri site) : IDisposable
    {
        private const string Body = """{"email":"nobody@example.com","password":"wrong"}""";
        private readonly System.Net.Sockets.TcpClient socket = new();

        public async Task BeginAsync()
        {
            await socket.ConnectAsync(site.Host, site.Port, Ct);
            await WriteAsync($"POST /api/auth/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {Body.Length}\r\n\r\n{Body[..10]}");
            await Task.Delay(300, Ct);
        }

        public async Task<string> EndAsync(double after)
        {
            await Task.Delay(TimeSpan.FromSeconds(after), Ct);
            await WriteAsync(Body[10..]);
            var buffer = new byte[4096];
            return Encoding.ASCII.GetString(buffer, 0, await socket.GetStream().ReadAsync(buffer, Ct));
        }

        public void Dispose() => socket.Dispose();

        private async Task WriteAsync(string text) => await socket.GetStream().WriteAsync(Encoding.ASCII.GetBytes(text), Ct);
    }
}
