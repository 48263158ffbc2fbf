using System.Net.WebSockets;
using System.Text;
using Portal.Benchmarks.Swarm;

namespace Portal.Benchmarks.Odd;

/// <summary>Talks to the hub as blazor.web.js never would, and expects it to be done with us soon after.</summary>
internal sealed class OddHub(HttpClient client, int seed)
{
    private const string Page = "/bench";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private static readonly string[] Methods = ["StartCircuit", "UpdateRootComponents", "BeginInvokeDotNetFromJS", "EndInvokeJSFromDotNet", "OnRenderCompleted", "OnLocationChanged", "OnLocationChanging", "ConnectCircuit", "ReceiveByteArray", "ReceiveJSDataChunk", "SendDotNetStreamToJS", "PauseCircuit", "ResumeCircuit", "DisposeAsync", "", "NoSuchMethod", "Dispose"];
    private static readonly string[] Handshakes = ["{\"protocol\":\"blazorpack\",\"version\":99}\u001e", "{\"protocol\":\"json\",\"version\":1}\u001e", "{}\u001e", "\u001e", "{", "GET / HTTP/1.1\r\n\r\n", "{\"protocol\":\"blazorpack\",\"version\":1}"];

    /// <returns>What is wrong, or null.</returns>
    public async Task<string?> TalkAsync(int number)
    {
        var chance = new Random(unchecked((seed * 1_000_003) + number));
        var frames = await FramesAsync(chance);
        using var socket = new ClientWebSocket();
        using var patience = new CancellationTokenSource(Patience);
        try
        {
            await socket.ConnectAsync(new Uri($"ws://{client.BaseAddress!.Authority}/_blazor"), patience.Token);
            var saying = SayAsync(socket, frames, patience.Token);
            var buffer = new byte[16 * 1024];
            while ((await socket.ReceiveAsync(buffer.AsMemory(), patience.Token)).MessageType is not WebSocketMessageType.Close)
                continue;
            await saying;
            return null;
        }
        catch (WebSocketException)
        {
            return null; // It hung up.
        }
        catch (OperationCanceledException)
        {
            return $"hub talk {number} of seed {seed} was not over after {Patience.TotalSeconds} s";
        }
    }

    /// <summary>Throws when a page can no longer be opened and clicked.</summary>
    public async Task TryAsync()
    {
        using var circuit = await Circuit.OpenAsync(client, Page);
        await circuit.ClickAsync();
    }

    private static async Task SayAsync(ClientWebSocket socket, IReadOnlyList<byte[]> frames, CancellationToken ct)
    {
        try
        {
            foreach (var frame in frames)
                await socket.SendAsync(frame.AsMemory(), frame[0] == '{' ? WebSocketMessageType.Text : WebSocketMessageType.Binary, endOfMessage: true, ct);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, ct);
        }
        catch (WebSocketException)
        {
            // It has heard enough.
        }
    }

    private async Task<IReadOnlyList<byte[]>> FramesAsync(Random chance)
    {
        var handshake = chance.Next(5) == 0 ? OddTexts.Pick(chance, Handshakes) : "{\"protocol\":\"blazorpack\",\"version\":1}\u001e";
        var frames = new List<byte[]> { Encoding.UTF8.GetBytes(handshake) };
        if (chance.Next(2) == 0)
            frames.AddRange(await StartAsync(chance));
        for (var more = chance.Next(1, 8); more > 0; more--)
            frames.Add(Frame(chance));
        return frames;
    }

    // As it should be, but for one of the two at times.
    private async Task<IEnumerable<byte[]>> StartAsync(Random chance)
    {
        var page = await PrerenderedPage.GetAsync(client, Page, CancellationToken.None);
        var site = client.BaseAddress!;
        byte[][] start =
        [
            HubMessage.Invoke("0", "StartCircuit", site.ToString(), new Uri(site, Page).ToString(), "[]", page.State),
            HubMessage.Invoke(null, "UpdateRootComponents", page.RootOperations, page.State),
        ];
        return chance.Next(6) switch
        {
            0 => start.Reverse(),
            1 => [start[0], start[0], start[1]],
            2 => [start[0], start[1], start[1]],
            3 => [OddBodies.Flip(chance, start[0]), start[1]],
            4 => [start[0], OddBodies.Flip(chance, start[1])],
            _ => start,
        };
    }

    private static byte[] Frame(Random chance) => chance.Next(10) switch
    {
        0 => OddBodies.Noise(chance),
        1 => [0xff, 0xff, 0xff, 0xff, 0x7f, .. OddBodies.Noise(chance)], // promises two gigabytes
        2 => [.. HubMessage.Ping, .. HubMessage.Ping, (byte)chance.Next(1, 9)],
        3 => Invocation(chance)[..^1],
        4 => OddBodies.Flip(chance, Invocation(chance)),
        5 => HubMessage.Invoke(null, "BeginInvokeDotNetFromJS", "1", null, "DispatchEventAsync", 1L, new string('[', chance.Next(1, 60_000))),
        6 => [2, 0x91, (byte)chance.Next(256)],
        _ => Invocation(chance),
    };

    private static byte[] Invocation(Random chance) =>
        HubMessage.Invoke(chance.Next(2) == 0 ? null : "1", OddTexts.Pick(chance, Methods), [.. Enumerable.Range(0, chance.Next(0, 7)).Select(_ => Argument(chance))]);

    private static object? Argument(Random chance) => chance.Next(5) switch
    {
        0 => null,
        1 => (long)chance.Next(-2, 100),
        2 => chance.Next(2) == 0,
        3 => long.MaxValue,
        _ => OddTexts.Pick(chance, OddTexts.Values),
    };
}
