using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Portal.Benchmarks.Odd;

/// <summary>HTTP/1.1 by hand: a client that is polite would not send what is to be sent here.</summary>
internal sealed class Wire(Uri site) : IDisposable
{
    private const int Shown = 64 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly byte[] buffer = new byte[16 * 1024];
    private TcpClient? connection;
    private NetworkStream? stream;
    private int place;
    private int filled;

    public async Task<OddAnswer> SendAsync(OddRequest request, Visit? visit)
    {
        var (bytes, isUsed) = (request.ToBytes(visit), stream is not null);
        var answer = await SendAsync(bytes, request.Method is "HEAD", request.IsRough);

        // After the last answer the server may have closed: whoever keeps a connection has to expect that.
        return answer is { Status: 0 } && isUsed ? await SendAsync(bytes, request.Method is "HEAD", request.IsRough) : answer;
    }

    private async Task<OddAnswer> SendAsync(byte[] request, bool isHead, bool isLast)
    {
        using var patience = new CancellationTokenSource(Patience);
        var began = Stopwatch.GetTimestamp();
        var (status, head, body, isCut) = (0, "", "", false);
        try
        {
            var open = await OpenAsync(patience.Token);

            // Both at once: a refusal may come before all was said.
            var writing = WriteAsync(open, request, patience.Token);
            head = await HeadAsync(open, patience.Token);
            status = head.Length > 12 && int.TryParse(head.AsSpan(9, 3), CultureInfo.InvariantCulture, out var said) ? said : 0;
            if (status is not (0 or 101 or 204 or 304) && !isHead)
                body = await BodyAsync(open, head, patience.Token);
            await writing;
        }
        catch (Exception problem) when (problem is IOException or SocketException or OperationCanceledException)
        {
            isCut = true;
            Close();
        }

        var answer = new OddAnswer(status, head, body, isCut || head.Length == 0, Stopwatch.GetElapsedTime(began));
        if (answer.Closes || isLast)
            Close();
        return answer;
    }

    public void Dispose() => Close();

    private static async Task WriteAsync(NetworkStream to, byte[] request, CancellationToken ct)
    {
        try
        {
            await to.WriteAsync(request, ct);
        }
        catch (IOException)
        {
            // Closed on us: what was answered is read all the same.
        }
    }

    private void Close()
    {
        connection?.Dispose();
        (connection, stream) = (null, null);
    }

    private async Task<NetworkStream> OpenAsync(CancellationToken ct)
    {
        if (stream is not null)
            return stream;
        (place, filled) = (0, 0);
        connection = new() { NoDelay = true };
        await connection.ConnectAsync(site.Host, site.Port, ct);
        return stream = connection.GetStream();
    }

    private async Task<string> HeadAsync(NetworkStream from, CancellationToken ct)
    {
        while (true)
        {
            var head = new StringBuilder();
            while (await LineAsync(from, ct) is { Length: > 0 } line)
                head.Append(line).Append('\n');
            if (head.Length == 0)
                return "";
            if (!head.ToString().StartsWith("HTTP/1.1 100", StringComparison.Ordinal))
                return head.ToString();
        }
    }

    private async Task<string> BodyAsync(NetworkStream from, string head, CancellationToken ct)
    {
        var text = new StringBuilder();
        if (head.Contains("\nTransfer-Encoding: chunked", StringComparison.OrdinalIgnoreCase))
        {
            while (int.Parse(await LineAsync(from, ct) ?? throw new EndOfStreamException(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) is > 0 and var size)
            {
                await TakeAsync(from, size, text, ct);
                await LineAsync(from, ct);
            }

            await LineAsync(from, ct);
        }
        else if (head.Split('\n').FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase)) is { } length)
        {
            await TakeAsync(from, int.Parse(length.AsSpan(15), CultureInfo.InvariantCulture), text, ct);
        }

        return text.ToString();
    }

    private async Task<string?> LineAsync(NetworkStream from, CancellationToken ct)
    {
        var line = new StringBuilder();
        while (await FillAsync(from, ct))
        {
            var next = (char)buffer[place++];
            if (next == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append(next);
        }

        return line.Length > 0 ? line.ToString() : null;
    }

    private async Task TakeAsync(NetworkStream from, int count, StringBuilder text, CancellationToken ct)
    {
        while (count > 0)
        {
            if (!await FillAsync(from, ct))
                throw new EndOfStreamException();
            var taken = Math.Min(count, filled - place);
            if (text.Length < Shown)
                text.Append(Encoding.Latin1.GetString(buffer, place, taken));
            place += taken;
            count -= taken;
        }
    }

    private async Task<bool> FillAsync(NetworkStream from, CancellationToken ct)
    {
        if (place < filled)
            return true;
        (place, filled) = (0, await from.ReadAsync(buffer, ct));
        return filled > 0;
    }
}
