using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Portal.Tests.Support;

/// <summary>A mail server on loopback that keeps what it takes, and can be told to refuse, to hang or to hang up.</summary>
public sealed class MailServer : IAsyncDisposable
{
    private static readonly Lazy<X509Certificate2> Own = new(MakeCertificate);
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closed = new();
    private readonly ConcurrentBag<Task> talks = [];
    private readonly Task listening;
    private int now;
    private int most;
    private int connections;

    public MailServer()
    {
        listener.Start();
        listening = ListenAsync();
    }

    /// <summary>What stands in place of a usual answer: by the command, or "." for the end of a mail. Null is the usual one.</summary>
    public Func<string, string?> Answers { get; set; } = _ => null;

    /// <summary>At these it closes the connection, without a word: a command, "." once it has the mail, or "content" in the middle of one.</summary>
    public Func<string, bool> HangsUp { get; set; } = _ => false;

    /// <summary>At these it says nothing any more.</summary>
    public Func<string, bool> Hangs { get; set; } = _ => false;

    public string[] Offers { get; init; } = ["8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"];

    public bool HasTls { get; init; }

    public bool IsImplicitTls { get; init; }

    /// <summary>What it says after STARTTLS in the same breath, as someone on the way would.</summary>
    public string SaidTooEarly { get; init; } = "";

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public static X509Certificate2 Authority => X509CertificateLoader.LoadCertificate(Own.Value.Export(X509ContentType.Cert));

    /// <summary>Each mail it has said yes to, as it came.</summary>
    public ConcurrentQueue<Taken> Mails { get; } = new();

    public ConcurrentQueue<string> Commands { get; } = new();

    public int Connections => connections;

    /// <summary>How many talks were open at once.</summary>
    public int MostAtOnce => most;

    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        listener.Stop();
        await listening;
        await Task.WhenAll(talks);
        closed.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(closed.Token);
                Interlocked.Increment(ref connections);
                talks.Add(Task.Run(() => TalkAsync(client)));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException)
        {
            // Closed.
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        var open = Interlocked.Increment(ref now);
        InterlockedMax(open);
        try
        {
            using (client)
                await new Talk(this, client.GetStream(), closed.Token).RunAsync();
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or System.Security.Authentication.AuthenticationException)
        {
            // The other side has gone, or this one closes.
        }
        finally
        {
            Interlocked.Decrement(ref now);
        }
    }

    private void InterlockedMax(int open)
    {
        while (most is var known && known < open && Interlocked.CompareExchange(ref most, open, known) != known)
        {
        }
    }

    private static X509Certificate2 MakeCertificate()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        request.CertificateExtensions.Add(names.Build());
        using var made = request.CreateSelfSigned(DateTimeOffset.UnixEpoch.AddYears(50), DateTimeOffset.UnixEpoch.AddYears(90));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    public sealed record Taken(string From, string To, string Message, bool IsEncrypted)
    {
        public MailRead Read => MailReader.Read(Message);
    }

    private sealed class Talk(MailServer server, Stream plain, CancellationToken ct)
    {
        private readonly byte[] read = new byte[8_192];
        private readonly List<byte> line = [];
        private Stream stream = plain;
        private int at;
        private int end;
        private bool isEncrypted;
        private string from = "";
        private string to = "";

        public async Task RunAsync()
        {
            if (server.IsImplicitTls)
                await EncryptAsync();
            if (!await SayAsync("greeting", "220 mail.test ready"))
                return;
            while (await LineAsync() is { } command && await AnswerAsync(command))
            {
            }
        }

        private async Task<bool> AnswerAsync(string command)
        {
            server.Commands.Enqueue(command);
            var verb = command.Split(' ')[0].ToUpperInvariant();
            switch (verb)
            {
                case "EHLO":
                    return await SayAsync(verb, Hello());
                case "STARTTLS":
                    var begins = await SayAsync(verb, "220 go ahead" + server.SaidTooEarly);
                    if (begins && server.SaidTooEarly.Length == 0)
                        await EncryptAsync();
                    return begins;
                case "AUTH":
                    return await AuthAsync(command);
                case "MAIL":
                    from = Between(command);
                    return await SayAsync(verb, "250 2.1.0 fine");
                case "RCPT":
                    to = Between(command);
                    return await SayAsync($"RCPT {to}", "250 2.1.5 fine");
                case "DATA":
                    return await SayAsync(verb, "354 go ahead") && (server.Answers(verb) is not null || await TakeAsync());
                case "QUIT":
                    await SayAsync(verb, "221 bye");
                    return false;
                default:
                    return await SayAsync(verb, "250 2.0.0 fine");
            }
        }

        private string Hello()
        {
            string[] offers = ["mail.test", .. server.Offers, .. server.HasTls && !isEncrypted ? ["STARTTLS"] : Array.Empty<string>()];
            return string.Join("\r\n", offers.Select((offer, i) => $"250{(i + 1 == offers.Length ? ' ' : '-')}{offer}"));
        }

        private async Task<bool> AuthAsync(string command)
        {
            if (!command.StartsWith("AUTH LOGIN", StringComparison.Ordinal))
                return await SayAsync("AUTH", "235 2.7.0 welcome");
            await SayAsync("AUTH", "334 VXNlcm5hbWU6");
            server.Commands.Enqueue((await LineAsync())!);
            await SayAsync("AUTH", "334 UGFzc3dvcmQ6");
            server.Commands.Enqueue((await LineAsync())!);
            return await SayAsync("AUTH", "235 2.7.0 welcome");
        }

        private async Task<bool> TakeAsync()
        {
            var message = new StringBuilder();
            while (await LineAsync() is var text && text != ".")
            {
                if (text is null)
                    return false; // it was cut off in the middle: nobody has taken it
                if (server.HangsUp("content") && message.Length > 200)
                    return false;
                message.Append(text.StartsWith('.') ? text[1..] : text).Append("\r\n");
            }

            if (server.HangsUp("."))
            {
                server.Mails.Enqueue(new(from, to, message.ToString(), isEncrypted));
                return false;
            }

            if (server.Answers($". {to}") is null)
                server.Mails.Enqueue(new(from, to, message.ToString(), isEncrypted));
            return await SayAsync($". {to}", "250 2.0.0 taken as 4711");
        }

        private async Task<bool> SayAsync(string step, string usual)
        {
            if (server.HangsUp(step))
                return false;
            if (server.Hangs(step))
                await Task.Delay(Timeout.Infinite, ct);
            await stream.WriteAsync(Encoding.UTF8.GetBytes((server.Answers(step) ?? usual) + "\r\n"), ct);
            return true;
        }

        private async Task EncryptAsync()
        {
            var tls = new SslStream(stream);
            await tls.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Own.Value }, ct);
            (stream, isEncrypted) = (tls, true);
        }

        private async Task<string?> LineAsync()
        {
            line.Clear();
            while (at < end || ((at, end) = (0, await stream.ReadAsync(read, ct))).Item2 > 0)
            {
                if (read[at++] is (byte)'\n')
                    return Encoding.UTF8.GetString([.. line]).TrimEnd('\r');
                line.Add(read[at - 1]);
            }

            return null;
        }

        private static string Between(string command) => command[(command.IndexOf('<', StringComparison.Ordinal) + 1)..command.IndexOf('>', StringComparison.Ordinal)];
    }
}
