using System.Net;
using System.Net.Sockets;

namespace Portal.Benchmarks.Mail;

/// <summary>
/// A process of its own that takes every mail: as little server as a client can talk to. It keeps each on the disk before it says so, as one
/// does that answers for what it takes (RFC 5321, 6.1), or in a file that the system writes when it likes, or nowhere.
/// </summary>
internal static class MailSink
{
    public const string Verb = "mail-sink";
    public const string Safe = "safe";

    private static ReadOnlySpan<byte> End => "\r\n.\r\n"u8;

    /// <param name="folder">Where it keeps them, the last one of each talk; null for nowhere.</param>
    /// <param name="isSafe">It does not say that it has one before the disk does.</param>
    public static async Task<int> RunAsync(string? folder, bool isSafe)
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        Console.WriteLine(((IPEndPoint)listener.LocalEndpoint).Port);
        while (true)
        {
            var client = await listener.AcceptSocketAsync();
            _ = Task.Run(() => TalkAsync(client, folder, isSafe));
        }
    }

    private static async Task TalkAsync(Socket client, string? folder, bool isSafe)
    {
        using var open = client;
        client.NoDelay = true;
        var (buffer, kept) = (new byte[64 * 1024], 0);
        var file = folder is null ? null : Path.Combine(folder, $"{Guid.CreateVersion7():N}.eml");
        await client.SendAsync("220 sink\r\n"u8.ToArray());
        while (await client.ReceiveAsync(buffer.AsMemory(kept)) is > 0 and var count)
        {
            kept += count;
            var said = buffer.AsSpan(0, kept);
            if (!said.EndsWith("\r\n"u8))
                continue;
            var answer = Answer(said).ToArray();
            if (answer.Length == 0)
                continue; // the mail goes on
            if (file is not null && said.EndsWith(End))
                Keep(file, buffer.AsSpan(0, kept), isSafe);
            kept = 0;
            await client.SendAsync(answer);
        }
    }

    private static void Keep(string file, ReadOnlySpan<byte> mail, bool isSafe)
    {
        using var kept = File.OpenHandle(file, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(kept, mail, 0);
        if (isSafe)
            RandomAccess.FlushToDisk(kept);
    }

    private static ReadOnlySpan<byte> Answer(ReadOnlySpan<byte> said)
    {
        if (said.EndsWith(End))
            return "250 2.0.0 taken\r\n"u8;
        if (said.StartsWith("DATA\r\n"u8))
            return "354 go ahead\r\n"u8;
        if (said.StartsWith("EHLO"u8) || said.StartsWith("MAIL"u8) || said.StartsWith("RCPT"u8) || said.StartsWith("RSET"u8) || said.StartsWith("NOOP"u8))
            return "250 2.0.0 fine\r\n"u8;
        return said.StartsWith("QUIT"u8) ? "221 bye\r\n"u8 : [];
    }
}
