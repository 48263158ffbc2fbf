using System.Net;
using System.Net.Sockets;

namespace Portal.Benchmarks.Mail;

/// <summary>A process of its own that takes every mail and keeps none: as little server as a client can talk to.</summary>
internal static class MailSink
{
    public const string Verb = "mail-sink";

    public static async Task<int> RunAsync()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        while (true)
        {
            var client = await listener.AcceptSocketAsync();
            _ = Task.Run(() => TalkAsync(client));
        }
    }

    private static async Task TalkAsync(Socket client)
    {
        using var open = client;
        client.NoDelay = true;
        var (buffer, kept) = (new byte[64 * 1024], 0);
        await client.SendAsync("220 sink\r\n"u8.ToArray());
        while (await client.ReceiveAsync(buffer.AsMemory(kept)) is > 0 and var count)
        {
            kept += count;
            var said = buffer.AsSpan(0, kept);
            if (!said.EndsWith("\r\n"u8))
                continue;
            var answer = Answer(said);
            if (answer.Length == 0)
                continue; // the mail goes on
            kept = 0;
            await client.SendAsync(answer.ToArray());
        }
    }

    private static ReadOnlySpan<byte> Answer(ReadOnlySpan<byte> said)
    {
        if (said.EndsWith("\r\n.\r\n"u8))
            return "250 2.0.0 taken\r\n"u8;
        if (said.StartsWith("DATA\r\n"u8))
            return "354 go ahead\r\n"u8;
        if (said.StartsWith("EHLO"u8) || said.StartsWith("MAIL"u8) || said.StartsWith("RCPT"u8) || said.StartsWith("RSET"u8) || said.StartsWith("NOOP"u8))
            return "250 2.0.0 fine\r\n"u8;
        return said.StartsWith("QUIT"u8) ? "221 bye\r\n"u8 : [];
    }
}
