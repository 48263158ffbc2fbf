using System.Net.WebSockets;

namespace Portal.Benchmarks.Swarm;

/// <summary>A WebSocket to <c>/_blazor</c> that speaks whole hub messages.</summary>
internal sealed class HubSocket : IDisposable
{
    private static readonly byte[] Handshake = [.. """{"protocol":"blazorpack","version":1}"""u8, 0x1e];
    private static readonly byte[] HandshakeAccepted = [.. "{}"u8, 0x1e];

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1);

    // Small at first: five thousand circuits keep one each.
    private byte[] buffer = new byte[4096];
    private int received;

    /// <param name="site">Where.</param>
    /// <param name="cookies">Who comes, if it is someone.</param>
    /// <param name="ct">Ends the wait.</param>
    public static async Task<HubSocket> ConnectAsync(Uri site, string? cookies, CancellationToken ct)
    {
        var hub = new HubSocket();
        try
        {
            // The swarm sends SignalR's own pings.
            hub.socket.Options.KeepAliveInterval = TimeSpan.Zero;
            if (cookies is not null)
                hub.socket.Options.SetRequestHeader("Cookie", cookies);
            await hub.socket.ConnectAsync(new Uri($"ws://{site.Authority}/_blazor"), ct);
            await hub.socket.SendAsync(Handshake, WebSocketMessageType.Text, endOfMessage: true, ct);
            await hub.ReceiveHandshakeAsync(ct);
            return hub;
        }
        catch
        {
            hub.Dispose();
            throw;
        }
    }

    public async Task SendAsync(byte[] message)
    {
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(message.AsMemory(), WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            sending.Release();
        }
    }

    /// <summary>Hands over each message, in order, until the socket closes, which throws.</summary>
    public async Task ReceiveAsync(Func<ReadOnlyMemory<byte>, Task> handle)
    {
        while (true)
        {
            var handled = 0;
            while (HubMessage.TryCut(buffer.AsMemory(handled, received - handled), out var message, out var consumed))
            {
                await handle(message);
                handled += consumed;
            }

            Forget(handled);
            await FillAsync(CancellationToken.None);
        }
    }

    public void Dispose()
    {
        socket.Abort();
        socket.Dispose();
    }

    private async Task ReceiveHandshakeAsync(CancellationToken ct)
    {
        while (received < HandshakeAccepted.Length)
            await FillAsync(ct);
        if (!buffer.AsSpan(0, HandshakeAccepted.Length).SequenceEqual(HandshakeAccepted))
            throw new InvalidDataException("The hub refused the handshake.");
        Forget(HandshakeAccepted.Length);
    }

    private async Task FillAsync(CancellationToken ct)
    {
        if (received == buffer.Length)
            Array.Resize(ref buffer, buffer.Length * 2);
        var result = await socket.ReceiveAsync(buffer.AsMemory(received), ct);
        if (result.MessageType == WebSocketMessageType.Close)
            throw new IOException($"The server closed the socket: {socket.CloseStatusDescription}");
        received += result.Count;
    }

    private void Forget(int count)
    {
        buffer.AsSpan(count, received - count).CopyTo(buffer);
        received -= count;
    }
}
