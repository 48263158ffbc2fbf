using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Portal.Core.Foundation;

/// <summary>
/// A talk with a mail server (RFC 5321): one mail after another, each step answered before the next. Whatever stops in the middle, a
/// cancellation too, leaves a connection that is not used again.
/// </summary>
internal sealed class SmtpConnection(SmtpOptions options) : IAsyncDisposable
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(1);
    private readonly Socket socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly Dictionary<SmtpStep, string> said = [];
    private HashSet<string> offers = [];
    private Stream stream = Stream.Null;
    private SmtpReader reader = new(Stream.Null);
    private bool isInMail;

    /// <summary>Where it is, or where it has stopped.</summary>
    public SmtpStep Step { get; private set; }

    /// <summary>What was said at each step, for whoever tries the set-up.</summary>
    public IReadOnlyDictionary<SmtpStep, string> Said => said;

    /// <summary>The last exchange came to its end, so that the next may begin.</summary>
    public bool IsUsable { get; private set; }

    /// <summary>How many mails the server has taken here.</summary>
    public int Mails { get; private set; }

    public async Task OpenAsync(CancellationToken ct)
    {
        await socket.ConnectAsync(options.Host!, options.Port, ct);
        said[SmtpStep.Connect] = $"{socket.RemoteEndPoint}";
        Use(new NetworkStream(socket, ownsSocket: true));
        if (options.IsImplicitTls)
            await TurnToTlsAsync(ct);
        Step = SmtpStep.Greeting;
        Demand(await ReplyAsync(ct));
        await HelloAsync(ct);
        if (!options.IsImplicitTls)
            await StartTlsAsync(ct);
        Step = SmtpStep.Login;
        if (options.User is { Length: > 0 } user)
            await LoginAsync(user, options.Password ?? "", ct);
    }

    /// <param name="mail">For one address.</param>
    /// <param name="untilSent">Stops it as long as the server cannot have it.</param>
    /// <param name="ct">Stops it at any time.</param>
    /// <returns>The server's word that it has the mail.</returns>
    public async Task<SmtpReply> SendAsync(Mailing mail, CancellationToken untilSent, CancellationToken ct)
    {
        if (isInMail)
            await CommandAsync("RSET", untilSent);
        if (mail.NeedsUtf8 && !(offers.Contains("SMTPUTF8") && offers.Contains("8BITMIME")))
            throw mail.IsOurs ? new OurTrouble("The address that our mail comes from has letters beyond ASCII, and the mail server does not take such (SMTPUTF8).") : new RefusedForGood("The mail server takes no addresses with letters beyond ASCII (SMTPUTF8).");
        isInMail = true;
        await TakeAsync(SmtpStep.Sender, $"MAIL FROM:<{mail.From}>{(mail.NeedsUtf8 ? " BODY=8BITMIME SMTPUTF8" : "")}", untilSent);
        await TakeAsync(SmtpStep.Recipient, $"RCPT TO:<{mail.To}>", untilSent);
        if (await TakeAsync(SmtpStep.Content, "DATA", untilSent) is { Code: not 354 })
            throw new IOException("The server does not answer like a mail server.");
        await WriteAsync(mail.Content, untilSent);
        var reply = await LastWordAsync(ct);
        Demand(reply);
        (isInMail, Mails) = (false, Mails + 1);
        return reply;
    }

    /// <returns>Whether the server is still there.</returns>
    public async Task<bool> IsThereAsync(CancellationToken ct)
    {
        try
        {
            return (await CommandAsync("NOOP", ct)).IsGood;
        }
        catch (IOException)
        {
            return false;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (IsUsable)
            await SayGoodbyeAsync();
        IsUsable = false;
        await stream.DisposeAsync();
        socket.Dispose();
    }

    private async Task SayGoodbyeAsync()
    {
        using var patience = new CancellationTokenSource(Farewell);
        try
        {
            await CommandAsync("QUIT", patience.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException)
        {
            // It has gone already.
        }
    }

    private async Task HelloAsync(CancellationToken ct)
    {
        Step = SmtpStep.Greeting;
        var hello = Demand(await CommandAsync($"EHLO {options.OwnName}", ct));
        offers = hello.Lines.Skip(1).SelectMany(Offers).ToHashSet(StringComparer.OrdinalIgnoreCase);
        said[Step] = hello.Lines[0];
    }

    /// <summary>"AUTH PLAIN LOGIN" is offered as AUTH, AUTH PLAIN and AUTH LOGIN.</summary>
    private static IEnumerable<string> Offers(string line) =>
        line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [var name, .. var ways] ? [name, .. ways.Select(way => $"{name} {way}")] : [];

    private async Task StartTlsAsync(CancellationToken ct)
    {
        Step = SmtpStep.Tls;
        if (!offers.Contains("STARTTLS"))
        {
            if (!options.IsLoopback)
                throw new OurTrouble("The mail server offers no TLS, and without it mail can be read on its way.");
            return;
        }

        Demand(await CommandAsync("STARTTLS", ct));

        // What came before TLS could have been said by anyone on the way.
        if (reader.HasMore)
            throw new IOException("The server said more than it was asked before TLS began.");
        await TurnToTlsAsync(ct);
        await HelloAsync(ct);
    }

    private async Task TurnToTlsAsync(CancellationToken ct)
    {
        Step = SmtpStep.Tls;
        IsUsable = false;
        var tls = new SslStream(stream);
        Use(tls);
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = options.Host,
                EnabledSslProtocols = SslProtocols.Tls12 | SslProtocols.Tls13,
                CertificateChainPolicy = options.Authority is { } authority ? TrustOnly(authority) : null,
            },
            ct);
        said[Step] = $"{tls.SslProtocol}, {tls.RemoteCertificate?.Subject}";
    }

    private static X509ChainPolicy TrustOnly(X509Certificate2 authority) => new()
    {
        TrustMode = X509ChainTrustMode.CustomRootTrust,
        CustomTrustStore = { authority },
        RevocationMode = X509RevocationMode.NoCheck, // a private authority publishes no lists
    };

    private async Task LoginAsync(string user, string password, CancellationToken ct)
    {
        if (stream is not SslStream && !options.IsLoopback)
            throw new OurTrouble("The password is only sent over TLS.");
        if (offers.Contains("AUTH PLAIN"))
        {
            said[Step] = Demand(await CommandAsync($"AUTH PLAIN {Base64($"\0{user}\0{password}")}", ct)).ToString();
            return;
        }

        if (!offers.Contains("AUTH LOGIN"))
            throw new OurTrouble("The mail server offers no way to log in that we know (PLAIN, LOGIN).");
        Demand(await CommandAsync("AUTH LOGIN", ct));
        Demand(await CommandAsync(Base64(user), ct));
        said[Step] = Demand(await CommandAsync(Base64(password), ct)).ToString();
    }

    /// <summary>From here on it is unclear who has the mail, until the server has said it.</summary>
    private async Task<SmtpReply> LastWordAsync(CancellationToken ct)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(ct);
        patience.CancelAfter(options.LastPatience);
        try
        {
            return await ReplyAsync(patience.Token);
        }
        catch (Exception e) when (e is IOException || (e is OperationCanceledException && !ct.IsCancellationRequested))
        {
            throw new SmtpUnclear(e);
        }
    }

    private async ValueTask<SmtpReply> TakeAsync(SmtpStep step, string command, CancellationToken ct)
    {
        Step = step;
        return Demand(await CommandAsync(command, ct));
    }

    private async ValueTask<SmtpReply> CommandAsync(string command, CancellationToken ct)
    {
        // The last door before the wire: whatever was let through until here, one command stays one command.
        if (command.AsSpan().ContainsAny('\r', '\n', '\0'))
            throw new RefusedForGood("An address with a line break in it is none.");
        await WriteAsync(Encoding.UTF8.GetBytes(command + "\r\n"), ct);
        return await ReplyAsync(ct);
    }

    private ValueTask WriteAsync(ReadOnlyMemory<byte> bytes, CancellationToken ct)
    {
        IsUsable = false;
        return stream.WriteAsync(bytes, ct);
    }

    private async ValueTask<SmtpReply> ReplyAsync(CancellationToken ct)
    {
        var reply = await reader.ReadAsync(ct);
        IsUsable = !reply.IsFarewell;
        return reply;
    }

    private SmtpReply Demand(SmtpReply reply) => reply.IsGood ? reply : throw new SmtpRefusal(Step, reply);

    private void Use(Stream next) => (stream, reader) = (next, new(next));

    private static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
}
