using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Portal.Benchmarks.Frame;

namespace Portal.Benchmarks.Webhooks;

/// <summary>Signed requests, made before the clock runs and written to the socket as they are: the sender takes as little of the machine as it can.</summary>
internal static class WebhookLoad
{
    private static readonly string Payload = string.Concat(Enumerable.Range(0, 20).Select(i => $",\"field_{i}\":\"a value as long as they are\""));

    public static byte[] Request(string path, string id)
    {
        var time = ((long)(TimeProvider.System.GetUtcNow() - DateTimeOffset.UnixEpoch).TotalSeconds).ToString(CultureInfo.InvariantCulture);
        var body = $$$"""{"id":"{{{id}}}","object":"event","type":"payment_intent.succeeded","data":{"object":{"id":"pi_1"{{{Payload}}} } } }""";
        var bytes = Encoding.UTF8.GetBytes(body);
        return Encoding.UTF8.GetBytes($"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: {bytes.Length}\r\nStripe-Signature: t={time},v1={WebhookFloor.Sign(time, bytes)}\r\n\r\n{body}");
    }

    public static async Task<double> PerSecondAsync(Uri url, string path, int connections, int requests)
    {
        var mine = Enumerable.Range(0, connections).Select(_ => Enumerable.Range(0, requests / connections).Select(_ => Request(path, $"evt_{Guid.CreateVersion7():N}")).ToList()).ToList();
        var sockets = await Task.WhenAll(mine.Select(_ => ConnectAsync(url)));
        var began = Stopwatch.GetTimestamp();
        var answers = await Task.WhenAll(sockets.Zip(mine, (socket, all) => Task.Run(() => TalkAsync(socket, all))));
        var took = Stopwatch.GetElapsedTime(began);
        if (answers.SelectMany(a => a).FirstOrDefault(status => status != 200) is var wrong and not 0)
            throw new BenchmarkException($"{path} answered {wrong}.");
        return requests / connections * connections / took.TotalSeconds;
    }

    public static async Task<Socket> ConnectAsync(Uri url)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("localhost", url.Port);
        return socket;
    }

    /// <returns>The status of each answer.</returns>
    public static async Task<List<int>> TalkAsync(Socket socket, IReadOnlyList<byte[]> requests)
    {
        using var closing = socket;
        var (answer, statuses) = (new byte[8192], new List<int>(requests.Count));
        foreach (var request in requests)
        {
            await socket.SendAsync(request);
            var length = 0;
            while (!IsWhole(answer.AsSpan(0, length)))
            {
                var read = await socket.ReceiveAsync(answer.AsMemory(length));
                if (read == 0)
                    throw new BenchmarkException("The connection was closed.");
                length += read;
            }

            statuses.Add(int.Parse(Encoding.ASCII.GetString(answer, 9, 3), CultureInfo.InvariantCulture));
        }

        return statuses;
    }

    // Headers, and as much as they say; chunks end with an empty one.
    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var head = answer.IndexOf("\r\n\r\n"u8);
        if (head < 0)
            return false;
        var headers = Encoding.ASCII.GetString(answer[..head]);
        var at = headers.IndexOf("Content-Length: ", StringComparison.OrdinalIgnoreCase);
        if (at < 0)
            return answer.EndsWith("0\r\n\r\n"u8);
        var end = headers.IndexOf('\r', at);
        return answer.Length >= head + 4 + int.Parse(headers.AsSpan(at + 16, (end < 0 ? headers.Length : end) - at - 16), CultureInfo.InvariantCulture);
    }
}
