using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;
using Portal.Benchmarks.Frame;
using Portal.Core.Foundation;

namespace Portal.Benchmarks.Mail;

/// <summary>Mails that wait as rows, until each is sent and marked, against a bare loop that sends the same messages, ready made, over as many connections.</summary>
internal static class MailVerb
{
    public static async Task RunAsync(Options options, Report report)
    {
        using var folder = new TempFolder();
        await using var ground = await Ground.OpenAsync(Path.Combine(folder.Path, "mail.db"));
        await AgainstAsync(ground, options, report, "a server that has each mail on its disk before it takes it", folder.Path, MailSink.Safe);
        await AgainstAsync(ground, options, report, "one that keeps each in a file", folder.Path);
        await AgainstAsync(ground, options, report, "one that keeps nothing");
    }

    private static async Task AgainstAsync(Ground ground, Options options, Report report, string server, params string[] keeps)
    {
        var (rounds, mails, connections) = (options.Number("rounds", 5), options.Number("mails", 10_000), options.Number("connections", 4));
        using var sink = Process.Start(new ProcessStartInfo("dotnet", [typeof(MailVerb).Assembly.Location, MailSink.Verb, .. keeps]) { RedirectStandardOutput = true })!;
        try
        {
            var port = int.Parse((await sink.StandardOutput.ReadLineAsync())!, CultureInfo.InvariantCulture);
            await using var mail = MailChild.Mail(ground, port, connections);
            await OursAsync(ground, mail, mails);
            await BareAsync(port, connections, mails);
            var measured = await Rounds.AlternateAsync(rounds, () => OursAsync(ground, mail, mails), () => BareAsync(port, connections, mails));
            report.Line($"mails per second, {mails} on {connections} connections to {server}: ours {Median.Of(measured.Ours):0}, bare {Median.Of(measured.Floors):0}");
            report.Line($"  the queue with a way out that takes everything at once {await OursAsync(ground, new Nowhere(connections), mails):0}, our client without a queue {await ClientAsync(mail, connections, mails):0}");
            report.Judge(Goal.AtLeast("mail", $"rows to marks ÷ a bare loop, to {server}", 0.7, "×"), measured.Ratio);
        }
        finally
        {
            sink.Kill();
            await sink.WaitForExitAsync();
        }
    }

    private static async Task<double> OursAsync(Ground ground, IChannel mail, int mails)
    {
        await using (var db = ground.Open())
        {
            db.AddRange(Mails(mails).Select(m => m.From(TimeProvider.System.Now())));
            await db.SaveChangesAsync();
        }

        var began = Stopwatch.GetTimestamp();
        var sent = await MailChild.Sender(ground, mail).RunAsync(CancellationToken.None);
        var rate = mails / Stopwatch.GetElapsedTime(began).TotalSeconds;
        return sent == mails ? rate : throw new BenchmarkException($"{sent} of {mails} mails were sent.");
    }

    private static async Task<double> ClientAsync(SmtpMail mail, int connections, int mails)
    {
        var ready = Mails(mails).ToList();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(first => Task.Run(async () =>
        {
            for (var i = first; i < mails; i += connections)
                await mail.SendAsync(ready[i], CancellationToken.None);
        })));
        return mails / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task<double> BareAsync(int port, int connections, int mails)
    {
        var sender = new MailSender("Portal", "no-reply@bench.test", null);
        var ready = Mails(mails).Select(m => Mailing.Of(m, sender, "bench.test")).ToList();
        var began = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(first => Task.Run(() => TalkAsync(port, ready.Where((_, i) => i % connections == first)))));
        return mails / Stopwatch.GetElapsedTime(began).TotalSeconds;
    }

    private static async Task TalkAsync(int port, IEnumerable<Mailing> mails)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync("127.0.0.1", port);
        var answer = new byte[512];
        await socket.ReceiveAsync(answer);
        await SayAsync("EHLO bench.test\r\n"u8.ToArray());
        foreach (var mail in mails)
        {
            await SayAsync(Encoding.ASCII.GetBytes($"MAIL FROM:<{mail.From}>\r\n"));
            await SayAsync(Encoding.ASCII.GetBytes($"RCPT TO:<{mail.To}>\r\n"));
            await SayAsync("DATA\r\n"u8.ToArray());
            await SayAsync(mail.Content);
        }

        async Task SayAsync(ReadOnlyMemory<byte> bytes)
        {
            await socket.SendAsync(bytes);
            await socket.ReceiveAsync(answer);
            if (answer[0] is not ((byte)'2' or (byte)'3'))
                throw new BenchmarkException("The sink does not take mail.");
        }
    }

    // As a notification is: a page of text and the same with a button.
    private static IEnumerable<Delivery> Mails(int count) => Enumerable.Range(0, count).Select(i => new Delivery
    {
        Key = $"bench:{Guid.CreateVersion7():N}",
        Channel = MailSuppression.Channel,
        Recipient = $"person{i}@example.com",
        Title = "Your invoice for November is ready",
        Body = string.Concat(Enumerable.Repeat("The invoice for November is ready. It is due on the last day of the month.\n", 12)),
        Html = $"<!doctype html><html><body>{string.Concat(Enumerable.Repeat("<p>The invoice for November is ready. It is due on the last day of the month.</p>\n", 20))}</body></html>",
        CreatedAt = TimeProvider.System.Now(),
    });

    private sealed class Nowhere(int atOnce) : IChannel
    {
        public string Name => MailSuppression.Channel;

        public int AtOnce => atOnce;

        public Task<string?> SendAsync(Delivery delivery, CancellationToken ct) => Task.FromResult<string?>("250 2.0.0 taken");
    }
}
